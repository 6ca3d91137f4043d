"""SQLite's test database as the migrations leave it, kept between runs: running some three hundred of them takes longer
than most of the tests that one asks for while working."""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection


def _digest() -> str:
    """Of all that decides what the migrations make."""
    told = hashlib.blake2b(repr([sqlite3.sqlite_version, settings.LANGUAGES]).encode(), digest_size=12)
    made_of = [settings.BASE_DIR / "requirements.txt", *settings.BASE_DIR.glob("*/search/engines/*.py")]
    made_of += [
        settings.BASE_DIR / "initiative" / "search" / name for name in ("generation.py", "generations.py", "models.py")
    ]
    for path in sorted(
        [*made_of, *settings.BASE_DIR.glob("*/migrations/*.py"), *settings.BASE_DIR.glob("*/*/migrations/*.py")]
    ):
        told.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return told.hexdigest()


class Migrated:
    """The copy that belongs to these migrations, in a folder of such copies."""

    def __init__(self, folder: Path):
        self.path = folder / f"{_digest()}.sqlite3"
        self._kept: sqlite3.Connection | None = None

    def give(self) -> None:
        """Fill the database in memory that Django is about to make; `migrate` then finds everything applied."""
        if self.path.exists():
            # A database in memory lives as long as somebody is connected to it.
            self._kept = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
            with closing(sqlite3.connect(self.path)) as copy:
                copy.backup(self._kept)

    def keep(self) -> None:
        """Store what the migrations made, and let older copies go; several processes may do so at once."""
        if self._kept is not None:
            self._kept.close()
        elif connection.is_in_memory_db():
            connection.ensure_connection()
            half = self.path.with_suffix(f".{os.getpid()}")
            with closing(sqlite3.connect(half)) as copy:
                connection.connection.backup(copy)
            for old in self.path.parent.glob("*.sqlite3"):
                old.unlink(missing_ok=True)
            half.replace(self.path)
