"""Who has which value, as compressed bitmaps of numbers: counts and choices are then intersections, microseconds each."""

from collections.abc import Iterable

from pyroaring import BitMap

Members = dict[str, dict[str, BitMap]]


class Holders:
    """`members`: facet → value → those that have it. Never changed once made, so threads share it."""

    def __init__(self, members: Members):
        self.members = members

    def having(self, facet: str, values: Iterable[str]) -> BitMap:
        """Those with any of these values."""
        members = self.members.get(facet, {})
        chosen = [members[value] for value in values if value in members]
        return BitMap.union(*chosen) if chosen else BitMap()

    def counts(self, ids: BitMap, facet: str) -> dict[str, int]:
        """Value → how many of `ids` have it, for values that any has."""
        members = self.members.get(facet, {})
        if not ids:
            return {}
        return {value: count for value, those in members.items() if (count := ids.intersection_cardinality(those))}
