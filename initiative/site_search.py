"""What the site search shows for one address: the best of every kind, or all of one kind, and how many of each."""

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.base.facets import address
from initiative.base.landmarks import landmarks
from initiative.base.paging import page_count, page_links, page_number
from initiative.search import Hit, Query, Results, search, text_asked
from resources.queries import works_of

PER_PAGE = 20
_LAST_PAGE = 5_000
# Of each kind, where all kinds are shown.
EACH = 3

# In the order of the list of kinds. Indexers name their kinds by these.
KINDS = {
    "resource": _("Resources"),
    "topic": _("Topics"),
    "page": _("Pages"),
    "news": _("News"),
    "event": _("Events"),
    "person": _("People"),
    "organisation": _("Partners"),
    "commitment": _("Commitments"),
}


# What bears a proper name, the same in every language.
_NAMED = ("person", "organisation")


@dataclass(frozen=True)
class Row:
    """A hit as the list shows it: its title with what was found marked and the language that title is in (empty: the
    page's, or a name), and the title in the reader's language where the work's own is in another. `work`: the resource."""

    hit: Hit
    title: SafeString
    language: str
    translation: SafeString | str = ""
    # That of the snippet; empty where it is the reader's.
    snippet_language: str = ""
    work: object = None


class SiteSearch:
    """The site search as one address asks for it. Whatever the address says, there is an answer."""

    def __init__(self, params: QueryDict, path: str, language: str | None = None):
        self.path = path
        self.language = language or languages.current()
        self.text = text_asked(params)
        self.kind = params.get("kind") if params.get("kind") in KINDS else ""
        self._page = page_number(params.get("page"), _LAST_PAGE)

    @cached_property
    def results(self) -> Results | None:
        """The search's answer; None where nothing was asked. The best of each kind, or where there is one kind only a page
        of it; a page after the last is the last."""
        if not self.text:
            return None
        query = Query(text=self.text, language=self.language, size=PER_PAGE, count=())
        if not self.kind:
            found = search(replace(query, each=EACH))
            if len(found.kinds) > 1 or found.total <= EACH:
                return found
        query = replace(query, kinds=(self.kind,) if self.kind else (), page=self._page)
        found = search(query)
        last = page_count(found.total, PER_PAGE)
        return found if self._page <= last else search(replace(query, page=last))

    @property
    def is_mixed(self) -> bool:
        """Whether the best of several kinds are shown, and no pages."""
        return bool(self.results and not self.kind and len(self.results.kinds) > 1)

    @cached_property
    def rows(self) -> list[Row]:
        """What is shown. A work keeps the title of its own language: one statement where there are any."""
        if not self.results:
            return []
        works = works_of([int(hit.object_id) for hit in self.results.hits if hit.kind == "resource"])
        return [self._row(hit, works) for hit in self.results.hits]

    def _row(self, hit: Hit, works: dict) -> Row:
        work = works.get(int(hit.object_id)) if hit.kind == "resource" else None
        snippet = "" if hit.shown_language == self.language else hit.shown_language
        if work is None:
            return Row(hit, hit.title_html, "" if hit.kind in _NAMED else snippet, "", snippet)
        mark, translation = self.results.highlighter.title, ""
        if work.language != self.language:
            translation = mark(work.text_in("title_translation", self.language), self.language)
        return Row(hit, mark(work.title, work.language), work.language, translation, snippet, work)

    @property
    def parts(self) -> list[dict]:
        """The rows by kind, the kind with the best of all first: `{"kind", "label", "count", "url", "rows"}`."""
        parts: dict[str, dict] = {}
        for row in self.rows:
            kind = row.hit.kind
            if kind not in parts:
                count = self.results.kinds.get(kind, 0)
                parts[kind] = {
                    "kind": kind,
                    "label": KINDS.get(kind, kind),
                    "count": count,
                    "url": self.url(kind=kind) if count > EACH else "",
                    "rows": [],
                }
            parts[kind]["rows"].append(row)
        return list(parts.values())

    @property
    def tabs(self) -> list[dict]:
        """Everything, then each kind that has results: `{"label", "count", "url", "current"}`."""
        counts = self.results.kinds if self.results else {}
        tabs = [
            {
                "label": _("Everything"),
                "count": sum(counts.values()),
                "url": self.url(kind=""),
                "current": not self.kind,
            }
        ]
        for kind, label in KINDS.items():
            if counts.get(kind) or kind == self.kind:
                tabs.append(
                    {
                        "label": label,
                        "count": counts.get(kind, 0),
                        "url": self.url(kind=kind),
                        "current": kind == self.kind,
                    }
                )
        return tabs

    @property
    def library_url(self) -> str:
        """The same words in the library, where they can be narrowed; empty where no resource has them."""
        library = landmarks().url("library", self.language)
        there = self.results and self.results.kinds.get("resource")
        return address(library, [("q", self.text)]) if library and there else ""

    def url(self, page: int = 1, kind: str | None = None, path: str | None = None) -> str:
        """The address of these results."""
        kind = self.kind if kind is None else kind
        return address(
            self.path if path is None else path,
            [("q", self.text), ("kind", kind), ("page", str(page) if page > 1 else "")],
        )

    def titled(self, name: str) -> str:
        """The title of the page: what was asked, of which kind, and the name of the search."""
        parts = [self.text, str(KINDS.get(self.kind, "")), name]
        return " – ".join(part for part in parts if part)

    @property
    def suggestion_url(self) -> str:
        """The same search with the suggested spelling."""
        return address(self.path, [("q", (self.results and self.results.suggestion) or ""), ("kind", self.kind)])

    @property
    def number(self) -> int:
        """The page that is shown."""
        return min(self._page, self.page_count) if self._page > 1 else 1

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one; of several kinds, there are none to turn."""
        return 1 if self.is_mixed or not self.results else page_count(self.results.total, PER_PAGE)

    @property
    def page_links(self) -> list[dict | None]:
        """First, last and the neighbours; None where pages are left out."""
        return page_links(self.number, self.page_count, self.url)

    @property
    def previous_url(self) -> str:
        """The page before; empty on the first."""
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after; empty on the last."""
        return self.url(self.number + 1) if self.number < self.page_count else ""
