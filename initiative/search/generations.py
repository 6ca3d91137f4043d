"""Indexes beside each other: making the tables of this code's generation, telling the others what changed, dropping old ones.

A change is told of in the transaction that indexes it, which begins after the change itself was committed. So whoever builds
an index, and is known before it begins, either reads the object as it is now or is told of it.
"""

import re
from datetime import datetime, timedelta

from django.apps import apps
from django.db import connection as default_connection
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from initiative.base import languages
from initiative.search import generation
from initiative.search.engines import get_engine
from initiative.search.models import SearchChange, SearchGeneration

# So long nothing of an older generation has to be seen until its index goes by itself: the time for a way back.
_REST = timedelta(days=7)
# And of any other, once it may have what the site doesn't show any more, and nobody is there to take that out of it.
_REST_BEHIND = timedelta(days=1)
# The tables of the generation before those that have a number in their names.
_UNNUMBERED = 2
_NAME = re.compile(
    r"search_(?:(\d+)_\w+|search(?:entry|facet|index|word|nameword|problem)|(?:words|stems)_\w+|(?:exact|spelling)\w*)"
)


def install(connection) -> None:
    """Make what is missing of this generation's tables. Harmless to repeat.

    The first index of a database is kept true from its first object on, and whole. Each one after that has to be built.
    """
    alias = connection.alias
    engine, known, now = get_engine(connection), SearchGeneration.objects.using(alias), timezone.now()
    with transaction.atomic(using=alias):
        engine.take_turn()
        if not known.exists():
            _drop_unknown(connection)
        there = set(connection.introspection.table_names())
        _make_tables(connection, there)
        engine.install(languages.codes())
        if any(_generation_of(name) == _UNNUMBERED for name in there):
            known.get_or_create(number=_UNNUMBERED, defaults={"used": now})
        whole = None if known.exists() else now
        known.update_or_create(
            number=generation.GENERATION, defaults={"used": now}, create_defaults={"used": now, "whole": whole}
        )


def _drop_unknown(connection) -> None:
    """Drop the numbered tables of a database that was emptied since they were made: `flush` leaves what no migration made."""
    found = {_generation_of(name) for name in connection.introspection.table_names()}
    for number in found - {None, _UNNUMBERED}:
        drop_tables(connection, number)


def _make_tables(connection, there: set[str]) -> None:
    # Only for its SQL: SQLite's works in no transaction.
    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []
    for model in tables():
        if model._meta.db_table not in there:
            editor.create_model(model)
            for index in model._meta.indexes:
                editor.add_index(model, index)
    with connection.cursor() as cursor:
        for statement in editor.collected_sql:
            cursor.execute(statement)


def tables() -> list[type[Model]]:
    """The models whose tables each generation has for itself."""
    return [model for model in apps.get_app_config("search").get_models() if not model._meta.managed]


def problem() -> str:
    """Why the index of this generation isn't whole and what to do, in a sentence; empty where it is. One statement."""
    if SearchGeneration.objects.filter(pk=generation.GENERATION).exclude(whole=None).exists():
        return ""
    return f"The index of this version (generation {generation.GENERATION}) is not built: run manage.py rebuild_search."


def note_whole() -> None:
    """Everything is in the index of this generation."""
    now = timezone.now()
    SearchGeneration.objects.filter(pk=generation.GENERATION).update(whole=now, used=now)


def note_used() -> None:
    """Code of this generation is here."""
    SearchGeneration.objects.filter(pk=generation.GENERATION).update(used=timezone.now())


def tell_others(source: str, keys: list) -> None:
    """Let code of other generations know that objects of an indexer changed. Three statements."""
    note_used()
    SearchChange.objects.bulk_create(
        SearchChange(generation=other, source=source, object_id=str(key)) for other in others() for key in keys
    )


def others() -> QuerySet[SearchGeneration]:
    """The other generations that have an index."""
    return SearchGeneration.objects.exclude(pk=generation.GENERATION).order_by("pk")


def changes() -> QuerySet[SearchChange]:
    """What code of other generations told, in order."""
    return SearchChange.objects.filter(generation=generation.GENERATION).order_by("pk")


def drop_old(at_once: bool = False) -> list[int]:
    """Drop the indexes that nobody uses any more; their numbers. None goes before the index of this generation is whole.

    Those are: of an older generation of whose code nothing was seen for a week (`at_once`: or just now), and of any other that
    for a day has not taken in what it was told.
    """
    now = timezone.now()
    unused = Q(number__lt=generation.GENERATION, used__lte=now if at_once else now - _REST)
    behind = Q(used__lte=now - _REST_BEHIND) & Exists(SearchChange.objects.filter(generation=OuterRef("pk")))
    numbers = list(others().filter(unused | behind).values_list("pk", flat=True))
    if numbers and problem():
        return []
    return [number for number in numbers if _drop(number, used_until=now)]


def _drop(number: int, used_until: datetime) -> bool:
    """Drop the index of a generation unless its code was seen after all; whether it went."""
    with transaction.atomic():
        get_engine().take_turn()
        if not SearchGeneration.objects.filter(pk=number, used__lte=used_until).delete()[0]:
            return False
        drop_tables(default_connection, number)
    return True


def drop_tables(connection, number: int | None = None) -> None:
    """Drop the tables of a generation, or of all."""
    with connection.cursor() as cursor:
        # A virtual table of SQLite's comes before, and takes along, those that it is made of.
        for name in sorted(connection.introspection.table_names(cursor)):
            found = _generation_of(name)
            if found is not None and number in (None, found):
                cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)}")


def _generation_of(name: str) -> int | None:
    """The generation of a table by its name; None for any other table."""
    found = _NAME.fullmatch(name)
    return (int(found[1]) if found[1] else _UNNUMBERED) if found else None
