"""An hour of everyday life on the site as it runs in production: does memory grow? See docs/operations.md.

python -m tests.faults.soak                    an hour; --minutes 5 for haste
"""

import argparse
import os
import re
import sys
import threading
import time
from collections import defaultdict
from contextlib import suppress
from statistics import mean

from bench.measure import children, pss
from deploy.stack import Stack
from tests.faults.crowd import Crowd
from tests.faults.mail import MailServer
from tests.faults.on_a_stack import Found, tried
from tests.faults.outage import sitemap

MOST = 5.0  # per cent that the last quarter may have more than the second
_SAMPLES = 120  # in an hour one each half minute
# Of the time that counts, so much comes before it, with many applications: what a worker loads and makes when it first has to, such
# as what writes a PDF, is no leak, and by chance one of them would come to it in the last quarter.
_BEFORE = 1 / 6
_PAUSE_BEFORE = 5  # seconds between applications


def fill(stack: Stack, resources: int) -> None:
    """Synthetic resources beside the starter content, so that there is something to search."""
    stack.manage(
        "shell", "--verbosity", "0", "--command",
        f"from bench import load\nload.load({resources})\nload.index()",
    )  # fmt: skip


def processes(stack: Stack) -> dict[int, str]:
    """What each process that is watched does, by its number."""
    named = {pid: f"gunicorn's worker {pid}" for pid in children(stack.process("application"))}
    return named | {stack.process("worker"): "worker of tasks"}


class Applicants:
    """`with Applicants(...)`: each `pause` seconds somebody applies to join, with files, from the first page to the receipt; `number`
    is the last one's."""

    def __init__(self, stack: Stack, pause: float, number: int = 0):
        self._stack, self._pause, self._over = stack, pause, threading.Event()
        self.number = number
        self.receipts, self.failed = 0, ""
        self._thread = threading.Thread(target=self._apply)

    def _apply(self) -> None:
        from tests.faults.sender import Sender

        while not self._over.wait(self._pause):
            self.number += 1
            sender = Sender(self._stack, self.number)
            try:
                sender.begin(f"a-page-that-was-opened-{self.number}")
                sender.sign(sender.fill())
                self.receipts += 1
            except Exception as error:  # noqa: BLE001  (whatever it is, it is told and makes the trial fail)
                self.failed = self.failed or repr(error)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._over.set()
        self._thread.join()


def drift(samples: list[float]) -> tuple[float, float, float]:
    """MiB in the second quarter and in the last, and by how many per cent it grew."""
    quarter = len(samples) // 4
    second, last = mean(samples[quarter : 2 * quarter]), mean(samples[-quarter:])
    return second, last, (last / second - 1) * 100


def soak(stack: Stack, minutes: float, rate: float, resources: int) -> Found:
    """Readers, searches, exports, forms; memory meanwhile."""
    os.environ |= stack.environment
    import django

    django.setup()
    fill(stack, resources)
    paths = sitemap(stack.url)
    seconds = minutes * 60
    with Crowd(stack.url, paths, rate) as earlier, Applicants(stack, _PAUSE_BEFORE) as first:
        time.sleep(seconds * _BEFORE)
    watched, samples = processes(stack), defaultdict(list)
    begun = time.monotonic()
    with Crowd(stack.url, paths, rate) as crowd, Applicants(stack, seconds / _SAMPLES * 2, first.number) as applicants:
        for turn in range(1, _SAMPLES + 1):
            time.sleep(max(0, begun + turn * seconds / _SAMPLES - time.monotonic()))
            for pid in watched:
                with suppress(OSError):  # it is gone, which the end says
                    samples[pid].append(pss(pid))
            if turn % 10 == 0:
                figures = ", ".join(f"{each[-1]:.1f}" for each in samples.values())
                sys.stdout.write(f"{turn * minutes / _SAMPLES:6.1f} min  {crowd.count:7,} answers  {figures} MiB\n")
                sys.stdout.flush()
    found: Found = {f"answers in {minutes:g} minutes": (f"{crowd.count:,}", crowd.count > seconds * rate / 2)}
    for kind, counted in crowd.statuses.items():
        waited = sorted(crowd.waited[kind])
        p50, p95 = (round(waited[int(len(waited) * share)] * 1_000) for share in (0.5, 0.95))
        told = ", ".join(f"{times:,} × {status}" for status, times in sorted(counted.items()))
        found[f"  {kind}"] = f"{told}; p50 {p50} ms, p95 {p95}", True
    faults = earlier.faults + crowd.faults
    found["answers of 5xx, and requests without an answer"] = faults, faults == 0
    found["applications with files, with a receipt"] = applicants.receipts, applicants.receipts > 0
    failed = first.failed or applicants.failed
    found["what went wrong with one"] = failed or "nothing", not failed
    for pid, name in watched.items():
        if len(samples[pid]) < _SAMPLES:
            found[f"memory of {name}"] = f"gone after {len(samples[pid])} samples", False
            continue
        second, last, grown = drift(samples[pid])
        told = f"{samples[pid][0]:.1f} MiB at first, {second:.1f} in the second quarter, {last:.1f} in the last: {grown:+.1f} %"
        found[f"memory of {name}"] = told, grown < MOST
    tracebacks = sum(len(re.findall("Traceback", stack.log(part).read_text())) for part in ("application", "worker"))
    found["tracebacks in the logs"] = tracebacks, tracebacks == 0
    for line in (*earlier.wrong, *crowd.wrong):
        sys.stdout.write(f"{line}\n")
    return found


def main() -> int:
    """Run and print a table; 1 where memory grew or something failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--minutes", type=float, default=60, help="how long (60)")
    parser.add_argument("--rate", type=float, default=20, help="requests a second (20)")
    parser.add_argument(
        "--resources", type=int, default=2_000, help="in the library, beside the starter content (2000)"
    )
    parser.add_argument("--folder", help="where data stay, for another run")
    arguments = parser.parse_args()
    with MailServer() as mail:
        return tried(
            "soak",
            arguments.folder,
            lambda stack: soak(stack, arguments.minutes, arguments.rate, arguments.resources),
            EMAIL_URL=f"smtp://127.0.0.1:{mail.port}",
            WORKER_MEGABYTES="0",  # a renewed worker would have forgotten what it leaks
        )


if __name__ == "__main__":
    sys.exit(main())
