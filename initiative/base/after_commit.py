"""Work that is done once a transaction has committed, once for each thing it is about, however often it was asked for."""

from collections.abc import Callable, Hashable, Iterable
from itertools import count
from threading import local
from weakref import WeakSet

from django.db import transaction


class AfterCommit:
    """`note` things while a transaction runs; `handle` gets each of them once, in order, after it has committed.

    What is rolled back is forgotten: a note lives only as long as the transaction that may still commit it.
    """

    def __init__(self, handle: Callable[[list], None]):
        self._handle = handle
        self._thread = local()

    def note(self, things: Iterable[Hashable]) -> None:
        """Have these handled after the commit; at once where there is no transaction."""
        note = _Note(self, things)
        if note.things:
            self._pending.add(note)
            transaction.on_commit(note)

    @property
    def _pending(self) -> WeakSet["_Note"]:
        if not hasattr(self._thread, "pending"):
            self._thread.pending = WeakSet()
        return self._thread.pending

    def _handle_all(self) -> None:
        notes = sorted(self._pending, key=lambda note: note.number)
        self._pending.clear()
        if things := list(dict.fromkeys(thing for note in notes for thing in note.things)):
            self._handle(things)


class _Note:
    """Some things were noted. The first note called after the commit takes all others of its thread along."""

    _numbers = count(1)  # in one step, whichever thread asks

    def __init__(self, owner: AfterCommit, things: Iterable[Hashable]):
        self.owner, self.things = owner, list(things)
        self.number = next(self._numbers)

    def __call__(self) -> None:
        self.owner._handle_all()
