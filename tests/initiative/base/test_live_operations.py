"""An index that is built while others write."""

from copy import deepcopy

import pytest
from django.db import connection, connections, models
from django.db.backends.base.base import NO_DB_ALIAS as ALIAS
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from initiative.base.live_operations import AddIndexLive

MADE = CreateModel("Live", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())])
STEP = AddIndexLive("Live", models.Index(fields=["name"], name="live_by_name"))


@pytest.fixture
def another():
    """A connection outside the test's transaction, with a table of its own; the name is the only other one a test is allowed."""
    connections.settings[ALIAS] = deepcopy(connections.settings["default"])
    if connection.vendor == "sqlite":
        connections.settings[ALIAS]["NAME"] = ":memory:"
    empty, made = ProjectState(), ProjectState()
    MADE.state_forwards("keeping", made)
    with connections[ALIAS].schema_editor() as editor:
        MADE.database_forwards("keeping", editor, empty, made)
    yield connections[ALIAS]
    with connections[ALIAS].schema_editor() as editor:
        MADE.database_backwards("keeping", editor, made, empty)
    connections[ALIAS].close()
    del connections[ALIAS], connections.settings[ALIAS]


@pytest.fixture
def states():
    before = ProjectState()
    MADE.state_forwards("keeping", before)
    after = before.clone()
    STEP.state_forwards("keeping", after)
    return before, after


def indexes(connection) -> list[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "keeping_live")
    return [name for name, about in found.items() if about["index"] and not about["primary_key"]]


def test_it_is_there_and_goes_again(db, another, states):
    before, after = states
    with another.schema_editor(atomic=False) as editor:
        STEP.database_forwards("keeping", editor, before, after)
    assert indexes(another) == ["live_by_name"]
    with another.schema_editor(atomic=False) as editor:
        STEP.database_backwards("keeping", editor, after, before)
    assert indexes(another) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL builds beside writers.")
def test_it_is_built_beside_writers_anew_where_it_was_broken_off_and_never_in_a_transaction(db, another, states):
    before, after = states
    statements = []

    def note(execute, sql, *rest):
        statements.append(sql)
        return execute(sql, *rest)

    with another.cursor() as cursor:
        cursor.execute("CREATE INDEX live_by_name ON keeping_live (name)")
        cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'live_by_name'::regclass")
    with another.execute_wrapper(note), another.schema_editor(atomic=False) as editor:
        STEP.database_forwards("keeping", editor, before, after)
    assert statements[1:] == [
        'DROP INDEX CONCURRENTLY IF EXISTS "live_by_name"',
        'CREATE INDEX CONCURRENTLY "live_by_name" ON "keeping_live" ("name")',
    ]
    # Built, and a later step of its migration failed: it is there.
    statements.clear()
    with another.execute_wrapper(note), another.schema_editor(atomic=False) as editor:
        STEP.database_forwards("keeping", editor, before, after)
    assert (len(statements), indexes(another)) == (1, ["live_by_name"])
    with another.schema_editor() as editor, pytest.raises(RuntimeError, match="needs atomic = False"):
        STEP.database_forwards("keeping", editor, before, after)
