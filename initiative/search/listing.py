"""A searched list of one kind as one address asks for it: what a landing page shows of the index."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.base.facets import Facet, Pair, Selection, address, says_just
from initiative.base.paging import page_count, page_links, page_number
from initiative.search import Query, Results, search, text_asked

_LAST_PAGE = 5_000
RELEVANCE = ("relevance", _("by relevance"))


class SearchList:
    """Text, choices and page from an address; results, counts, chips and links to them. Whatever the address says, there
    is an answer. Subclasses say what they list, by which facets, in which orders, and how many on a page, the usual number
    first; relevance, which needs words, comes first where there are any."""

    kind = ""
    declared: Sequence[Facet] = ()
    orders: Sequence[tuple[str, str]] = ()
    page_sizes: Sequence[int] = (20,)
    # Whether it reads for itself what it shows of what was found: see `Query.bare`.
    bare = False

    def __init__(self, params: QueryDict, path: str, language: str | None = None, lasting: bool = False):
        """`lasting`: the facets are given by the values of the index, not by slugs, as what is kept for later has them."""
        self.path = path
        self.language = language or languages.current()
        self.text = text_asked(params)
        self.sort = one_of(params.get("sort"), self._offered)
        self.size = next((size for size in self.page_sizes if params.get("show") == str(size)), self.page_sizes[0])
        self.selection = Selection(self.declare(), params, self.language, lasting)
        self._page = page_number(params.get("page"), _LAST_PAGE)
        self._params = params
        self._written: dict[tuple, str] = {}  # language and changes → query of an address, without page

    def declare(self) -> Sequence[Facet]:
        """The facets, in the order of the form."""
        return self.declared

    @property
    def query(self) -> Query:
        """What the search is asked."""
        return Query(
            text=self.text,
            language=self.language,
            kinds=(self.kind,),
            facets=self.selection.values,
            sort=self.sort,
            page=self._page,
            size=self.size,
            count=[facet.name for facet in self.selection.facets],
            bare=self.bare,
        )

    @cached_property
    def results(self) -> Results:
        """The search's answer; asked once, and once more for a page after the last, which is the last."""
        found = search(self.query)
        last = page_count(found.total, self.size)
        return found if self._page <= last else search(replace(self.query, page=last))

    # The form

    @cached_property
    def facets(self) -> list[tuple]:
        """Each facet with what the form shows of it; one with nothing to choose is left out."""
        counts = self.results.counts
        pairs = ((facet, self.selection.choices(facet, counts.get(facet.name, {}))) for facet in self.selection.facets)
        return [(facet, choices) for facet, choices in pairs if choices]

    @cached_property
    def chips(self) -> list[dict]:
        """What was chosen, each a link that removes it: `{"facet", "label", "url"}`."""
        labels = {facet.name: facet.label for facet in self.selection.facets}
        by_facet = self.selection.chips_by_facet(self.path, self.others)
        return [{"facet": labels[name], **chip} for name, chips in by_facet.items() for chip in chips]

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

    # Addresses

    @property
    def others(self) -> list[Pair]:
        """Everything that an address can say but facets and page; what is as usual is empty."""
        return [
            ("q", self.text),
            ("sort", "" if self.sort == self._offered[0][0] else self.sort),
            ("show", "" if self.size == self.page_sizes[0] else str(self.size)),
        ]

    def url(self, page: int = 1, language: str | None = None, path: str | None = None, **changes: str) -> str:
        """The address of this list, at a page, as a language writes it; `changes` are to what isn't a facet."""
        language = language or self.language
        key = (language, *changes.items())
        # Pages, formats and feed differ in path and page alone.
        if key not in self._written:
            others = (dict(self.others) | changes).items()
            self._written[key] = address("", [*others, *self.selection.pairs(language)])
        alike = f"{self.path if path is None else path}{self._written[key]}"
        return alike if page <= 1 else f"{alike}{'&' if self._written[key] else '?'}page={page}"

    @property
    def is_clean(self) -> bool:
        """Whether the address says what it asks in the one way that `url` writes it, in whatever order."""
        said = [*self.others, *self.selection.pairs(), ("page", str(self.number) if self.number > 1 else "")]
        return says_just(self._params, said, self.selection.parameters)

    @property
    def suggestion_url(self) -> str:
        """The same list with the suggested spelling."""
        return self.url(q=self.results.suggestion)

    # What it is

    @property
    def title(self) -> str:
        """What was asked, in a few words."""
        words = [f"“{self.text}”" if self.text else "", *(chip["label"] for chip in self.chips)]
        return ", ".join(str(word) for word in words if word)

    def titled(self, name: str) -> str:
        """The title of the page that shows it: what was asked, which page, and the list's name."""
        page = gettext("page %(number)s") % {"number": self.number} if self.number > 1 else ""
        return " – ".join(part for part in (self.title, page, name) if part)

    @property
    def is_everything(self) -> bool:
        """True where nothing was asked or chosen, whatever the page and order."""
        return not (self.text or self.selection)

    @property
    def is_plain(self) -> bool:
        """True for the list as one comes to it: nothing asked, nothing chosen."""
        return self.is_everything and self.number == 1

    # Pages

    @property
    def number(self) -> int:
        """The page that is shown."""
        return min(self._page, self.page_count) if self._page > 1 else 1

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return page_count(self.results.total, self.size)

    @property
    def page_links(self) -> list[dict | None]:
        """First, last and the neighbours: `{"number", "url", "current"}`; None where pages are left out."""
        return page_links(self.number, self.page_count, self.url)

    @property
    def previous_url(self) -> str:
        """The page before; empty on the first."""
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after; empty on the last."""
        return self.url(self.number + 1) if self.number < self.page_count else ""

    @cached_property
    def sizes(self) -> list[dict]:
        """How many results a page may show: `{"number", "url", "current"}`; none where they all fit the usual page."""
        usual = self.page_sizes[0]
        if len(self.page_sizes) == 1 or self.results.total <= usual:
            return []
        return [
            {"number": size, "url": self.url(show="" if size == usual else str(size)), "current": size == self.size}
            for size in self.page_sizes
        ]


def one_of(value: str | None, offered: Sequence[tuple[str, str]]) -> str:
    """The value where it is offered, else the first that is."""
    return value if value in [known for known, _label in offered] else offered[0][0]
