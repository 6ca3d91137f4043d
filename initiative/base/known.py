"""What nearly every page needs and editors seldom change: read once, and known to this process for a moment."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from initiative.base import freshness
from initiative.base.replica import from_primary

T = TypeVar("T")
# What was read for one request alone, where it must see what is there now.
_for_this_one: ContextVar[dict | None] = ContextVar("known_for_this_one", default=None)
# What one request was told already: a page asks for its menus and addresses some forty times.
_told: ContextVar[dict | None] = ContextVar("known_told", default=None)


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


class Known(Generic[T]):
    """`known(…)` gives what `read(…)` found `freshness.KNOWN` seconds ago at most, when first asked for a page; whoever
    changes it says `known.forget()`.

    What it gives stays as it is: threads share it. Only a mark is in the cache, so nothing is unpacked.
    """

    def __init__(self, name: str, read: Callable[..., T]):
        """`name` is the mark's, no other's."""
        self._name, self._read = f"known:{name}", read
        self._found: dict[tuple[Hashable, ...], tuple[str, T]] = {}

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
        mark = cache.get(self._name)
        if mark is None:
            # Before it is read: what changes meanwhile takes the mark away again.
            mark = uuid4().hex
            cache.set(self._name, mark, freshness.KNOWN)
        known = self._found.get(asked)
        if known is None or known[0] != mark:
            # What it is made of may not be what this request was told before: others are told it, too.
            token = _told.set(None)
            try:
                with from_primary():
                    known = self._found[asked] = mark, self._read(*asked)
            finally:
                _told.reset(token)
        return known[1]

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
