"""A searched list of one kind as one address asks for it: what a landing page shows of the index."""

from collections.abc import Sequence
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.base.facets import Choice, Facet, Selection, address
from initiative.search import Query, Results, search

_LAST_PAGE = 5_000
RELEVANCE = ("relevance", _("by relevance"))


class SearchList:
    """Text, choices and page from an address; results, counts, chips and links to them. Whatever the address says, there
    is an answer. Subclasses say what they list, by which facets, and in which orders; relevance, which needs words, comes
    first where there are any."""

    kind = ""
    per_page = 20
    declared: Sequence[Facet] = ()
    orders: Sequence[tuple[str, str]] = ()

    def __init__(self, params: QueryDict, path: str, language: str | None = None):
        self.path = path
        self.language = language or languages.current()
        self.text = params.get("q", "").replace("\x00", "").strip()
        self.sort = one_of(params.get("sort"), self._offered)
        self.number = page_number(params.get("page"))
        self.selection = Selection(self.declared, params, self.language)

    @property
    def query(self) -> Query:
        """What the search is asked."""
        return Query(
            text=self.text,
            language=self.language,
            kinds=(self.kind,),
            facets=dict(self.selection.values),
            sort=self.sort,
            page=self.number,
            size=self.per_page,
            count=[facet.name for facet in self.declared],
        )

    @cached_property
    def results(self) -> Results:
        """The search's answer; asked once. A page after the last is the last."""
        found = search(self.query)
        if found.total and not found.hits:
            self.number = -(-found.total // self.per_page)
            found = search(self.query)
        return found

    @cached_property
    def facets(self) -> list[tuple[Facet, list[Choice]]]:
        """Each facet with its choices; one with nothing to choose is left out."""
        counts = self.results.counts
        pairs = ((facet, self.selection.choices(facet, counts.get(facet.name, {}))) for facet in self.selection.facets)
        return [(facet, choices) for facet, choices in pairs if choices]

    @property
    def chips(self) -> list[dict]:
        """What was chosen, each a link that removes it."""
        return self.selection.chips(self.path, self.others)

    @property
    def clear_url(self) -> str:
        """The same search with nothing chosen."""
        return address(self.path, self.others)

    @property
    def _offered(self) -> list[tuple[str, str]]:
        return [RELEVANCE, *self.orders] if self.text else list(self.orders)

    @property
    def sorts(self) -> list[dict]:
        """How to sort, for the form."""
        return [{"value": value, "label": label, "selected": value == self.sort} for value, label in self._offered]

    @property
    def others(self) -> list[tuple[str, str]]:
        """Everything of the address but facets and page."""
        return [("q", self.text), ("sort", "" if self.sort == self._offered[0][0] else self.sort)]

    def url(self, page: int = 1, language: str | None = None, path: str | None = None) -> str:
        """The address of this list, at a page, as a language writes it."""
        pairs = [*self.others, *self.selection.pairs(language), ("page", str(page) if page > 1 else "")]
        return address(self.path if path is None else path, pairs)

    @property
    def suggestion_url(self) -> str:
        """The same list with the suggested spelling."""
        others = [(name, value) for name, value in self.others if name != "q"]
        return address(self.path, [("q", self.results.suggestion or ""), *others, *self.selection.pairs()])

    @property
    def title(self) -> str:
        """What was asked, in a few words."""
        words = [f"“{self.text}”" if self.text else "", *(chip["label"] for chip in self.chips)]
        return ", ".join(str(word) for word in words if word)

    @property
    def is_everything(self) -> bool:
        """True where nothing was asked or chosen, whatever the page and order."""
        return not (self.text or self.selection)

    @property
    def is_plain(self) -> bool:
        """True for the list as one comes to it: nothing asked, nothing chosen."""
        return self.is_everything and self.number == 1

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.results.total // self.per_page))

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


def one_of(value: str | None, offered: Sequence[tuple[str, str]]) -> str:
    """The value where it is offered, else the first that is."""
    return value if value in [known for known, _label in offered] else offered[0][0]


def page_number(value: str | None) -> int:
    """A page from 1; nonsense is the first page."""
    if value and value.isascii() and value.isdigit() and len(value) < 6:
        return min(max(int(value), 1), _LAST_PAGE)
    return 1
