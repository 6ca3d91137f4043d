"""One index of everything public, and one way to ask it.

    results = search(Query(text="soil carbon", language="fr", kinds=("resource",), facets={"type": ("report",)}))

Apps say what is public in `AppConfig.ready()`: `register(Indexer(…))`. Everything else follows: the index is kept true
when something is published, changed, moved or deleted, and `manage.py rebuild_search` makes it anew. Versions of the site
that need differing indexes have one each, beside each other (see `generation`).
"""

from initiative.search.documents import Document, Indexer, register
from initiative.search.query import Hit, Query, Results, text_asked

__all__ = [
    "Document",
    "Hit",
    "Indexer",
    "Query",
    "Results",
    "changed",
    "every_match",
    "facet_counts",
    "found_among",
    "known_values",
    "register",
    "search",
    "suggest",
    "text_asked",
    "whatever_matches",
]

# What needs the models is imported when called: this package is imported before Django knows them.


def changed(instances) -> None:
    """Index anew what depends on objects that were changed without a signal, once the transaction has committed."""
    from initiative.search.signals import changed

    changed(instances)


def search(query: Query) -> Results:
    """Answer a query, in six statements at most, whatever the size of the index."""
    from initiative.search.finder import search

    return search(query)


def every_match(query: Query):
    """All that a query finds as (kind, object_id), in order and whatever its page; read in portions."""
    from initiative.search.finder import every_match

    return every_match(query)


def whatever_matches(query: Query) -> list[str]:
    """The ids of all objects that a query finds, whatever its page, in no order: for whoever has one of their own."""
    from initiative.search.finder import whatever_matches

    return whatever_matches(query)


def found_among(query: Query, object_ids) -> set[str]:
    """Of the objects with these ids, those that a query finds, whatever its page; none where nothing has all of the words."""
    from initiative.search.finder import found_among

    return found_among(query, object_ids)


def known_values(kind: str, language: str | None = None) -> dict[str, list[str]]:
    """Facet → its values that entries of a kind have in a language (the site's by default), sorted. One statement."""
    from initiative.search.shelf import known_values

    return known_values(kind, language)


def facet_counts(kind: str, facet: str, language: str, without) -> dict[str, int]:
    """How many entries of a kind have each value of a facet, some left out: see `shelf.facet_counts`. One statement."""
    from initiative.search.shelf import facet_counts

    return facet_counts(kind, facet, language, without)


def suggest(text: str, language: str, kinds, without=None) -> list:
    """Suggestions for what is typed so far, by titles and names: see `suggestions.suggest`. Four statements at most."""
    from initiative.search.suggestions import suggest

    return suggest(text, language, kinds, without)
