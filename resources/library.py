"""What the library's list shows for one address: results, facets with counts, chips, pages."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.base.facets import Choice, Facet, Selection, address
from initiative.base.head import Feed
from initiative.search import Hit, Query, Results, search
from resources import exports
from resources.facets import FACETS, KIND
from resources.queries import resources_in_order

PER_PAGE = 20
_LAST_PAGE = 5_000
_SCOPES = [("everything", _("Everywhere")), ("title", _("In titles")), ("content", _("In contents"))]
_SORTS = [
    ("relevance", _("by relevance")),
    ("newest", _("newest first")),
    ("oldest", _("oldest first")),
    ("title", _("by title")),
]


@dataclass(frozen=True)
class Row:
    """A resource and how the search found it."""

    resource: object
    hit: Hit
    # The title of the work with what was found marked; the hit's own has the translation beside it.
    title_html: SafeString


class LibraryList:
    """The library as one address asks for it. Whatever the address says, there is an answer."""

    def __init__(self, params: QueryDict, path: str, language: str | None = None):
        self.path = path
        self.language = language or languages.current()
        self.text = params.get("q", "").replace("\x00", "").strip()
        self.scope = _one_of(params.get("scope"), _SCOPES)
        self.exact = bool(params.get("exact"))
        self.sort = _one_of(params.get("sort"), _SORTS if self.text else _SORTS[1:])
        self.archived = bool(params.get("archived"))
        self.number = _page_number(params.get("page"))
        self.selection = Selection(FACETS, params, self.language)

    @property
    def query(self) -> Query:
        """What the search is asked."""
        facets = dict(self.selection.values)
        if not self.archived:
            facets["archived"] = ("no",)
        return Query(
            text=self.text,
            language=self.language,
            kinds=(KIND,),
            facets=facets,
            scope=self.scope,
            exact=self.exact,
            sort=self.sort,
            page=self.number,
            size=PER_PAGE,
        )

    @cached_property
    def results(self) -> Results:
        """The search's answer; asked once."""
        return search(self.query)

    @cached_property
    def rows(self) -> list[Row]:
        """The resources of this page with their hits, in order."""
        hits = {int(hit.object_id): hit for hit in self.results.hits}
        mark = self.results.highlighter.title
        return [
            Row(resource, hits[resource.pk], mark(resource.title, resource.language))
            for resource in resources_in_order(list(hits))
        ]

    @cached_property
    def facets(self) -> list[tuple[Facet, list[Choice]]]:
        """Each facet with its choices; one with nothing to choose is left out."""
        counts = self.results.counts
        pairs = ((facet, self.selection.choices(facet, counts.get(facet.name, {}))) for facet in self.selection.facets)
        return [(facet, choices) for facet, choices in pairs if choices]

    @property
    def chips(self) -> list[dict]:
        """What was chosen, each a link that removes it."""
        return self.selection.chips(self.path, self._others)

    @property
    def clear_url(self) -> str:
        """The same search with nothing chosen."""
        return address(self.path, self._others)

    @property
    def scopes(self) -> list[dict]:
        """Where to search, for the form."""
        return [{"value": value, "label": label, "checked": value == self.scope} for value, label in _SCOPES]

    @property
    def sorts(self) -> list[dict]:
        """How to sort, for the form; relevance needs words."""
        offered = _SORTS if self.text else _SORTS[1:]
        return [{"value": value, "label": label, "selected": value == self.sort} for value, label in offered]

    @property
    def _others(self) -> list[tuple[str, str]]:
        """Everything of the address but facets and page."""
        default = "relevance" if self.text else "newest"
        return [
            ("q", self.text),
            ("scope", "" if self.scope == "everything" else self.scope),
            ("exact", "1" if self.exact else ""),
            ("sort", "" if self.sort == default else self.sort),
            ("archived", "1" if self.archived else ""),
        ]

    def url(self, page: int = 1, language: str | None = None, path: str | None = None) -> str:
        """The address of this list, at a page, as a language writes it."""
        pairs = [*self._others, *self.selection.pairs(language), ("page", str(page) if page > 1 else "")]
        return address(self.path if path is None else path, pairs)

    @property
    def suggestion_url(self) -> str:
        """The same list with the suggested spelling."""
        pairs = [("q", self.results.suggestion or ""), *self._others[1:], *self.selection.pairs()]
        return address(self.path, pairs)

    @property
    def exports(self) -> list[dict]:
        """The whole list in each format: `{"label", "type", "url"}`."""
        return [{**link, "url": self.url(path=link["url"])} for link in exports.links(f"{self.path}export.")]

    @property
    def feed_url(self) -> str:
        """What comes to this list from now on, as a feed."""
        return self.url(path=f"{self.path}feed.atom")

    @property
    def feeds(self) -> list[Feed]:
        """Feed and formats, for the page's head."""
        atom = Feed(gettext("New in this list"), "application/atom+xml", self.feed_url)
        return [atom, *(Feed(str(export["label"]), export["type"], export["url"]) for export in self.exports)]

    @property
    def title(self) -> str:
        """What was asked, in a few words."""
        words = [f"“{self.text}”" if self.text else "", *(chip["label"] for chip in self.chips)]
        return ", ".join(str(word) for word in words if word)

    @property
    def is_everything(self) -> bool:
        """True where nothing was asked or chosen, whatever the page and order."""
        return not (self.text or self.selection or self.archived)

    @property
    def is_plain(self) -> bool:
        """True for the library as one comes to it: nothing asked, nothing chosen."""
        return self.is_everything and self.number == 1

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.results.total // PER_PAGE))

    @property
    def page_links(self) -> list[dict]:
        """First, last and the neighbours: `{"number", "url", "current"}`; None where pages are left out."""
        shown = sorted(
            {1, self.page_count, *range(self.number - 1, self.number + 2)} & set(range(1, self.page_count + 1))
        )
        links, before = [], 0
        for number in shown:
            if number > before + 1:
                links.append(None)
            links.append({"number": number, "url": self.url(number), "current": number == self.number})
            before = number
        return links

    @property
    def previous_url(self) -> str:
        """The page before; empty on the first."""
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after; empty on the last."""
        return self.url(self.number + 1) if self.number < self.page_count else ""


def _one_of(value: str | None, offered: list) -> str:
    return value if value in [known for known, _label in offered] else offered[0][0]


def _page_number(value: str | None) -> int:
    """A page from 1; nonsense is the first page."""
    if value and value.isascii() and value.isdigit() and len(value) < 6:
        return min(max(int(value), 1), _LAST_PAGE)
    return 1
