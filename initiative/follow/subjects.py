"""What can be followed: apps register it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.http import QueryDict

# A digest shows so many of a subject and counts the rest.
MOST = 20


@dataclass(frozen=True)
class Item:
    """Something new, as a digest shows it.

    - `title`, in the language `title_language`; `translation`: the same in the reader's language, or empty.
    - `kind`: what it is, such as `Article`; `facts`: who made it, where and when it came out.
    - `summary`: a sentence or two, in the language `summary_language`.
    - `url`: a path on this site.
    """

    title: str
    url: str
    kind: str = ""
    facts: Sequence[str] = ()
    title_language: str = ""
    translation: str = ""
    summary: str = ""
    summary_language: str = ""

    @property
    def line(self) -> str:
        """Kind and facts in one line."""
        return " · ".join(part for part in (self.kind, *self.facts) if part)


@dataclass(frozen=True)
class News:
    """What is new: how many in all, and the newest of them."""

    total: int = 0
    items: Sequence[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """What a digest tells of one followed thing: the thing in words, the path of its page, and what is new."""

    words: str
    url: str
    news: News

    @property
    def more(self) -> int:
        """How many are counted but not shown."""
        return self.news.total - len(self.news.items)


@dataclass(frozen=True)
class Subject:
    """A kind of thing that can be followed. Its functions answer in the active language, which is the reader's.

    - `kind` names it in addresses and in the database; `label` in the admin.
    - `read(params)`: what an address asks to follow, as a key: text that means the same for ever, whatever is renamed.
      Raises ValidationError with a sentence for the reader.
    - `describe(key)`: the same in words, such as `Articles on agroforestry`; empty once it is no longer there.
    - `url(key)`: the path of the page that shows it, newest first; empty where there is none.
    - `news(key, since, until)`: what was published after `since` and not after `until`, at most MOST items. A bounded
      number of statements.
    """

    kind: str
    label: str
    read: Callable[[QueryDict], str]
    describe: Callable[[str], str]
    url: Callable[[str], str]
    news: Callable[[str, datetime, datetime], News]


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Let something be followed; for AppConfig.ready(). ValueError for a second one of the same kind."""
    if subject.kind in _subjects and _subjects[subject.kind] != subject:
        raise ValueError(f"Two subjects are called {subject.kind!r}.")
    _subjects[subject.kind] = subject


def subject_of(kind: str) -> Subject | None:
    """The subject of a kind, or None."""
    return _subjects.get(kind)


def kinds() -> list[str]:
    """All kinds that can be followed, in order of registration."""
    return list(_subjects)
