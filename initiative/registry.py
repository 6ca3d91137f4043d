"""Where apps say which of their records have a public page of their own."""

from collections.abc import Callable
from functools import cache

from django.db.models import QuerySet

_sources: list[Callable[[], QuerySet]] = []


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
