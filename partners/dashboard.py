"""The commitments as one address asks for them: a list, counts by facet, totals, a map. All of it is counted in the
database at the moment of asking, so that a status that changed this morning is right."""

from collections.abc import Mapping

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Substr
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.base.atlas import CountryMap
from initiative.base.charts import Chart, by_year
from initiative.base.facets import Choice, Facet, Selection, address, says_just
from initiative.queries import goal_options
from initiative.search import Query, every_match
from partners.enums import PartnerType, Status
from partners.facets import choices_as_options, country_options
from partners.queries import commitments_for_lists, public_commitments
from partners.totals import Total, totals, unknown

PER_PAGE = 20
FACETS = [
    Facet("status", _("Status"), lambda: choices_as_options(Status.choices)),
    Facet("type", _("Type of partner"), lambda: choices_as_options(PartnerType.choices)),
    Facet("country", _("Country"), country_options),
    Facet("sdg", _("Goals"), goal_options),
]


class Dashboard:
    """What a reader asked and chose, and what it comes to. Whatever the address says, there is an answer."""

    def __init__(self, params: QueryDict, path: str, language: str | None = None):
        self.path = path
        self.language = language or languages.current()
        self.text = params.get("q", "").replace("\x00", "").strip()
        self._params = params
        self.selection = Selection(FACETS, params, self.language)

    @cached_property
    def _asked(self) -> QuerySet:
        """Those with the words, before facets narrow them."""
        found = public_commitments()
        if not self.text:
            return found
        matches = every_match(Query(text=self.text, language=self.language, kinds=("commitment",)))
        return found.filter(id__among=[int(object_id) for _kind, object_id in matches])

    def _narrowed(self, but: str = "") -> QuerySet:
        """Those that fit what is chosen in every facet, except in one."""
        found = self._asked.with_status()
        for name, values in self.selection.values.items():
            if name != but:
                found = found.filter(_CHOSEN[name](values))
        return found

    @cached_property
    def chosen(self) -> QuerySet:
        """The commitments that fit, each with `status_then`."""
        return self._narrowed()

    @cached_property
    def page(self) -> Page:
        """The page of the list, newest first."""
        return Paginator(commitments_for_lists(self.chosen), PER_PAGE).get_page(self._params.get("page"))

    @property
    def number(self) -> int:
        """The number of that page."""
        return self.page.number

    @cached_property
    def counts(self) -> dict[str, Mapping[str, int]]:
        """Facet → value → how many, as if nothing were chosen in that facet; a statement each."""
        return {facet.name: self._count(facet.name) for facet in FACETS}

    def _count(self, name: str) -> dict[str, int]:
        rows = (
            self._narrowed(but=name)
            .order_by()
            .annotate(counted=_COUNTED[name])
            .values_list("counted")
            .annotate(n=Count("pk"))  # a commitment has each country and each goal once
        )
        return {str(value): n for value, n in rows if value}

    @cached_property
    def facets(self) -> list[tuple[Facet, list[Choice]]]:
        """Each facet with its choices; one with nothing to choose is left out."""
        pairs = [(facet, self.selection.choices(facet, self.counts[facet.name])) for facet in FACETS]
        return [(facet, choices) for facet, choices in pairs if choices]

    @property
    def statuses(self) -> list[dict]:
        """Each status that any has, with what it leads to: `{"key", "label", "count", "url", "start", "share"}`, the last two
        in per cent of all, for a drawing."""
        counts, found, start = self.counts["status"], [], 0.0
        total = sum(counts.values())
        for status in Status:
            if count := counts.get(status.value):
                share = 100 * count / total
                url = self._with("status", status.value)
                found.append(
                    {
                        "key": status.value,
                        "label": status.label,
                        "count": count,
                        "url": url,
                        "start": f"{start:.2f}%",
                        "share": f"{share:.2f}%",
                    }
                )
                start += share
        return found

    @cached_property
    def by_start(self) -> Chart | None:
        """How many begin in each year; one statement."""
        rows = (
            self.chosen.order_by()
            .exclude(start="")
            .annotate(year=Substr("start", 1, 4))
            .values_list("year")
            .annotate(n=Count("pk"))
        )
        return by_year({int(year): n for year, n in rows})

    @cached_property
    def totals(self) -> list[Total]:
        """What they come to."""
        return totals(self.chosen)

    @cached_property
    def unknown(self) -> list[str]:
        """What that doesn't say."""
        return unknown(self.chosen)

    @property
    def map(self) -> CountryMap:
        """How many there are in each country."""
        return CountryMap(
            self.counts["country"], lambda code: self._with("country", code), self.selection.values.get("country", ())
        )

    @property
    def chips(self) -> list[dict]:
        """What was chosen, each a link that removes it."""
        return self.selection.chips(self.path, self._others)

    @property
    def clear_url(self) -> str:
        """The same search with nothing chosen."""
        return address(self.path, self._others)

    @property
    def is_everything(self) -> bool:
        """True where nothing was asked or chosen, whatever the page."""
        return not (self.text or self.selection)

    @property
    def _others(self) -> list[tuple[str, str]]:
        return [("q", self.text)]

    def url(self, page: int = 1, language: str | None = None, path: str | None = None) -> str:
        """The address of this list, at a page, as a language writes it."""
        pairs = [*self._others, *self.selection.pairs(language), ("page", str(page) if page > 1 else "")]
        return address(self.path if path is None else path, pairs)

    @property
    def is_clean(self) -> bool:
        """Whether the address says what it asks in the one way that `url` writes it, in whatever order."""
        said = [*self._others, *self.selection.pairs(), ("page", str(self.number) if self.number > 1 else "")]
        return says_just(self._params, said, self.selection.parameters)

    def _with(self, facet: str, value: str) -> str:
        pairs = [pair for pair in self.selection.pairs() if pair[0] != facet]
        return address(self.path, [*self._others, *pairs, (facet, value)])


def in_countries(codes) -> Q:
    """Carried out in any of these countries; where a commitment names none, its organisation's country stands for it."""
    from partners.models import Commitment

    places = Commitment.places.through.objects.filter(commitment=OuterRef("pk"))
    return Q(Exists(places.filter(place__in=codes))) | (Q(organisation__country__in=codes) & ~Q(Exists(places)))


def _on_goals(numbers) -> Q:
    from partners.models import Commitment

    goals = Commitment.sdgs.through.objects.filter(commitment=OuterRef("pk"))
    return Q(Exists(goals.filter(sustainabledevelopmentgoal__number__in=numbers)))


# What a choice in a facet means, and what is counted for it.
_CHOSEN = {
    "status": lambda values: Q(status_then__in=values),
    "type": lambda values: Q(organisation__type__in=values),
    "country": in_countries,
    "sdg": _on_goals,
}
_COUNTED = {
    "status": F("status_then"),
    "type": F("organisation__type"),
    "country": Coalesce("places__code", "organisation__country_id"),
    "sdg": F("sdgs__number"),
}
