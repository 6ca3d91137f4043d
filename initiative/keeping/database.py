"""The database as a file, and back: SQLite's own copy, or PostgreSQL's pg_dump, pg_restore and psql."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection, transaction

_SCRATCH = "being-restored-"
NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class KeepingError(Exception):
    """What can't be kept or restored, in a sentence."""


def dump(folder: Path) -> dict[str, int]:
    """Write the database into a folder; how many rows each table had then. Raises KeepingError."""
    target = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        return dump_sqlite(connection.settings_dict["NAME"], target)
    refuse_pooler()
    # One snapshot for both: what is counted is what is written, whatever others write meanwhile.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        rows = count_rows(cursor)
        _run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}")
    return rows


def restore(folder: Path, tables: Collection[str]) -> dict[str, int]:
    """Let the database be what a folder has, which are these tables; how many rows each has then. Raises KeepingError."""
    source = folder / NAMES[connection.vendor]
    if not source.exists():
        raise KeepingError(f"{folder} has no copy of a {connection.vendor} database.")
    if connection.vendor == "sqlite":
        connection.close()
        return restore_sqlite(source, Path(connection.settings_dict["NAME"]))
    refuse_pooler()
    restore_postgresql(source, tables)
    with connection.cursor() as cursor:
        return count_rows(cursor)


def is_pooled() -> bool:
    """Whether DATABASE_URL says that a pooler stands between (`pooled=1`)."""
    return bool(connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"))


def refuse_pooler() -> None:
    """Raises KeepingError behind a pooler: PostgreSQL's programs set what lasts as long as a connection, which others are then
    given."""
    if is_pooled():
        raise KeepingError("DATABASE_URL is a pooler's: give this command PostgreSQL's own address.")


def restore_postgresql(source: Path, tables: Collection[str]) -> None:
    """Put a copy that has these tables in the place of a database, all of it or nothing."""
    # A newer version may have added some, which point to those that are replaced; pg_restore knows only its own.
    newer = sorted(set(connection.introspection.table_names()) - set(tables))
    connection.close()
    drops = [f"--command=DROP TABLE {connection.ops.quote_name(name)} CASCADE" for name in newer]
    # Beside the site's files: the container's own /tmp is memory.
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    for left in settings.DATA_DIR.glob(f"{_SCRATCH}*"):  # one that was killed had no time to
        shutil.rmtree(left)
    with TemporaryDirectory(dir=settings.DATA_DIR, prefix=_SCRATCH) as scratch:
        script = f"--file={scratch}/restore.sql"
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", script, str(source))
        _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *drops, script)


def is_empty() -> bool:
    """Whether nobody has begun to use the database: no user is in it, or no table is."""
    if "auth_user" not in connection.introspection.table_names():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM auth_user")
        return cursor.fetchone()[0] == 0


def dump_sqlite(source: str | Path, target: Path) -> dict[str, int]:
    """Copy a database while others write into it, and see that the copy is whole. Raises KeepingError."""
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise KeepingError(f"{source} is damaged: its copy isn't whole.")
        return count_rows(copy.cursor())


def restore_sqlite(source: Path, target: Path) -> dict[str, int]:
    """Put a copy in the place of a database. What the old one had in hand goes with it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for rest in ("", "-wal", "-shm"):
        Path(f"{target}{rest}").unlink(missing_ok=True)
    shutil.copyfile(source, target)
    with closing(sqlite3.connect(target)) as restored:
        return count_rows(restored.cursor())


def count_rows(cursor) -> dict[str, int]:
    """Table → rows. `cursor` is of Django's database, or of a file of SQLite."""
    if isinstance(cursor, sqlite3.Cursor):
        found = cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        names = sorted(name for (name,) in found)
    else:
        found = connection.introspection.get_table_list(cursor)
        names = sorted(table.name for table in found if table.type in ("t", "p"))
    rows = {}
    for name in names:
        cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608  (a name that the database gave)
        rows[name] = cursor.fetchone()[0]
    return rows


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise KeepingError(
            f"{program} was not found: install PostgreSQL's client programs (Debian: postgresql-client)."
        )
    given = connection.settings_dict
    told = {"PGDATABASE": "NAME", "PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    variables = {name: str(given[key]) for name, key in told.items()}
    # How a connection is made safe; not what statements may do (`options`), which would hurry these programs, too.
    safe = {"sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "passfile"} & given.get("OPTIONS", {}).keys()
    variables |= {f"PG{name.upper()}": str(given["OPTIONS"][name]) for name in safe}
    environment = os.environ | {name: value for name, value in variables.items() if value}
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise KeepingError(f"{program} failed: {done.stderr.strip()[-500:]}")
