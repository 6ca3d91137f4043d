"""Nobody waits long for a table that somebody else holds."""

from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection, connections, transaction
from django.db.backends.base.base import NO_DB_ALIAS as ALIAS

from initiative.base.patience import limit, limited

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one lock, and a time for it.")


@pytest.fixture
def another():
    """One more connection to the same database, by the only other name that a test is allowed."""
    connections.settings[ALIAS] = deepcopy(connections.settings["default"])
    yield connections[ALIAS]
    connections[ALIAS].close()
    del connections[ALIAS], connections.settings[ALIAS]


@contextmanager
def locked(table: str):
    locker = connection.copy("locker")
    locker.set_autocommit(False)
    try:
        with locker.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield
    finally:
        locker.close()


def shown() -> tuple[str, str, str]:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('jit'), current_setting('lock_timeout'), current_setting('statement_timeout')"
        )
        return cursor.fetchone()


@on_postgresql
def test_connections_opened_from_then_on_give_up(db, another):
    assert shown() == ("off", "0", "0")
    another.close()
    limit(ALIAS, lock=5, statement=0.25)
    limit(ALIAS, lock=3, statement=0.25)  # said twice, the last counts
    assert shown() == ("off", "3s", "250ms")
    with limited(ALIAS, lock=1, statement=0):
        assert shown() == ("off", "1s", "0")
    assert shown() == ("off", "3s", "250ms")


def test_behind_a_pooler_and_on_sqlite_nothing_is_said(monkeypatch):
    pooled = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"options": ""}}
    small = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"timeout": 20}}
    for alias, given in (("pooled", pooled), ("small", small)):
        monkeypatch.setitem(connections.settings, alias, deepcopy(given))
        limit(alias, lock=5, statement=20)
        assert connections.settings[alias] == given


@on_postgresql
def test_a_migration_that_meets_a_locked_table_is_taken_back_and_may_be_tried_again(
    db, another, settings, monkeypatch, capsys
):
    settings.MIGRATION_LOCK_SECONDS, tries = 0.1, []

    def add_column(self, *_args, **options):
        tries.append(options["database"])
        with transaction.atomic(ALIAS), another.cursor() as cursor:
            cursor.execute("CREATE TABLE never_there (id int)")
            cursor.execute("ALTER TABLE keeping_knownfile ADD COLUMN late int")

    monkeypatch.setattr(Migrate, "handle", add_column)
    monkeypatch.setattr("initiative.management.commands.migrate.PAUSE", 0)
    with locked("keeping_knownfile"):
        with pytest.raises(CommandError, match=r"Given up \(canceling statement due to lock timeout\)"):
            call_command("migrate", database=ALIAS)
        with pytest.raises(CommandError, match="Given up"):
            call_command("migrate", database=ALIAS, tries=3)
    assert tries == [ALIAS] * 4
    assert capsys.readouterr().out.count("Once more in 0 seconds") == 2
    assert shown()[1] == "0"  # nobody else is hurried
    assert "never_there" not in connection.introspection.table_names()


@on_postgresql
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_reader_who_meets_a_locked_table_is_told_not_just_now(db, client, language):
    client.raise_request_exception = False
    with locked("wagtailcore_page"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")  # as the test's own connection is open already
        response = client.get(f"/{language}/")
        assert response.status_code == 503
        assert ("Not just now" in response.content.decode()) == (language == "en")
        transaction.set_rollback(True)
