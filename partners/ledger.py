"""All public commitments as values to count by, read once and known for a moment: whatever is chosen among them, how many there
are and what they come to needs no statement more. How each stands is worked out for the day that is asked for."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from pyroaring import BitMap

from initiative.base.holders import Holders
from initiative.base.known import Known
from partners.queries import public_commitments
from partners.status import Standing, status_on

# What is read of each, newest first; a commitment has each country and each goal once.
_READ = (
    "pk", "organisation__type", "organisation__country", "start", "course", "due_on", "silent_on", "outcome", "unit",
    "baseline", "target", "value",
)  # fmt: skip


class Ledger:
    """Public commitments by primary key. Never changed once made, so threads share it.

    - `order`: all of them, newest first.
    - `to_come`: of those whose target is above their baseline, how far it is from one to the other; `done`: of those of
      them that have a figure, how far they have come.
    - Facets: `type`, `country` (its own, else its organisation's), `sdg`, `year` in which it begins, `unit`, `outcome`;
      `way`: `up` or `down` where it can be measured; `figure`: `yes` where one was reported; `status`, on a day.
    """

    def __init__(self, rows: Iterable[tuple], places: Iterable[tuple[int, str]], goals: Iterable[tuple[int, int]]):
        """`rows` of `_READ`; pairs of a commitment with one of its places or goals, whether it is among the rows or not."""
        self.order: list[int] = []
        self.to_come: dict[int, Decimal] = {}
        self.done: dict[int, Decimal] = {}
        self._standings: dict[tuple, list[int]] = defaultdict(list)
        having: dict[tuple[str, str], list[int]] = defaultdict(list)
        placed = set()
        for pk, code in places:
            having["country", code].append(pk)
            placed.add(pk)
        for pk, number in goals:
            having["sdg", str(number)].append(pk)
        for pk, kind, country, start, course, due_on, silent_on, outcome, unit, baseline, target, value in rows:
            self.order.append(pk)
            self._standings[course, due_on, silent_on].append(pk)
            own = {"country": "" if pk in placed else country, "year": start[:4]}
            for facet, text in {**own, "type": kind, "unit": unit, "outcome": outcome}.items():
                if text:
                    having[facet, text].append(pk)
            if value is not None:
                having["figure", "yes"].append(pk)
            if baseline is not None and target is not None and baseline != target:
                having["way", "up" if target > baseline else "down"].append(pk)
                if target > baseline:
                    self.to_come[pk] = target - baseline
                    if value is not None:
                        self.done[pk] = value - baseline
        self.everything = BitMap(self.order)
        self._members: dict[str, dict[str, BitMap]] = {}
        for (facet, text), those in having.items():
            if ids := BitMap(those) & self.everything:
                self._members.setdefault(facet, {})[text] = ids
        self._holders: tuple[datetime.date | None, Holders] = (None, Holders({}))

    def on(self, day: datetime.date) -> Holders:
        """Who has which value on a day; worked out once a day."""
        known, holders = self._holders
        if known != day:
            statuses: dict[str, BitMap] = defaultdict(BitMap)
            for (course, due_on, silent_on), those in self._standings.items():
                now = Standing(course, due_on=due_on, silent_on=silent_on)
                statuses[status_on(day, now).value].update(those)
            holders = Holders({**self._members, "status": dict(statuses)})
            self._holders = (day, holders)
        return holders


class Entries:
    """Some of a ledger's commitments, as they stand on a day."""

    def __init__(self, ledger: Ledger, holders: Holders, ids: BitMap):
        self.ledger, self.holders, self.ids = ledger, holders, ids

    def __len__(self):
        return len(self.ids)

    def having(self, facet: str, *values: str) -> BitMap:
        """Those of them with any of these values."""
        return self.ids & self.holders.having(facet, values)

    def counts(self, facet: str) -> dict[str, int]:
        """Value → how many of them have it, for values that any has."""
        return self.holders.counts(self.ids, facet)

    def narrowed(self, facet: str, values: Iterable[str]) -> "Entries":
        """Those of them with any of these values, as entries."""
        return Entries(self.ledger, self.holders, self.having(facet, *values))

    def among(self, ids: Iterable[int]) -> "Entries":
        """Those of them with one of these primary keys."""
        return Entries(self.ledger, self.holders, self.ids & BitMap(ids))

    @property
    def newest_first(self) -> list[int]:
        """Their primary keys in the order of lists."""
        order = self.ledger.order
        return order if len(self.ids) == len(order) else [pk for pk in order if pk in self.ids]


def public_entries() -> Entries:
    """All public commitments as they stand today. Three statements, and none for some seconds."""
    ledger = known_ledger()
    return Entries(ledger, ledger.on(timezone.localdate()), ledger.everything)


def _read() -> Ledger:
    from partners.models import Commitment

    # No text is read, so what would choose its language isn't asked: it took as long as all else.
    rows = QuerySet(Commitment, public_commitments().query).order_by("-start", "-pk").values_list(*_READ)
    ledger = Ledger(
        rows,
        Commitment.places.through.objects.values_list("commitment_id", "place_id"),
        Commitment.sdgs.through.objects.values_list("commitment_id", "sustainabledevelopmentgoal__number"),
    )
    ledger.on(timezone.localdate())  # beside the requests, so that no reader waits for it
    return ledger


known_ledger: Known[Ledger] = Known("commitments", _read)
