"""Two versions of the code in one process: each reads and writes an index of its own generation."""

import re
from contextlib import contextmanager

from django.db import connection

from initiative.search import generation, generations


@contextmanager
def code_of(number: int):
    """Inside, this is code of that generation."""
    before = generation.GENERATION
    _become(number)
    try:
        yield
    finally:
        _become(before)


def _become(number: int) -> None:
    generation.GENERATION = number
    for model in generations.tables():
        model._meta.db_table = _renamed(model._meta.db_table, number)
        for each in (*model._meta.indexes, *model._meta.constraints):
            each.name = _renamed(each.name, number)
        for field in model._meta.local_fields:
            field.__dict__.pop("cached_col", None)  # has the table's name


def _renamed(name: str, number: int) -> str:
    return re.sub(r"^search_\d+_", f"search_{number}_", name)


def tables_of(number: int) -> set[str]:
    """The tables of a generation that there are."""
    return {name for name in connection.introspection.table_names() if name.startswith(f"search_{number}_")}
