"""What the library suggests while a reader types: topics, resources, people, partners."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.search import facet_counts, suggest
from resources.facets import KIND
from resources.queries import titles_of

TOPIC = "topic"

# In this order; how many of each at most.
_KINDS = {TOPIC: 3, KIND: 6, "person": 3, "organisation": 2}
_LABELS = {TOPIC: _("Topics"), KIND: _("Resources"), "person": _("People"), "organisation": _("Partners")}
# The library hides them unless asked.
_HIDDEN = {"archived": ["yes"]}


@dataclass(frozen=True)
class Option:
    """One suggestion: where it leads and its name, with what was typed in `<mark>`. `language` is the name's where it
    isn't the reader's; `beside` is its name for the reader, where another was typed; `count`: how many resources a topic
    has."""

    url: str
    name: SafeString
    language: str = ""
    beside: SafeString | str = ""
    count: int = 0


@dataclass(frozen=True)
class Group:
    """The suggestions of one kind."""

    label: str
    options: list[Option]


def suggestions(text: str, language: str | None = None) -> list[Group]:
    """Suggestions for what is typed so far, by kind; kinds without any are left out. Six statements at most."""
    language = language or languages.current()
    found: dict[str, list] = {}
    for suggestion in suggest(text, language, _KINDS, _HIDDEN):
        found.setdefault(suggestion.kind, []).append(suggestion)
    options = {kind: _OPTIONS.get(kind, _named)(some, language) for kind, some in found.items()}
    return [Group(str(_LABELS[kind]), list(some)) for kind in _KINDS if (some := list(options.get(kind, ())))]


def _named(found: list, language: str) -> Iterator[Option]:
    """Proper names are the same in every language."""
    return (Option(one.url, one.mark(one.name, one.language)) for one in found)


def _topics(found: list, language: str) -> Iterator[Option]:
    """Topics that lead to something. Where another of its names was typed, the topic's own stands beside it."""
    counts = facet_counts(KIND, TOPIC, language, _HIDDEN)
    for one in found:
        if count := counts.get(one.facets[TOPIC][0]):
            own = one.name == one.title
            shown = one.language if own and one.language != language else ""
            yield Option(one.url, one.mark(one.name, one.language), shown, "" if own else one.title, count)


def _resources(found: list, language: str) -> Iterator[Option]:
    """A work keeps the title of its own language; beside it stands the one in the reader's."""
    works = titles_of([int(one.object_id) for one in found], language)
    for one in found:
        if work := works.get(int(one.object_id)):
            title, own, translation = work
            other = one.mark(translation, language) if translation else ""
            yield Option(one.url, one.mark(title, own), "" if own == language else own, other)


_OPTIONS = {TOPIC: _topics, KIND: _resources}
