"""What a function writes to the database, written again row by row: making the tree of pages takes most of a second, and a
hundred modules want it."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

Table = tuple[list[str], list[tuple]]


class Kept:
    """A function that writes, run once in this process; later calls give what it gave and write what it wrote.

    The database must be each time as it was the first time; pytest's is, before a module begins.
    """

    def __init__(self, make: Callable[[], Any]):
        self._make = make
        self._changed: dict[str, Table] | None = None
        self._result = None

    def __call__(self) -> Any:
        if self._changed is None:
            before = _tables()
            self._result = self._make()
            self._changed = {name: table for name, table in _tables().items() if table != before[name]}
        else:
            self._write()
        return self._result

    def _write(self) -> None:
        quote = connection.ops.quote_name
        # Foreign keys are looked at when the transaction ends, and this one never does.
        with connection.cursor() as cursor:
            for name, (columns, rows) in self._changed.items():
                cursor.execute(f"DELETE FROM {quote(name)}")
                names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {quote(name)} ({names}) VALUES ({places})", rows)
            models = [model for model in _models() if model._meta.db_table in self._changed]
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


def _models() -> list:
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and not model._meta.proxy]


def _tables() -> dict[str, Table]:
    tables = {}
    with connection.cursor() as cursor:
        for model in _models():
            name = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            tables[name] = [column[0] for column in cursor.description], cursor.fetchall()
    return tables
