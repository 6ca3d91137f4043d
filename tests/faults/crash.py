"""What kill -9 of the database and of the application does to applications that come in: see docs/partners.md.

python -m tests.faults.crash                   the site as it runs in production; twenty kills, eight people who send
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from bench.measure import children
from deploy.stack import Stack, StackError
from tests.faults.mail import MailServer

_PATIENCE = 60  # seconds for a killed program's children to be gone


class Killer:
    """`killer(turn)` kills something else each time, and says what."""

    def __init__(self, stack: Stack, seed: int):
        self._stack, self._random = stack, random.Random(seed)
        self._kinds = (self.backend, self.worker, self.postmaster, self.application)

    def __call__(self, turn: int) -> str:
        return self._kinds[turn % len(self._kinds)]()

    def backend(self) -> str:
        """A process of PostgreSQL that somebody is connected to: PostgreSQL then ends all others and recovers."""
        self._kill(self._random.choice(self._backends()))
        return "a backend of PostgreSQL"

    def worker(self) -> str:
        """One of gunicorn's; the master starts another."""
        self._kill(self._random.choice(children(self._stack.process("application"))))
        return "a worker of gunicorn"

    def postmaster(self) -> str:
        return self._all("postgresql", "the postmaster")

    def application(self) -> str:
        return self._all("application", "all of gunicorn")

    def _all(self, part: str, name: str) -> str:
        """A program with all its processes at once, which is then started again."""
        rest = children(self._stack.process(part))
        self._stack.stop(part, signal.SIGKILL)
        for pid in rest:
            self._kill(pid)
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and any(Path(f"/proc/{pid}/exe").exists() for pid in rest):
            time.sleep(0.05)
        self._stack.start(part)
        return name

    def _backends(self) -> list[int]:
        """Those with a client, by their titles; any child where nobody is connected."""
        of_postgresql = children(self._stack.process("postgresql"))
        titles = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in of_postgresql}
        return [pid for pid, title in titles.items() if b"127.0.0.1" in title] or of_postgresql

    def _kill(self, pid: int) -> None:
        with suppress(ProcessLookupError):  # it has ended by itself
            os.kill(pid, signal.SIGKILL)


def main() -> int:
    """Run and print a table; 1 where something was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--submissions", type=int, default=160, help="while something is killed (160)")
    parser.add_argument("--kills", type=int, default=20, help="how often (20)")
    parser.add_argument("--seed", type=int, default=4, help="of what is killed, and of the moments (4)")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started ends, too
    with tempfile.TemporaryDirectory(prefix="crash-") as folder, MailServer() as mail:
        Path(folder).chmod(0o755)
        try:
            with Stack(Path(folder), EMAIL_URL=f"smtp://127.0.0.1:{mail.port}", LOG_LEVEL="CRITICAL") as stack:
                os.environ |= stack.environment
                import django

                django.setup()
                from tests.faults.trials import killed

                killer = Killer(stack, arguments.seed)
                crash = killed(stack, mail, arguments.submissions, arguments.kills, arguments.seed, killer)
        except StackError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    sys.stdout.write("\n".join([*crash.lines, ""]))
    return 1 if crash.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
