"""A backup is whole or isn't one, and what is restored is what was there. `make drill` does it with a whole site on PostgreSQL."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from initiative.keeping import backups, database
from initiative.keeping.backups import back_up, read, restore
from initiative.keeping.database import KeepingError

FILES = {
    "media/documents/soil.txt": b"Soil",
    "media/images/a.webp": b"\x00picture",
    "private/submissions/x.pdf": b"%PDF",
}


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """A small site of its own: a database of two tables, three files and a key. Its folder; a clock that never stands still."""
    settings.DATA_DIR = tmp_path / "site"
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = settings.DATA_DIR / "media", settings.DATA_DIR / "private"
    path = settings.DATA_DIR / "db.sqlite3"
    for name, content in FILES.items():
        (settings.DATA_DIR / name).parent.mkdir(parents=True, exist_ok=True)
        (settings.DATA_DIR / name).write_bytes(content)
    (settings.DATA_DIR / "secret_key").write_text("a key")
    settings.SECRET_KEY = "a key"
    with closing(sqlite3.connect(path)) as written, written:
        written.executescript(
            "CREATE TABLE auth_user (name); INSERT INTO auth_user VALUES ('ada'), ('alan');"
            "CREATE TABLE page (title); INSERT INTO page VALUES ('Soil');"
        )
    monkeypatch.setattr(database, "dump", lambda target: database.dump_sqlite(path, target / "database.sqlite3"))
    monkeypatch.setattr(
        database, "restore", lambda source, tables: database.restore_sqlite(source / "database.sqlite3", path)
    )
    monkeypatch.setattr(database, "is_empty", lambda: not path.exists())
    return settings.DATA_DIR


def test_of_nothing_there_is_no_backup(folder, tmp_path):
    lose(folder)
    with pytest.raises(CommandError, match="nothing to back up"):
        call_command("backup", str(tmp_path / "backups"))
    assert not (tmp_path / "backups").exists()


def lose(folder: Path) -> None:
    """The whole site."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".sqlite3"
    }


def test_what_is_lost_comes_back_as_it_was(folder, tmp_path):
    before = everything(folder)
    made = back_up(tmp_path / "backups")
    assert made.rows == {"auth_user": 2, "page": 1}
    assert set(made.files) == {*FILES, "database.sqlite3", "secret_key"}
    assert made.folder.stat().st_mode & 0o077 == 0  # what it has is nobody else's
    lose(folder)
    restore(made.folder)
    assert everything(folder) == before
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(folder / "db.sqlite3")) as restored:
        assert restored.execute("SELECT name FROM auth_user").fetchall() == [("ada",), ("alan",)]


def test_a_file_that_the_last_backup_has_takes_no_room(folder, tmp_path, monkeypatch):
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    monkeypatch.setattr(backups.timezone, "now", lambda: now[0])
    first = back_up(tmp_path / "backups").folder
    now[0] += timedelta(days=1)
    (folder / "media/documents/soil.txt").write_bytes(b"Another soil")
    second = back_up(tmp_path / "backups").folder
    same = {name for name in FILES if (first / name).samefile(second / name)}
    assert same == {"media/images/a.webp", "private/submissions/x.pdf"}
    assert (first / "media/documents/soil.txt").read_bytes() == b"Soil"


def test_a_site_in_use_is_not_overwritten_unless_that_is_said(folder, tmp_path):
    made = back_up(tmp_path / "backups").folder
    (folder / "media/documents/soil.txt").write_bytes(b"New")
    with pytest.raises(KeepingError, match="in use"):
        restore(made)
    assert (folder / "media/documents/soil.txt").read_bytes() == b"New"
    restore(made, replace=True)
    assert (folder / "media/documents/soil.txt").read_bytes() == b"Soil"


@pytest.mark.parametrize(
    "name", ["media/documents/soil.txt", "private/submissions/x.pdf", "database.sqlite3", "secret_key"]
)
@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_a_damaged_backup_is_refused_before_anything_is_touched(folder, tmp_path, name, damage):
    made = back_up(tmp_path / "backups").folder
    (made / name).unlink() if damage == "gone" else (made / name).write_bytes(b"x")
    before = everything(folder)
    with pytest.raises(KeepingError, match=r"soil.txt|x.pdf|database|secret_key"):
        restore(made, replace=True)
    assert everything(folder) == before


def test_what_is_no_backup_is_refused(tmp_path):
    with pytest.raises(KeepingError, match="no list"):
        read(tmp_path)


