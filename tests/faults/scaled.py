"""The site on more than one machine's worth of database: a replica that follows, and a pooler that hands out connections.

python -m tests.faults.scaled               needs PgBouncer, besides what `make production-like` does
python -m tests.faults.scaled --suite       also a part of the tests, each statement through the pooler

See docs/operations.md, “When one machine isn't enough”.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import requests

from deploy.stack import ROOT, Stack, as_user, free_port, program
from tests.faults.on_a_stack import Found, tried
from tests.faults.outage import sitemap

# Connections that the pooler has for all threads of all workers; they are eight, and the worker.
_POOL = 3
# Transactions of the replica for a page: more where it is read, less where it is only asked how far it is.
_READS = 3
# A rebuild by several processes goes straight to PostgreSQL, and its test copies a database, which the pooler is still connected to.
_SUITE = (
    "tests/initiative/search", "tests/partners/intake", "tests/initiative/translations/jobs",
    "--ignore=tests/initiative/search/test_crew.py",
)  # fmt: skip
_TITLE = "from wagtail.models import Page\nPage.objects.filter(url_path='/home-en/about/').update(title={!r})"


class Pooled:
    """What a stack with PgBouncer has beside others; `_ports` names the port of `pooler`, and that of `replica` where there is one."""

    def ask(self, part: str, statement: str) -> str:
        """What a database answers."""
        command = [program("psql"), "--host=127.0.0.1", f"--port={self._ports[part]}", "--username=site", "--dbname=site",
                   "--tuples-only", "--no-align", f"--command={statement}"]  # fmt: skip
        return self._run(command, self.folder).strip()

    def _start_pooler(self):
        # What connections are told as they are opened, the owner of the database says here.
        for said in ("jit = off", "lock_timeout = '5s'", "statement_timeout = '20s'", "timezone = 'UTC'"):
            self.ask("postgresql", f"ALTER ROLE site SET {said}")
        folder = self.folder / "postgresql"
        to, replica = "host=127.0.0.1 port={}", self._ports.get("replica")
        lines = [
            "[databases]",
            f"site = {to.format(self._ports['postgresql'])}",
            *([f"replica = {to.format(replica)} dbname=site"] if replica else []),
            f"* = {to.format(self._ports['postgresql'])}",
            "[pgbouncer]",
            "listen_addr = 127.0.0.1",
            f"listen_port = {self._ports['pooler']}",
            "unix_socket_dir =",
            "auth_type = trust",
            "auth_file = users.txt",
            "admin_users = site",
            "pool_mode = transaction",
            f"default_pool_size = {_POOL}",
            "max_client_conn = 200",
            "server_connect_timeout = 2",
            "server_login_retry = 1",
            "query_wait_timeout = 5",
        ]
        (folder / "pgbouncer.ini").write_text("\n".join([*lines, ""]))
        (folder / "users.txt").write_text('"site" ""\n')
        self._launch("pooler", [*as_user("postgres"), program("pgbouncer"), "pgbouncer.ini"], folder)
        asked = [
            program("pg_isready"),
            "--quiet",
            "--host=127.0.0.1",
            f"--port={self._ports['pooler']}",
            "--dbname=site",
        ]
        self._wait("pooler", lambda: subprocess.run(asked, check=False).returncode == 0)


class ScaledStack(Pooled, Stack):
    """A stack whose application reads from a replica and reaches both databases through PgBouncer. No page is kept, so that each
    answer is worked out. What `manage` runs goes straight to the primary, as migrations and backups do."""

    parts = ("postgresql", "replica", "pooler", "application", "worker", "nginx")

    def __init__(self, folder, port=0):
        super().__init__(folder, port, self.parts, PAGE_CACHE_MEGABYTES="0", STAFF_SECOND_FACTOR="0")
        self._ports |= {"replica": free_port(), "pooler": free_port()}
        self.direct = self.environment["DATABASE_URL"]
        at = f"postgres://site@127.0.0.1:{self._ports['pooler']}"
        self.environment |= {"DATABASE_URL": f"{at}/site?pooled=1", "DATABASE_REPLICA_URL": f"{at}/replica?pooled=1"}
        self.application = f"http://localhost:{self._ports['application']}"

    def __exit__(self, *error):
        for part in reversed(self.parts):
            self.stop(part)

    def manage(self, *arguments):
        pooled = dict(self.environment)
        self.environment["DATABASE_URL"] = self.direct
        del self.environment["DATABASE_REPLICA_URL"]
        try:
            return super().manage(*arguments)
        finally:
            self.environment = pooled

    def stop(self, part, *how):
        if part != "replica":
            return super().stop(part, *how)
        running = self._running.pop(part, None)
        if running:
            running.terminate()
            running.kill()
            running.wait()
        return None

    def _start_replica(self):
        folder = self.folder / "postgresql"
        if not (folder / "replica").exists():
            self._run(
                [*as_user("postgres"), program("pg_basebackup"), "--host=127.0.0.1", f"--port={self._ports['postgresql']}",
                 "--username=site", "--pgdata=replica", "--write-recovery-conf", "--checkpoint=fast"],
                folder,
            )  # fmt: skip
        port = str(self._ports["replica"])
        self._launch(
            "replica",
            [*as_user("postgres"), program("postgres"), "-D", "replica", "-p", port, "-c", "listen_addresses=127.0.0.1",
             "-c", "unix_socket_directories="],
            folder,
        )  # fmt: skip
        asked = [program("pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
        self._wait("replica", lambda: subprocess.run(asked, check=False).returncode == 0)


def crawl(stack: ScaledStack, paths: list[str]) -> tuple[int, int]:
    """Ask the application for all, eight at once: how many answered 200, and how many transactions the replica had of it."""

    def status(path: str) -> int:
        return requests.get(stack.application + path, headers={"X-Forwarded-Proto": "http"}, timeout=60).status_code

    before = _transactions(stack)
    with ThreadPoolExecutor(8) as pool:
        good = sum(status == 200 for status in pool.map(status, paths))
    return good, _transactions(stack) - before


def _transactions(stack: ScaledStack) -> int:
    """Of the replica so far; 0 where it is away. PostgreSQL counts a second late."""
    if "replica" not in stack._running:
        return 0
    time.sleep(1.5)
    return int(stack.ask("replica", "SELECT xact_commit FROM pg_stat_database WHERE datname = 'site'"))


def shown(stack: ScaledStack, title: str) -> float:
    """Seconds until readers see the page's new title; -1 where they don't within twenty."""
    stack.manage("shell", "--verbosity", "0", "--command", _TITLE.format(title))
    begun = time.monotonic()
    while time.monotonic() - begun < 20:
        if f"<title>{title}" in requests.get(f"{stack.application}/en/about/", timeout=60).text:
            return round(time.monotonic() - begun, 1)
        time.sleep(0.1)
    return -1


def asked_again(stack: ScaledStack, paths: list[str]) -> float:
    """Seconds until readers of all these are answered from the replica; -1 where they aren't within a minute. A worker that found
    it behind or away looks again in ten seconds, and a pooler tells the first who asks, by each connection, that it was away."""
    begun = time.monotonic()
    while time.monotonic() - begun < 60:
        good, transactions = crawl(stack, paths)
        if good == len(paths) and transactions > _READS * good:
            return round(time.monotonic() - begun, 1)
    return -1


@contextmanager
def standing_still(stack: ScaledStack) -> Iterator[None]:
    """The replica takes nothing new."""
    stack.ask("replica", "SELECT pg_wal_replay_pause()")
    try:
        yield
    finally:
        stack.ask("replica", "SELECT pg_wal_replay_resume()")


def replica(stack: ScaledStack, step: int = 1) -> Found:
    """Readers with a replica that follows, stands still, is away, is back, and is all there is. Asks for each `step`th page."""
    paths = sitemap(stack.url)[::step]
    crawl(stack, paths[:20])  # templates are read, connections opened
    asked_again(stack, paths)  # it may be behind at the start
    found: Found = {"addresses of the sitemap": (len(paths), len(paths) > 10)}

    def note(what: str, reads: bool | None) -> None:
        good, transactions = crawl(stack, paths)
        right = good == len(paths) and (
            reads is None or (transactions > _READS * len(paths) if reads else transactions < _READS * len(paths))
        )
        found[f"{what}: answered 200, transactions of the replica"] = (f"{good}, {transactions}", right)

    note("through PgBouncer, eight at once", True)
    late = shown(stack, "New for all")
    found["a new title shows after (s)"] = (late, 0 <= late <= 10)
    with standing_still(stack):
        late = shown(stack, "New in spite of that")
        found["the same while the replica stands still (s)"] = (late, 0 <= late <= 10)
        note("while it stands still", False)
    stack.stop("replica")
    note("while it is away", False)
    stack.start("replica")
    late = asked_again(stack, paths)
    found["asked for all pages again after it is back (s)"] = (late, 0 <= late <= 60)
    stack.stop("postgresql")
    requests.get(f"{stack.application}/en/", timeout=60)  # somebody has to find out
    good, _transactions = crawl(stack, pages := [path for path in paths if path != "/"])
    found["while the primary is away, from the replica alone: answered 200"] = (
        f"{good} of {len(pages)}",
        good > len(pages) / 2,
    )
    stack.start("postgresql")
    return found


def pooler(stack: ScaledStack) -> Found:
    """How many connections the databases had, and whether anything was said that outlives a transaction."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'site' AND pid <> pg_backend_pid()"
    most = max(int(stack.ask("postgresql", asked)) for _turn in range(10) if crawl(stack, sitemap(stack.url)[:8]))
    log = (stack.folder / "pooler.log").read_text()
    return {
        "connections that the primary had": (most, most <= _POOL),
        "complaints of the pooler": (complaints := log.count("unsupported"), complaints == 0),
    }


def suite(stack: ScaledStack) -> Found:
    """A part of the tests, on a database of their own, each statement through the pooler."""
    environment = {**os.environ, "DATABASE_URL": f"postgres://site@127.0.0.1:{stack._ports['pooler']}/tests?pooled=1"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "--create-db", "--reuse-db", *_SUITE],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.stderr.write(done.stdout[-8_000:])
    return {"a part of the tests through PgBouncer": (done.stdout.strip().splitlines()[-1], done.returncode == 0)}


def main() -> int:
    """Print what was found; 1 where something isn't as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--folder", help="for the site's data (one of its own)")
    parser.add_argument("--each", type=int, default=1, help="ask for each so manieth page only (1)")
    parser.add_argument("--suite", action="store_true", help="also a part of the tests")
    arguments = parser.parse_args()
    trials = [pooler, partial(replica, step=arguments.each), *([suite] if arguments.suite else [])]
    return tried("scaled", arguments.folder, *trials, kind=ScaledStack)


if __name__ == "__main__":
    sys.exit(main())
