"""What the site search shows for one address: results of every kind, and how many of each."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.base.facets import address
from initiative.search import Hit, Query, Results, search
from resources.queries import titles_of

PER_PAGE = 20

# In the order of the tabs. Indexers name their kinds by these.
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
    page's, or a name), and the title in the reader's language where the work's own is in another."""

    hit: Hit
    title: SafeString
    language: str
    translation: SafeString | str = ""


class SiteSearch:
    """The site search as one address asks for it. Whatever the address says, there is an answer."""

    def __init__(self, params: QueryDict, path: str, language: str | None = None):
        self.path = path
        self.language = language or languages.current()
        self.text = params.get("q", "").replace("\x00", "").strip()
        self.kind = params.get("kind") if params.get("kind") in KINDS else ""
        page = params.get("page", "")
        self.number = max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1

    @cached_property
    def results(self) -> Results | None:
        """The search's answer, asked once; None where nothing was asked."""
        if not self.text:
            return None
        kinds = (self.kind,) if self.kind else ()
        return search(Query(text=self.text, language=self.language, kinds=kinds, page=self.number, size=PER_PAGE))

    @cached_property
    def rows(self) -> list[Row]:
        """The hits of this page. A work keeps the title of its own language: one statement where there are any."""
        if not self.results:
            return []
        works = titles_of([int(hit.object_id) for hit in self.results.hits if hit.kind == "resource"], self.language)
        return [self._row(hit, works) for hit in self.results.hits]

    def _row(self, hit: Hit, works: dict[int, tuple[str, str, str]]) -> Row:
        work = works.get(int(hit.object_id)) if hit.kind == "resource" else None
        if work is None:
            return Row(hit, hit.title_html, "" if hit.kind in _NAMED else hit.shown_language)
        title, language, translation = work
        mark = self.results.highlighter.title
        return Row(hit, mark(title, language), language, mark(translation, self.language) if translation else "")

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

    def url(self, page: int = 1, kind: str | None = None, path: str | None = None) -> str:
        """The address of these results."""
        kind = self.kind if kind is None else kind
        return address(
            self.path if path is None else path,
            [("q", self.text), ("kind", kind), ("page", str(page) if page > 1 else "")],
        )

    @property
    def suggestion_url(self) -> str:
        """The same search with the suggested spelling."""
        return address(self.path, [("q", (self.results and self.results.suggestion) or ""), ("kind", self.kind)])

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.results.total // PER_PAGE)) if self.results else 1

    @property
    def previous_url(self) -> str:
        """The page before; empty on the first."""
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after; empty on the last."""
        return self.url(self.number + 1) if self.number < self.page_count else ""
