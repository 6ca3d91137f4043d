"""Give out or erase what there is about a person, in all rooms."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import FileField, Model

from initiative.privacy.kept import Kept, Table, everything


def export(email: str) -> dict:
    """Everything about an address, by what is kept and by table; what has nothing is left out."""
    found = {}
    for kept in everything():
        tables = {table.model: [_row(table, row) for row in table.rows(email)] for table in kept.tables}
        if tables := {model: rows for model, rows in tables.items() if rows}:
            found[kept.key] = {"title": str(kept.title), "kept": str(kept.how_long), "rows": tables}
    return found


def _row(table: Table, row: Model) -> dict:
    if table.brief:
        return {"id": row.pk, "is": str(row)}
    given = {}
    for field in row._meta.concrete_fields:
        if field.name in table.hidden:
            continue
        value = field.value_from_object(row)
        if isinstance(field, FileField):
            value = value.name
        given[field.name] = bytes(value).hex() if isinstance(value, bytes | memoryview) else value
    return given


@dataclass(frozen=True)
class Erased:
    """What became of the rows about an address: how many there were, and how many stay."""

    kept: Kept
    before: int
    after: int


class _NotReally(Exception):
    """The transaction is taken back."""


def erase(email: str, really: bool = False) -> list[Erased]:
    """Erase what may go, and tell what became of it all. Without `really` it is only tried: nothing has changed afterwards."""
    told: list[Erased] = []
    try:
        with transaction.atomic():
            before = {kept.key: _count(kept, email) for kept in everything()}
            for kept in everything():
                for table in kept.tables:
                    if table.erase:
                        table.erase(table.rows(email))
            for kept in everything():
                if before[kept.key]:
                    told.append(Erased(kept, before[kept.key], _count(kept, email)))
            if not really:
                raise _NotReally
    except _NotReally:
        pass
    return told


def _count(kept: Kept, email: str) -> int:
    return sum(table.rows(email).count() for table in kept.tables)
