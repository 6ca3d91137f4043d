"""What the library's list shows for one address: results, facets with counts, chips, pages."""

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiative.base.charts import Chart, by_year
from initiative.base.facets import address, addresses
from initiative.base.head import Feed
from initiative.follow import follow_path
from initiative.search import Hit, Query, search
from initiative.search.listing import SearchList, one_of
from resources import exports
from resources.facets import KIND, library_facets
from resources.rows import WorkRow, work_rows

_SCOPES = [("everything", _("Everywhere")), ("title", _("In titles")), ("content", _("In contents"))]


@dataclass(frozen=True)
class Row:
    """A resource and how the search found it."""

    resource: WorkRow
    hit: Hit
    # The title of the work with what was found marked; the hit's own has the translation beside it.
    title_html: SafeString
    # That of the snippet; empty where it is the reader's.
    language: str = ""


class LibraryList(SearchList):
    """The library as one address asks for it."""

    kind = KIND
    orders = (("newest", _("newest first")), ("oldest", _("oldest first")), ("title", _("by title")))
    page_sizes = (20, 50, 100)

    def __init__(self, params: QueryDict, path: str, language: str | None = None, lasting: bool = False):
        super().__init__(params, path, language, lasting)
        self.scope = one_of(params.get("scope"), _SCOPES)
        self.exact = bool(params.get("exact"))

    def declare(self):
        return library_facets(self.language)

    @property
    def query(self) -> Query:
        return replace(super().query, scope=self.scope, exact=self.exact)

    @cached_property
    def rows(self) -> list[Row]:
        """The resources of this page with their hits, in order."""
        hits = {int(hit.object_id): hit for hit in self.results.hits}
        return [self._row(work, hits[work.pk]) for work in work_rows(list(hits))]

    def _row(self, work: WorkRow, hit: Hit) -> Row:
        title = self.results.highlighter.title(work.title, work.language)
        return Row(work, hit, title, "" if hit.shown_language == self.language else hit.shown_language)

    @property
    def scopes(self) -> list[dict]:
        """Where to search, for the form."""
        return [{"value": value, "label": label, "checked": value == self.scope} for value, label in _SCOPES]

    @property
    def others(self):
        asked, *more = super().others
        where = ("scope", "" if self.scope == _SCOPES[0][0] else self.scope)
        return [asked, where, ("exact", "1" if self.exact else ""), *more]

    @cached_property
    def by_year(self) -> Chart | None:
        """How many of the results came out in each year, whatever years are chosen, each leading to them."""
        years = {int(text): count for text, count in self.results.counts.get("year", {}).items() if text.isdigit()}
        pairs = [*self.others, *self.selection.pairs(but="year")]
        since = addresses(self.path, pairs, "year_from")
        return by_year(years, lambda start, end: f"{since(str(start))}&year_to={end}")

    @cached_property
    def exports(self) -> list[dict]:
        """The whole list in each format: `{"label", "type", "url"}`."""
        return [{**link, "url": self.url(path=link["url"], show="")} for link in exports.links(f"{self.path}export.")]

    @property
    def feed_url(self) -> str:
        """What comes to this list from now on, as a feed."""
        return self.url(path=f"{self.path}feed.atom", show="")

    @property
    def feeds(self) -> list[Feed]:
        """Feed and formats, for the page's head."""
        atom = Feed(gettext("New in this list"), "application/atom+xml", self.feed_url)
        return [atom, *(Feed(str(export["label"]), export["type"], export["url"]) for export in self.exports)]

    @property
    def lasting(self) -> list[tuple[str, str]]:
        """What was asked and chosen, whatever the order and page: facets by value, which outlive their slugs."""
        others = [(name, value) for name, value in self.others if value and name not in ("sort", "show")]
        return [*others, *self.selection.lasting()]

    @property
    def follow_url(self) -> str:
        """The form to follow this list by e-mail."""
        return follow_path("search", [pair for pair in [*self.others, *self.selection.pairs()] if pair[0] != "show"])

    @cached_property
    def ways_out(self) -> list[dict]:
        """What to loosen so that something is found: `{"way", "what", "url", "count"}`, most results first. `way` is
        `facet` (then `what` says which, and what was chosen in it), `words`, `archive` or `wide`: everywhere, in any form."""
        if self.results.total:
            return []
        loosened = self.results.loosened
        chosen = self.selection.chips_by_facet(self.path, [])
        ways = [
            {
                "way": "facet",
                "what": f"{facet.label}: {', '.join(chip['label'] for chip in chosen[facet.name])}",
                "url": address(self.path, [*self.others, *self.selection.pairs(but=facet.name)]),
                "count": loosened.get(facet.name, 0),
            }
            for facet in self.selection.facets
            if facet.name in chosen
        ]
        ways.append({"way": "words", "url": self.url(q="", scope="", exact=""), "count": loosened.get("", 0)})
        if "archived" not in chosen:
            archive = [*self.others, *self.selection.pairs(), ("archived", "1")]
            ways.append({"way": "archive", "url": address(self.path, archive), "count": loosened.get("archived", 0)})
        if self.exact or self.scope != _SCOPES[0][0]:
            wide = search(replace(self.query, exact=False, scope=_SCOPES[0][0], page=1, size=1, count=()))
            ways.append({"way": "wide", "url": self.url(scope="", exact=""), "count": wide.total})
        return sorted((way for way in ways if way["count"]), key=lambda way: -way["count"])
