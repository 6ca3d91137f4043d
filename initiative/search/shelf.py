"""Who has which value: the facets of one language as bitmaps of entry ids, read from the database once and kept.

Every count, filter and date order of a results page is then an intersection of bitmaps: microseconds, no SQL.
"""

from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.db import connection
from pyroaring import BitMap

from initiative.base.holders import Holders, Members
from initiative.base.known import asked_once
from initiative.base.memory import give_back
from initiative.search.models import SearchFacet, SearchIndex

KIND, DATE, TITLE = "~kind", "~date", "~title"

# Only what changed since `version` comes back; with another epoch, all of it. A single comparison, so that the index on
# language and version finds it: an OR would have every row looked at.
_READ = """
    SELECT state.epoch, state.version, facet.facet, facet.value, facet.members
    FROM {index} state
    LEFT JOIN {facet} facet
        ON facet.language = state.language AND facet.version > CASE WHEN state.epoch = %s THEN %s ELSE -1 END
    WHERE state.language = %s
"""

# Rows as the database sends them take more than the bitmaps made of them.
_MANY = 1_000

_kept: dict[tuple[str, str], "Shelf"] = {}


class Shelf(Holders):
    """A state of one language's facets."""

    def __init__(self, epoch: str = "", version: int = -1, members: Members | None = None):
        super().__init__(members or {})
        self.epoch = epoch
        self.version = version
        self.everything = BitMap.union(*kinds) if (kinds := list(self.members.get(KIND, {}).values())) else BitMap()
        self._orders: dict[str, list[str]] = {}
        self._known: dict[str, dict[str, list[str]]] = {}

    def buckets(self, ids: BitMap, sort: str) -> Iterator[BitMap]:
        """`ids` in portions, first portion first: by day for `newest` and `oldest` (undated last), by the first letters
        for `title`. None is empty."""
        facet = TITLE if sort == "title" else DATE
        members = self.members.get(facet, {})
        for value in self._order(sort, members):
            bucket = ids & members[value]
            if bucket:
                yield bucket

    def _order(self, sort: str, members: Mapping[str, BitMap]) -> list[str]:
        if sort not in self._orders:
            values = sorted(members, reverse=sort == "newest")
            if sort != "title" and "" in members:
                values.remove("")
                values.append("")
            self._orders[sort] = values
        return self._orders[sort]

    def known(self, kind: str) -> dict[str, list[str]]:
        """Facet → its values that entries of a kind have, sorted; worked out once."""
        if kind not in self._known:
            ids = self.having(KIND, [kind])
            self._known[kind] = {
                facet: sorted(value for value, those in values.items() if ids.intersect(those))
                for facet, values in self.members.items()
                if not facet.startswith("~")
            }
        return self._known[kind]

    def refreshed(self, rows: list[tuple]) -> "Shelf":
        """This state with the rows that were read taken in."""
        if not rows:
            return Shelf()
        epoch, version = rows[0][:2]
        members = {facet: dict(values) for facet, values in self.members.items()} if epoch == self.epoch else {}
        for _epoch, _version, facet, value, raw in rows:
            if facet is None:  # nothing changed
                continue
            if ids := BitMap.deserialize(bytes(raw)):
                members.setdefault(facet, {})[value] = ids
            else:
                members.get(facet, {}).pop(value, None)
        return Shelf(epoch, version, members)


def _read_statement() -> str:
    return _READ.format(index=SearchIndex._meta.db_table, facet=SearchFacet._meta.db_table)


def read(language: str) -> Shelf:
    """The facets of a language as of now, or as this page has read them already. One statement, which brings only what this
    process hasn't seen yet."""
    key = (connection.settings_dict["NAME"], language)
    # A transaction sees what it may still take back; that must not reach other readers.
    if connection.in_atomic_block:
        return _read(key, Shelf(), alone=True)
    return asked_once(("shelf", *key), lambda: _read(key, _kept.get(key, Shelf())))


def _read(key: tuple[str, str], shelf: Shelf, alone: bool = False) -> Shelf:
    with connection.cursor() as cursor:
        cursor.execute(_read_statement(), [shelf.epoch, shelf.version, key[1]])
        rows = cursor.fetchall()
    if len(rows) == 1 and rows[0][:3] == (shelf.epoch, shelf.version, None):
        return shelf
    many, shelf = len(rows) > _MANY, shelf.refreshed(rows)
    if not alone:
        _kept[key] = shelf
    if many:
        del rows
        give_back()
    return shelf


def known_values(kind: str, language: str | None = None) -> dict[str, list[str]]:
    """Facet → its values that entries of a kind have in a language (the site's by default), sorted. One statement."""
    return read(language or settings.LANGUAGE_CODE).known(kind)


def facet_counts(kind: str, facet: str, language: str, without: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many entries of a kind have each value of a facet, those left out that have any value of `without` (facet →
    values). One statement."""
    shelf = read(language)
    ids = shelf.having(KIND, [kind])
    for name, values in without.items():
        ids -= shelf.having(name, values)
    return shelf.counts(ids, facet)
