"""Keeping the bitmaps of facets true. Called by `store` and `rebuild`, which hold the index while they write."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyroaring import BitMap

from initiative.search.models import SearchEntry, SearchFacet
from initiative.search.shelf import DATE, KIND, TITLE

Key = tuple[str, str]  # facet, value

# Long enough to spread titles over portions, short enough to keep portions few.
_TITLE_LETTERS = 3


def keys_of(entry: SearchEntry) -> set[Key]:
    """All (facet, value) pairs of an entry, its kind, date and beginning of the title among them."""
    keys = {(facet, value) for facet, values in entry.facets.items() for value in values}
    keys.add((KIND, entry.kind))
    keys.add((DATE, entry.date.isoformat() if entry.date else ""))
    keys.add((TITLE, entry.sort_key[:_TITLE_LETTERS]))
    return keys


def change(language: str, version: int, before: Mapping[int, set[Key]], after: Mapping[int, set[Key]]) -> None:
    """Let entries have the keys of `after` instead of those of `before`: both entry id → keys."""
    gone, come = defaultdict(list), defaultdict(list)
    for number in {*before, *after}:
        old, new = before.get(number, set()), after.get(number, set())
        for key in old - new:
            gone[key].append(number)
        for key in new - old:
            come[key].append(number)
    touched = {*gone, *come}
    if not touched:
        return
    rows = {
        (row.facet, row.value): BitMap.deserialize(bytes(row.members))
        for row in SearchFacet.objects.filter(
            language=language,
            facet__in={facet for facet, _value in touched},
            value__in={value for _facet, value in touched},
        )
    }
    members = {}
    for key in touched:
        members[key] = rows.get(key, BitMap())
        members[key].difference_update(BitMap(gone[key]))
        members[key].update(come[key])
    _write(language, version, members)


def recount(language: str, version: int) -> None:
    """Work out all bitmaps of a language anew from its entries; values that nobody has any more become empty."""
    ids: dict[Key, list[int]] = defaultdict(list)
    fields = ("id", "kind", "date", "sort_key", "facets")
    for entry in SearchEntry.objects.filter(language=language).only(*fields).iterator(chunk_size=2_000):
        for key in keys_of(entry):
            ids[key].append(entry.id)
    members = {key: BitMap(numbers) for key, numbers in ids.items()}
    for key in SearchFacet.objects.filter(language=language).values_list("facet", "value"):
        members.setdefault(key, BitMap())
    _write(language, version, members)


def _write(language: str, version: int, members: Mapping[Key, BitMap]) -> None:
    SearchFacet.objects.bulk_create(
        _rows(language, version, members.items()),
        update_conflicts=True,
        unique_fields=["language", "facet", "value"],
        update_fields=["members", "version"],
        batch_size=500,
    )


def _rows(language: str, version: int, members: Iterable[tuple[Key, BitMap]]) -> list[SearchFacet]:
    rows = []
    for (facet, value), ids in members:
        ids.run_optimize()
        rows.append(SearchFacet(language=language, facet=facet, value=value, members=ids.serialize(), version=version))
    return rows
