"""What nearly every page needs and editors seldom change: read once, and known to this process for a moment.

While readers come to a worker, they seldom wait for it: it is read again after an answer, before its time is over."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Generic, TypeVar
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import translation

from initiative.base import freshness, replica
from initiative.base.after_answer import do_after
from initiative.base.querysets import where_all_are_open
from initiative.base.replica import from_primary

T = TypeVar("T")
# What was read for one request alone, where it must see what is there now.
_for_this_one: ContextVar[dict | None] = ContextVar("known_for_this_one", default=None)
# What one request was told already: a page asks for its menus and addresses some forty times.
_told: ContextVar[dict | None] = ContextVar("known_told", default=None)
# When what goes into something that is being read was read itself: that is as old as the oldest of them.
_made_of: ContextVar[list[float] | None] = ContextVar("known_made_of", default=None)
# Seconds; a mark says only that nothing was forgotten, and each process knows how old is what it read.
_MARKS_LAST = 3_600


@contextmanager
def anew() -> Iterator[None]:
    """Within this, everything known is read once more and for it alone: whoever edits sees at once what another process wrote."""
    token = _for_this_one.set({})
    try:
        yield
    finally:
        _for_this_one.reset(token)


@contextmanager
def told_once() -> Iterator[None]:
    """Within this, what was known once stays so, and the cache isn't asked again, until it is forgotten here."""
    token = _told.set({})
    try:
        yield
    finally:
        _told.reset(token)


def asked_once(name: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, which one request of a reader asks but once, under a name that is no other's; elsewhere each time."""
    told = _told.get()
    if told is None or _for_this_one.get() is not None:
        return read()
    if (name, ()) not in told:
        told[name, ()] = read()
    return told[name, ()]


@dataclass
class _Reading(Generic[T]):
    """What was read under a mark, and when, by the process's own clock; `renewing` once somebody is to read it again."""

    mark: str
    at: float
    value: T
    renewing: bool = False


class Known(Generic[T]):
    """`known(…)` gives what `read(…)` found `freshness.KNOWN` seconds ago at most, when first asked for a page; whoever
    changes it says `known.forget()`. From `freshness.RENEWED` seconds on the next to ask has it read again after their answer.

    What it gives stays as it is: threads share it. Only a mark is in the cache, so nothing is unpacked.
    """

    def __init__(self, name: str, read: Callable[..., T], same: Callable[[T, T], bool] | None = None):
        """`name` is the mark's, no other's. What is read anew and is the `same` as before stays the thing that it was, with all
        that was made of it."""
        self._name, self._read, self._same = f"known:{name}", read, same
        self._found: dict[tuple[Hashable, ...], _Reading[T]] = {}

    def __call__(self, *asked: Hashable) -> T:
        alone = _for_this_one.get()
        if alone is None:
            told = _told.get()
            if told is None:
                return self._shared(asked)
            if (self._name, asked) not in told:
                told[self._name, asked] = self._shared(asked)
            return told[self._name, asked]
        if (self._name, asked) not in alone:
            with from_primary():
                alone[self._name, asked] = self._read(*asked)
        return alone[self._name, asked]

    def _shared(self, asked: tuple[Hashable, ...]) -> T:
        found, made_of = self._reading(asked), _made_of.get()
        if made_of is not None:
            made_of.append(found.at)
        return found.value

    def _reading(self, asked: tuple[Hashable, ...]) -> _Reading[T]:
        mark, found = self._mark(), self._found.get(asked)
        if found is None or found.mark != mark:
            return self._read_now(asked, mark)
        age = monotonic() - found.at
        if age < freshness.RENEWED:
            return found
        if age >= freshness.KNOWN or _made_of.get() is not None:
            return self._read_now(asked, mark)
        # Where the primary is away, only who reads from the replica can read it again.
        if not found.renewing and not replica.watch.is_alone:
            found.renewing = do_after(partial(self._renew, asked, found, translation.get_language()))
        return found

    def _mark(self) -> str:
        mark = cache.get(self._name)
        if mark is None:
            mark = uuid4().hex
            cache.set(self._name, mark, _MARKS_LAST)
        return mark

    def _read_now(self, asked: tuple[Hashable, ...], mark: str) -> _Reading[T]:
        """`mark` is of before it is read: what changes meanwhile takes the mark away."""
        begun, made_of = monotonic(), []
        # What it is made of may not be what this request was told before: others are told it, too.
        told, making = _told.set(None), _made_of.set(made_of)
        try:
            # Others are told it when that may no longer be so.
            with from_primary(), where_all_are_open(False):
                value = self._read(*asked)
        finally:
            _told.reset(told)
            _made_of.reset(making)
        before = self._found.get(asked)
        if self._same and before and self._same(before.value, value):
            value = before.value
        found = self._found[asked] = _Reading(mark, min([begun, *made_of]), value)
        return found

    def _renew(self, asked: tuple[Hashable, ...], old: _Reading[T], language: str | None) -> None:
        if self._found.get(asked) is not old:
            return  # somebody couldn't wait
        try:
            with translation.override(language):
                self._read_now(asked, self._mark())
        finally:
            old.renewing = False

    def forget(self, **_signal) -> None:
        """Forget what was read: at once for this transaction, and again when it is committed."""
        self._forget()
        transaction.on_commit(self._forget)

    def _forget(self) -> None:
        for mine in (_for_this_one.get(), _told.get()):
            for key in [key for key in mine or () if key[0] == self._name]:
                del mine[key]
        cache.delete(self._name)

    def forget_with(self, *models: type[Model]) -> None:
        """Forget whenever one of these is saved or deleted; called once, when the apps are ready."""
        for signal in (post_save, post_delete):
            for model in models:
                signal.connect(self.forget, sender=model, dispatch_uid=f"{self._name}:{model._meta.label}")
