"""A second PostgreSQL that follows the first and answers readers: which requests ask it, and when it is left alone.

Only the public pages are read from it, for who brings no cookie of the site. All else asks the primary: whoever is signed in or
has sent a form, whatever writes (from then on, for the rest of its request), what a worker keeps for others, and the search,
whose index in memory has to be that of its database.

How far behind the replica is comes from positions in the log: the primary's is noted now and then, and the newest note that the
replica has reached says since when it knows everything. That needs no right, no clock but our own, and is true where the two have
lost one another. A replica that is behind, away or no replica any more isn't asked, and what it failed to answer the primary is
asked again. Where the primary is away, the replica goes on with what it has.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

from initiative.base.freshness import REPLICA

logger = logging.getLogger(__name__)

ALIAS = "replica"
PRIMARY = DEFAULT_DB_ALIAS
# Seconds between two looks, and after one that failed. What a look finds is believed until the next: the rest of what freshness
# allows is how far behind it may be.
_PAUSE, _REST = 0.4 * REPLICA, 10.0
_ALLOWED = REPLICA - _PAUSE
_NOTES = 64


@dataclass
class Turn:
    """A request that may read from the replica as long as it only reads."""

    reads: bool = True
    used: bool = False


_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)


@contextmanager
def reading():
    """Inside, reads may go to the replica. Gives the Turn."""
    turn = Turn()
    mark = _turn.set(turn)
    try:
        yield turn
    finally:
        _turn.reset(mark)


@contextmanager
def from_primary():
    """Inside, everything is read from the primary, unless that is away."""
    mark = _turn.set(_turn.get() if watch.is_alone else None)
    try:
        yield
    finally:
        _turn.reset(mark)


class Router:
    """Django's router: nothing is ever written to the replica."""

    def db_for_read(self, model, **hints) -> str:
        turn = _turn.get()
        if turn is None or not turn.reads or model._meta.app_label in settings.PRIMARY_ONLY_APPS:
            return PRIMARY
        turn.used = True
        return ALIAS

    def db_for_write(self, model, **hints) -> str:
        if turn := _turn.get():
            turn.reads = False
        return PRIMARY

    def allow_relation(self, one, other, **hints) -> bool:
        return True  # they are the same rows

    def allow_migrate(self, db, app_label, **hints) -> bool:
        return db != ALIAS


class Watch:
    """Whether the replica may be asked. One thread of a process looks now and then; the others believe what it found."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self.clock = clock
        self._lock = Lock()
        # Whether the primary was away at the last look.
        self.is_alone = False
        self._until, self._problem = float("-inf"), "nobody has looked yet"
        self._looked = float("-inf")
        self._notes: deque[tuple[float, int]] = deque(maxlen=_NOTES)

    def problem(self) -> str:
        """Why the replica isn't asked just now; empty where it is."""
        if self.clock() >= self._until and self._lock.acquire(blocking=False):
            try:
                self._look_again()
            finally:
                self._lock.release()
        return self._problem

    def doubt(self) -> bool:
        """Look again, as a request failed: whether it is to be read from the replica once more, as the primary is away."""
        begun = self.clock()
        with self._lock:
            if self._looked <= begun:  # else somebody looked while this one waited
                self._look_again()
            return self.is_alone and not self._problem

    def _look_again(self) -> None:
        found = self._look()
        if found != self._problem and (found or self._looked > float("-inf")):
            logger.warning("The replica %s.", f"isn't asked: {found}" if found else "is asked again")
        self._problem, self._looked = found, self.clock()

    def _look(self) -> str:
        now = self.clock()
        self._until = now + _PAUSE
        try:
            self._notes.append((now, _position(PRIMARY, "pg_current_wal_lsn()")))
            self.is_alone = False
        except Error:
            self._until, self.is_alone = now + _REST, True
        try:
            reached = _position(ALIAS, "pg_last_wal_replay_lsn()")
        except Error as error:
            self._until = now + _REST
            return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"[:200]
        if reached is None:
            self._until = now + _REST
            return "it follows no other server"
        if self.is_alone:
            return ""
        known = max((at for at, position in self._notes if position <= reached), default=None)
        if known is None or now - known > _ALLOWED:
            return "it is behind"
        return ""


def _position(alias: str, asked: str) -> int | None:
    """A place in PostgreSQL's log, in bytes; None from a server that follows nobody."""
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT pg_wal_lsn_diff({asked}, '0/0')")
        (found,) = cursor.fetchone()
    return None if found is None else int(found)


watch = Watch()
