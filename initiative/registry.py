"""Where apps say which of their records have a public page of their own, and what of theirs each worker will need."""

import logging
from collections.abc import Callable
from functools import cache

from django.db.models import QuerySet

logger = logging.getLogger(__name__)

_sources: list[Callable[[], QuerySet]] = []
_loaders: list[Callable[[], None]] = []


def register_public_records(source: Callable[[], QuerySet]) -> None:
    """Add a source: a function that gives the records readers may see. Called when the apps are ready."""
    if source not in _sources:
        _sources.append(source)


def public_records() -> list[QuerySet]:
    """A QuerySet per registered source."""
    return [source() for source in _sources]


@cache
def public_kinds() -> frozenset[str]:
    """The models of these records, such as `resources.resource`."""
    return frozenset(records.model._meta.label_lower for records in public_records())


def register_loader(load: Callable[[], None]) -> None:
    """Add what is loaded once, before the workers part: a function that asks no database. Called when the apps are ready."""
    if load not in _loaders:
        _loaders.append(load)


def load_all() -> None:
    """Load what the apps registered. What can't be loaded is told of, and loaded by whoever needs it, if then it can."""
    for load in _loaders:
        try:
            load()
        except Exception:  # a drawing that fails keeps nobody from the pages
            logger.exception("%s.%s couldn't load what workers share.", load.__module__, load.__qualname__)
