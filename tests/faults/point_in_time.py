"""A database that archives its log is lost after somebody's mistake, and comes back as it was just before that.

python -m tests.faults.point_in_time        needs pgBackRest and PostgreSQL 15 (Debian: apt install pgbackrest postgresql-15)

The configuration is deploy/pgbackrest.conf, with paths of its own.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from deploy.stack import ROOT, StackError, as_user, free_port, program

_ROWS = 20_000
_PATIENCE = 120  # seconds


class Archived:
    """A PostgreSQL that hands each piece of its log to pgBackRest; all of it in one folder, and reached by a socket alone."""

    def __init__(self, folder: Path):
        self.folder, self.data, self.port = folder, folder / "data", str(free_port())
        self.config = folder / "pgbackrest.conf"
        self._running: subprocess.Popen | None = None

    def prepare(self) -> None:
        """The cluster, and the project's configuration for these paths."""
        paths = {
            "repo1-path": self.folder / "repository",
            "pg1-path": self.data,
            "pg1-port": self.port,
            "pg1-socket-path": self.folder,
        }
        text = (ROOT / "deploy/pgbackrest.conf").read_text()
        for name, value in paths.items():
            text, count = re.subn(rf"^{name}=.*$", f"{name}={value}", text, flags=re.MULTILINE)
            if count != 1:
                raise StackError(f"deploy/pgbackrest.conf has {name} {count} times.")
        own = f"log-path={self.folder}\nspool-path={self.folder}\nlock-path={self.folder}\n"
        self.config.write_text(text.replace("[global]\n", f"[global]\n{own}") + "pg1-user=site\n")
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.run(
            "initdb", f"--pgdata={self.data}", "--username=site", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"
        )

    def run(self, name: str, *arguments: str) -> str:
        """What a program says. Raises StackError."""
        command = [*as_user("postgres"), program(name), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise StackError(f"{name} {' '.join(arguments)} failed:\n{(done.stdout + done.stderr)[-2000:]}")
        return done.stdout.strip()

    def keep(self, *arguments: str) -> str:
        """pgBackRest's own words."""
        return self.run("pgbackrest", f"--config={self.config}", "--stanza=site", *arguments)

    def ask(self, statement: str) -> str:
        return self.run("psql", f"--host={self.folder}", f"--port={self.port}", "--username=site", "--dbname=postgres",
                        "--tuples-only", "--no-align", f"--command={statement}")  # fmt: skip

    def start(self) -> None:
        """Start, and wait until it may be written to."""
        archive = f"{program('pgbackrest')} --config={self.config} --stanza=site archive-push %p"
        command = [*as_user("postgres"), program("postgres"), "-D", str(self.data), "-p", self.port, "-c", "listen_addresses=",
                   "-c", f"unix_socket_directories={self.folder}", "-c", "archive_mode=on",
                   "-c", f"archive_command={archive}", "-c", "archive_timeout=60"]  # fmt: skip
        with (self.folder / "postgresql.log").open("ab") as log:
            self._running = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True)
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self._running.poll() is None:
            try:
                if self.ask("SELECT pg_is_in_recovery()") == "f":
                    return
            except StackError:
                pass
            time.sleep(0.2)
        raise StackError(f"PostgreSQL doesn't start:\n{(self.folder / 'postgresql.log').read_text()[-2000:]}")

    def stop(self, how: int = signal.SIGINT) -> None:
        if self._running and self._running.poll() is None:
            # The server's own id: setpriv becomes it.
            self._running.send_signal(how)
            self._running.wait(_PATIENCE)


def state(database: Archived) -> str:
    """How many rows there are, and a checksum of them all."""
    return database.ask(
        "SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(id || name, ',' ORDER BY id)), '') FROM thing"
    )


def tried(database: Archived) -> tuple[str, str, str]:
    """The state before the mistake, after it, and after the restore."""
    database.prepare()
    database.start()
    database.ask("CREATE TABLE thing (id int PRIMARY KEY, name text)")
    add = "INSERT INTO thing SELECT id, md5(id::text) FROM generate_series({}, {}) AS id"
    database.ask(add.format(1, _ROWS // 2))
    database.keep("stanza-create")
    database.keep("check")
    database.keep("--type=full", "backup")
    database.ask(add.format(_ROWS // 2 + 1, _ROWS))
    before = state(database)
    moment = database.ask("SELECT clock_timestamp()")
    time.sleep(1)
    database.ask("DELETE FROM thing WHERE id % 3 = 0")
    mistaken = state(database)
    # What an archive_timeout would do within a minute.
    database.ask("SELECT pg_switch_wal()")
    database.keep("check")  # waits until all has been archived
    database.stop(signal.SIGKILL)
    time.sleep(1)
    shutil.rmtree(database.data)
    database.keep("--type=time", f"--target={moment}", "--target-action=promote", "restore")
    database.start()
    return before, mistaken, state(database)


def main() -> int:
    """Print what came back; 1 where it isn't what there was; 0 with a loud word where pgBackRest isn't installed."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    if not shutil.which("pgbackrest"):
        sys.stdout.write("SKIPPED: pgBackRest is not installed (Debian: apt install pgbackrest). Nothing was tried.\n")
        return 0
    with tempfile.TemporaryDirectory(prefix="archive-") as folder:
        database = Archived(Path(folder))
        begun = time.monotonic()
        try:
            before, mistaken, after = tried(database)
        except StackError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        finally:
            database.stop()
    for what, found in (
        ("before the mistake", before),
        ("after it", mistaken),
        ("lost, and restored to the moment before", after),
    ):
        sys.stdout.write(f"  {what:39}  {found}{'  WRONG' if found == mistaken != before and what[0] == 'l' else ''}\n")
    sys.stdout.write(f"  {'seconds':39}  {time.monotonic() - begun:.0f}\n")
    return 0 if before == after != mistaken else 1


if __name__ == "__main__":
    sys.exit(main())
