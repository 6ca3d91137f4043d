"""What apps put into the search: documents, made by indexers."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Document:
    """One object as the search shows it to readers of one language.

    - `kind`: what readers choose between, such as `resource` or `news`; `object_id`: the object's primary key as text.
    - `language`: a site language; `shown_language`: the one its text is in (empty: the same).
    - `title`, `body`: plain text; markup is taken out. `keywords`: more words to be found by, not shown.
    - `names`: what else it is called, such as an acronym. They are keywords, and it is suggested by them as by its title.
    - `attached`: the text of what comes with it, such as a PDF, in `attached_language` (empty: that of the body). It is
      searched as the body is, and shown only where nothing else has what was asked for.
    - `url`: where it is read, best a path; `date`: what it is sorted by.
    - `facets`: facet → values; values are short texts.
    """

    kind: str
    object_id: str
    language: str
    title: str
    names: Sequence[str] = ()
    body: str = ""
    keywords: str = ""
    attached: str = ""
    attached_language: str = ""
    url: str = ""
    date: datetime.date | None = None
    shown_language: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Indexer:
    """How objects of a model, or of models derived from it, become documents.

    - `kind`: a name of its own. Documents may be of other kinds, as pages are.
    - `queryset`: a function that gives all public objects, with what `documents` needs prefetched.
    - `prepare`: called with a portion of them before `documents` is with each: gives them what would be slow to prefetch.
    - `documents`: an object's documents, one per language at most. What `queryset` or `documents` no longer gives
      leaves the index.
    - `dependents`: other model → a function that gives, for one of its objects, those to index anew when it changes.
    - `beneath`: page model → a function that gives, for a page, those whose address begins with the page's. They are
      indexed anew when it moves, is renamed, is unpublished, or is published and none of them is indexed beneath it.
    """

    kind: str
    model: type[Model]
    queryset: Callable[[], QuerySet]
    documents: Callable[[Model], Iterable[Document]]
    prepare: Callable[[Sequence[Model]], None] = lambda instances: None
    dependents: Mapping[type[Model], Callable[[Model], QuerySet]] = field(default_factory=dict)
    beneath: Mapping[type[Model], Callable[[Model], QuerySet]] = field(default_factory=dict)


_indexers: dict[str, Indexer] = {}


def register(indexer: Indexer) -> None:
    """Let an indexer take part; for AppConfig.ready(). ValueError for a second one of the same kind."""
    if indexer.kind in _indexers and _indexers[indexer.kind] != indexer:
        raise ValueError(f"Two indexers are called {indexer.kind!r}.")
    _indexers[indexer.kind] = indexer


def indexers() -> list[Indexer]:
    """All registered indexers, in order of registration."""
    return list(_indexers.values())


def indexers_of(model: type[Model]) -> list[Indexer]:
    """The indexers that take objects of a model."""
    return [indexer for indexer in _indexers.values() if issubclass(model, indexer.model)]
