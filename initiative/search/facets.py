"""Keeping the bitmaps of facets true. Called by `store` and `rebuild`, which hold the index while they write."""

from collections.abc import Mapping

from pyroaring import BitMap

from initiative.search.bitmaps import Census, Key, Moves, packed, store, stored
from initiative.search.models import SearchEntry, SearchFacet
from initiative.search.shelf import DATE, KIND, TITLE

# Long enough to spread titles over portions, short enough to keep portions few.
TITLE_LETTERS = 3


def keys_of(entry: SearchEntry) -> set[Key]:
    """All (facet, value) pairs of an entry, its kind, date and beginning of the title among them."""
    keys = {(facet, value) for facet, values in entry.facets.items() for value in values}
    keys.add((KIND, entry.kind))
    keys.add((DATE, entry.date.isoformat() if entry.date else ""))
    keys.add((TITLE, entry.sort_key[:TITLE_LETTERS]))
    return keys


def change(language: str, version: int, moves: Moves) -> None:
    """Bring the bitmaps of a language up to what moved."""
    if not moves.keys:
        return
    facets, values = zip(*moves.keys, strict=True)
    rows = SearchFacet.objects.filter(language=language, facet__in=set(facets), value__in=set(values))
    before = stored(rows, "facet", "value")
    _write(language, version, {key: moves.applied(key, before.get(key, BitMap())) for key in moves.keys})


def recount(language: str, version: int) -> None:
    """Work out all bitmaps of a language anew from its entries; values that nobody has any more become empty."""
    census = Census()
    entries = SearchEntry.objects.filter(language=language).only("id", "kind", "date", "sort_key", "facets")
    for entry in entries.iterator(chunk_size=2_000):
        census.add(entry.pk, keys_of(entry))
    rows = SearchFacet.objects.filter(language=language).values_list("facet", "value", "members")
    _write(language, version, dict(census.differing(rows)))


def _write(language: str, version: int, members: Mapping[Key, BitMap]) -> None:
    def row(key: Key, ids: BitMap) -> SearchFacet:
        facet, value = key
        return SearchFacet(language=language, facet=facet, value=value, members=packed(ids), version=version)

    store(SearchFacet, members, row, ["language", "facet", "value"], ["members", "version"])
