"""The commitments as one address asks for them: a list, counts by facet, totals, a map. All of it is counted in what is known of
them (`partners.ledger`), as they stand at the moment of asking, so that a status that changed this morning is right."""

from collections.abc import Mapping

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.base.atlas import CountryMap
from initiative.base.charts import Chart, by_year
from initiative.base.facets import Choice, Facet, Selection, address, addresses, says_just
from initiative.queries import goal_options
from initiative.search import Query, text_asked, whatever_matches
from partners.enums import PartnerType, Status
from partners.facets import choices_as_options, country_options
from partners.ledger import Entries, public_entries
from partners.rows import commitments_in_order
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
        self.text = text_asked(params)
        self._params = params
        self.selection = Selection(FACETS, params, self.language)

    @cached_property
    def _asked(self) -> Entries:
        """Those with the words, before facets narrow them. No statement without words, else as many as `whatever_matches`."""
        found = public_entries()
        if not self.text:
            return found
        matches = whatever_matches(Query(text=self.text, language=self.language, kinds=("commitment",)))
        return found.among(map(int, matches))

    def _narrowed(self, but: str = "") -> Entries:
        """Those that fit what is chosen in every facet, except in one."""
        found = self._asked
        for name, values in self.selection.values.items():
            if name != but:
                found = found.narrowed(name, values)
        return found

    @cached_property
    def chosen(self) -> Entries:
        """The commitments that fit."""
        return self._narrowed()

    @cached_property
    def page(self) -> Page:
        """The page of the list, newest first. One statement, two more where any has a logo, besides those for the words."""
        page = Paginator(self.chosen.newest_first, PER_PAGE).get_page(self._params.get("page"))
        page.object_list = commitments_in_order(page.object_list)
        return page

    @property
    def number(self) -> int:
        """The number of that page."""
        return self.page.number

    @cached_property
    def counts(self) -> dict[str, Mapping[str, int]]:
        """Facet → value → how many, as if nothing were chosen in that facet."""
        return {facet.name: self._narrowed(but=facet.name).counts(facet.name) for facet in FACETS}

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
        """How many begin in each year."""
        return by_year({int(year): count for year, count in self.chosen.counts("year").items()})

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
        lead = addresses(self.path, [*self._others, *self.selection.pairs(but="country")], "country")
        return CountryMap(self.counts["country"], lead, self.selection.values.get("country", ()))

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
        return address(self.path, [*self._others, *self.selection.pairs(but=facet), (facet, value)])