def test_rows_that_are_not_what_the_list_says_are_told(folder, tmp_path):
    made = back_up(tmp_path / "backups").folder
    told = json.loads((made / "list.json").read_text())
    told["rows"]["page"] = 7
    (made / "list.json").write_text(json.dumps(told))
    lose(folder)
    with pytest.raises(KeepingError, match="page has 1 rows instead of 7"):
        restore(made)


def test_a_backup_that_fails_leaves_none_behind_that_looks_whole(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(
        backups.shutil, "copy2", lambda source, target: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(OSError, match="No space"):
        back_up(tmp_path / "backups")
    assert [path.suffix for path in (tmp_path / "backups").iterdir()] == [".partial"]


def test_a_damaged_database_is_not_kept(tmp_path):
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path)) as written, written:
        written.execute("CREATE TABLE page (title UNIQUE)")
        written.executemany("INSERT INTO page VALUES (?)", [(f"{number} " * 50,) for number in range(2_000)])
    content = bytearray(path.read_bytes())
    content[8_192:16_384] = b"\xff" * 8_192
    path.write_bytes(content)
    with pytest.raises((KeepingError, sqlite3.DatabaseError)):
        database.dump_sqlite(path, tmp_path / "copy.sqlite3")


def test_postgresqls_programs_go_the_way_that_database_url_says(monkeypatch):
    told = {"NAME": "site", "HOST": "db", "PORT": "", "USER": "site", "PASSWORD": "secret"}
    told["OPTIONS"] = {"sslmode": "verify-full", "sslrootcert": "/ca.pem", "options": "-c statement_timeout=20s"}
    monkeypatch.setattr(database, "connection", SimpleNamespace(settings_dict=told))
    monkeypatch.setattr(database.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(database.os, "environ", {"PATH": "/bin"})
    ran = []
    monkeypatch.setattr(
        database.subprocess,
        "run",
        lambda command, **how: ran.append((command, how["env"])) or SimpleNamespace(returncode=0),
    )
    database._run("psql", "--quiet")
    assert ran == [
        (
            ["/bin/psql", "--quiet"],
            {
                "PATH": "/bin", "PGDATABASE": "site", "PGHOST": "db", "PGUSER": "site", "PGPASSWORD": "secret",
                "PGSSLMODE": "verify-full", "PGSSLROOTCERT": "/ca.pem",
            },
        )
    ]  # fmt: skip


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL, whose tables aren't one file")
class TestPostgresql:
    @pytest.fixture
    def small(self, db, monkeypatch):
        """A small database of its own, in place of the site's; runs statements and gives the first row of the last."""
        with connection._nodb_cursor() as cursor:
            cursor.execute("CREATE DATABASE small")
        other = connection.copy()
        other.settings_dict["NAME"] = "small"
        monkeypatch.setattr(database, "connection", other)

        def run(*statements):
            with other.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                return cursor.fetchone() if cursor.description else None

        yield run
        other.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute("DROP DATABASE small")

    def test_what_a_newer_version_added_goes_with_the_rest(self, small, tmp_path):
        small("CREATE TABLE page (id int PRIMARY KEY, title text)", "INSERT INTO page VALUES (1, 'Soil')")
        database._run("pg_dump", "--format=custom", "--no-owner", f"--file={tmp_path}/database.dump")
        newer = "CREATE TABLE search_99_entry (id int PRIMARY KEY, page int REFERENCES page)"
        small(newer, "INSERT INTO page VALUES (2, 'New')", "INSERT INTO search_99_entry VALUES (1, 2)")
        assert database.restore(tmp_path, {"page": 1}) == {"page": 1}
        assert small("SELECT title FROM page") == ("Soil",)

    def test_all_of_it_or_nothing(self, small, tmp_path):
        small("CREATE TABLE page (id int PRIMARY KEY)", "CREATE VIEW titles AS SELECT * FROM page")
        database._run("pg_dump", "--format=custom", "--no-owner", f"--file={tmp_path}/database.dump")
        small("CREATE TABLE newer (id int)", "CREATE VIEW more AS SELECT * FROM page")
        with pytest.raises(KeepingError, match=r"psql failed: .*other objects depend on it"):
            database.restore(tmp_path, {"page": 0})
        assert small("SELECT count(*) FROM newer, more, titles") == (0,)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL, in front of which poolers are")
@pytest.mark.django_db
def test_through_a_pooler_nothing_is_backed_up_or_restored(tmp_path, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    monkeypatch.setattr(database, "_run", lambda *arguments: pytest.fail("It was begun."))
    with pytest.raises(KeepingError, match="DATABASE_URL is a pooler's"):
        database.dump(tmp_path)
    (tmp_path / "database.dump").touch()
    with pytest.raises(KeepingError, match="DATABASE_URL is a pooler's"):
        database.restore(tmp_path, [])
