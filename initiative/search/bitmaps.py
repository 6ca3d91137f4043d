"""Bitmaps of entry ids that are kept in rows, one per key: who has a value, who has a word in its name.

A key is the tuple of a row's key fields. Called while the index is held.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

from django.db.models import Model, QuerySet
from pyroaring import BitMap

Key = tuple[str, ...]

_PORTION = 500


class Moves:
    """Which entries leave which bitmaps and come into which."""

    def __init__(self):
        self._gone: dict[Key, list[int]] = defaultdict(list)
        self._come: dict[Key, list[int]] = defaultdict(list)

    def add(self, entry: int, before: Set[Key], after: Set[Key]) -> None:
        """An entry has the keys of `after` and no longer those of `before`."""
        for key in before - after:
            self._gone[key].append(entry)
        for key in after - before:
            self._come[key].append(entry)

    @property
    def keys(self) -> set[Key]:
        """The keys whose bitmaps change."""
        return {*self._gone, *self._come}

    def applied(self, key: Key, members: BitMap) -> BitMap:
        """A key's bitmap as it is afterwards."""
        return (members - BitMap(self._gone.get(key, ()))) | BitMap(self._come.get(key, ()))


class Census:
    """All bitmaps of a language, worked out anew."""

    def __init__(self):
        # Millions of ids: four bytes each.
        self._ids: dict[Key, array] = defaultdict(lambda: array("I"))

    def add(self, entry: int, keys: Iterable[Key]) -> None:
        """An entry has these keys."""
        for key in keys:
            self._ids[key].append(entry)

    def differing(self, stored: Iterable[tuple]) -> Iterator[tuple[Key, BitMap]]:
        """Keys whose stored bitmap, `(*key, bytes)`, isn't right, with what it should be: empty where nobody has the key."""
        for *fields, raw in stored:
            key = tuple(fields)
            members = BitMap(self._ids.pop(key, ()))
            if BitMap.deserialize(bytes(raw)) != members:
                yield key, members
        for key, ids in self._ids.items():
            yield key, BitMap(ids)


def packed(members: BitMap) -> bytes:
    """A bitmap as it is stored."""
    members.run_optimize()
    return members.serialize()


def stored(rows: QuerySet, *fields: str) -> dict[Key, BitMap]:
    """Key → bitmap of these rows."""
    return {tuple(key): BitMap.deserialize(bytes(raw)) for *key, raw in rows.values_list(*fields, "members")}


def store(model: type[Model], members: Mapping[Key, BitMap], make, unique: list[str], update: list[str]) -> None:
    """Write a row for each key, in place of the one there is."""
    model.objects.bulk_create(
        (make(key, ids) for key, ids in members.items()),
        update_conflicts=True,
        unique_fields=unique,
        update_fields=update,
        batch_size=_PORTION,
    )
