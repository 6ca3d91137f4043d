"""What is asked of the search and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from initiative.search.highlight import Highlighter

SCOPES = ("everything", "title", "content")
SORTS = ("relevance", "newest", "oldest", "title")
LARGEST_PAGE = 100
# Letters of a text, as many as the form takes: each address of a list has it, a hundred on some pages.
LONGEST_TEXT = 500


def text_asked(params: Mapping[str, str]) -> str:
    """The words that an address asks for in `q`; empty for none. What is longer than the form takes is cut."""
    return params.get("q", "").replace("\x00", "").strip()[:LONGEST_TEXT].strip()


@dataclass(frozen=True)
class Query:
    """A question to the search. Nothing in it can make the search fail: what makes no sense falls back to the default.

    - `text`: what the reader typed, see `grammar`; empty means everything.
    - `language`: the reader's; an entry exists per object and site language.
    - `kinds`: only these kinds; empty means all.
    - `facets`: facet → values. Several values of a facet mean any of them; several facets mean all of them.
    - `scope`: where the words must be: `everything` (title, keywords, body), `title`, or `content` (body alone).
    - `exact`: take words as typed, without their other forms.
    - `sort`: `relevance`, `newest`, `oldest` or `title`. Without text, relevance is newest.
    - `page` counts from 1; `size` is 1 to 100.
    - `each`: instead of a page so many of each kind, the best first or the newest.
    - `count`: the facets whose values are counted; None means all.
    - `bare`: hits say which objects they are and no more, for lists that read for themselves what they show.
    """

    text: str = ""
    language: str = "en"
    kinds: Sequence[str] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    scope: str = "everything"
    exact: bool = False
    sort: str = "relevance"
    page: int = 1
    size: int = 20
    each: int = 0
    count: Sequence[str] | None = None
    bare: bool = False


@dataclass(frozen=True)
class Hit:
    """One result. `text` is the beginning of its own.

    `attached_html` is the passage of what comes with it (a PDF) where only that has something asked for, else empty;
    `attached_language` is its language.
    """

    kind: str
    object_id: str
    language: str
    title: str
    url: str
    date: date | None
    shown_language: str
    text: str
    highlighter: Highlighter
    attached_html: SafeString | str = ""
    attached_language: str = ""

    # Worked out for who shows them: not every list does.

    @cached_property
    def title_html(self) -> SafeString:
        """The title, what was found in `<mark>` and everything else escaped."""
        return self.highlighter.title(self.title, self.shown_language)

    @cached_property
    def snippet_html(self) -> SafeString:
        """The same of the passage of the text that has most of what was found."""
        return self.highlighter.snippet(self.text, self.shown_language)


@dataclass(frozen=True)
class Results:
    """An answer.

    - `total`: how many match; `hits`: those of the page asked for.
    - `counts`: facet → value → how many match, as if nothing were chosen in that facet. Values with none are left out,
      except chosen ones.
    - `kinds`: kind → how many match, as if no kind were chosen.
    - `suggestion`: the query in a likelier spelling that finds more; empty where there is none.
    - `loosened`: where nothing matches, facet → how many would if nothing were chosen in it; `""` → if no words were asked.
    - `partial`: nothing has all of the words, so these have most of them.
    - `highlighter`: marks what was asked for in other texts of the objects found.
    """

    total: int = 0
    hits: Sequence[Hit] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    loosened: Mapping[str, int] = field(default_factory=dict)
    suggestion: str = ""
    partial: bool = False
    highlighter: Highlighter | None = field(default=None, compare=False, repr=False)
