"""How much a step of scaling carries: what an answer that nobody keeps costs, by kind of page, and how many a second there are of
one worker, two, two applications, and through a pooler. See README.md in this folder.

python -m bench.capacity                     needs nginx, PostgreSQL 15 and PgBouncer
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from os import sysconf
from pathlib import Path

import requests

from bench.measure import Times, children
from bench.pages import Line
from deploy.stack import StackError, free_port
from tests.faults.nodes_stack import NODES, NodesStack
from tests.faults.scaled import Pooled

# What is asked, `{number}` being another each time. Where a reader came from is no query: each address is one that nobody keeps.
KINDS = {
    "home": "/en/?utm_source={number}",
    "a resource": "/en/resources/bench-{resource}/?utm_source={number}",
    "the library": "/en/resources/?utm_source={number}",
    "the library, searched": "/en/resources/?q=nitrogen&utm_source={number}",
    "partners": "/en/partners/?utm_source={number}",
    "a text": "/en/about/?utm_source={number}",
}
MIX = "all of these in turn"
_ASKED_AT_ONCE = 8
_TICK = 1_000 / sysconf("SC_CLK_TCK")  # milliseconds


class CapacityStack(Pooled, NodesStack):
    """Two applications and a pooler, of which what is measured is started; no page is kept by the application."""

    parts = ("postgresql", "redis", "pooler", "application", "second", "nginx")

    def __init__(self, folder: Path):
        super().__init__(folder, PAGE_CACHE_MEGABYTES="0", LOG_LEVEL="ERROR")
        self._ports["pooler"] = free_port()
        self._direct = self.environment["DATABASE_URL"]

    def serve(self, nodes: int, workers: int, pooled: bool = False, kept: int = 0) -> None:
        """So many applications with so many workers each, started anew, and nginx before them alone."""
        for part in ("nginx", *NODES):
            self.stop(part)
        pooler = f"postgres://site@127.0.0.1:{self._ports['pooler']}/site?pooled=1"
        self.environment |= {
            "WEB_CONCURRENCY": str(workers),
            "DATABASE_URL": pooler if pooled else self._direct,
            "PAGE_CACHE_MEGABYTES": str(kept),
        }
        self.others = NODES[1:nodes]
        for part in (*NODES[:nodes], "nginx"):
            self.start(part)

    def spent(self) -> dict[str, float]:
        """Milliseconds of processor time so far: of the applications' workers, of PostgreSQL and of nginx."""
        nodes = [node for node in NODES if node in self._running]
        return {
            "application": sum(
                _spent(pid) for node in nodes for pid in (self.process(node), *children(self.process(node)))
            ),
            "PostgreSQL": _with_children(self.process("postgresql")),
            "nginx": _with_children(self.process("nginx")),
        }


def _spent(pid: int) -> float:
    return sum(_fields(pid)[:2]) * _TICK


def _with_children(pid: int) -> float:
    """Of a process, of those it started, and of those of them that have ended."""
    return sum(_fields(pid)) * _TICK + sum(_spent(child) for child in children(pid))


def _fields(pid: int) -> tuple[int, ...]:
    """utime, stime, cutime and cstime of proc(5), in ticks."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return tuple(map(int, told[11:15]))


def _machine() -> tuple[int, int]:
    """Ticks of all processors so far: busy, and in all."""
    ticks = list(map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9]))
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


@dataclass
class Measured:
    """What was had of some seconds: answers, milliseconds that each took, processor milliseconds by part, and the share of the
    machine that was busy with whatever."""

    answers: int
    seconds: float
    times: Times
    cpu: dict[str, float]
    busy: float

    @property
    def rate(self) -> float:
        return self.answers / self.seconds

    def each(self, part: str) -> float:
        """Processor milliseconds of a part for an answer."""
        return self.cpu[part] / self.answers


def measure(stack: CapacityStack, path: Callable[[int], str], seconds: float) -> Measured:
    """Ask nginx, eight at once, as fast as answers come."""
    numbers = count(time.time_ns())
    until = 0.0

    def read(_reader: int) -> list[float]:
        line, took = Line(stack.port), []
        while time.monotonic() < until:
            begun = time.perf_counter()
            line.ask(path(next(numbers)))
            took.append((time.perf_counter() - begun) * 1_000)
        return took

    def together(length: float) -> tuple[list[float], float]:
        nonlocal until
        begun = time.monotonic()
        until = begun + length
        with ThreadPoolExecutor(_ASKED_AT_ONCE) as pool:
            took = [one for some in pool.map(read, range(_ASKED_AT_ONCE)) for one in some]
        return took, time.monotonic() - begun

    together(min(2, seconds / 2))  # templates are read, connections opened
    before, (busy, ticks) = stack.spent(), _machine()
    took, lasted = together(seconds)
    after, (busy_then, ticks_then) = stack.spent(), _machine()
    cpu = {part: after[part] - spent for part, spent in before.items()}
    return Measured(len(took), lasted, Times(took), cpu, (busy_then - busy) / (ticks_then - ticks))


def of_kind(pattern: str, resources: list[int]) -> Callable[[int], str]:
    return lambda number: pattern.format(number=number, resource=resources[number % len(resources)])


def of_all(resources: list[int]) -> Callable[[int], str]:
    patterns = list(KINDS.values())
    return lambda number: of_kind(patterns[number % len(patterns)], resources)(number // len(patterns))


def readable(stack: CapacityStack, most: int) -> list[int]:
    """The numbers of resources that have a page: one in twenty is archived or another version."""
    stack.serve(nodes=1, workers=2)
    return [
        number
        for number in range(most)
        if requests.get(f"{stack.url}/en/resources/bench-{number}/", timeout=60, allow_redirects=False).status_code
        == 200
    ]


def costs(stack: CapacityStack, resources: list[int], seconds: float) -> None:
    """A table: processor milliseconds of an answer by kind of page, and how many a core has room for."""
    stack.serve(nodes=1, workers=2)
    print("\n| kind | application | PostgreSQL | nginx | a core of the application gives | a core with all of it |")
    print("|---|--:|--:|--:|--:|--:|", flush=True)
    for name, path in [
        *((name, of_kind(pattern, resources)) for name, pattern in KINDS.items()),
        (MIX, of_all(resources)),
    ]:
        found = measure(stack, path, seconds)
        parts = [found.each(part) for part in found.cpu]
        told = " | ".join(f"{part:.1f} ms" for part in parts)
        print(f"| {name} | {told} | {1_000 / parts[0]:.0f} a second | {1_000 / sum(parts):.0f} |", flush=True)


def steps(stack: CapacityStack, resources: list[int], seconds: float, rounds: int) -> None:
    """A table: answers a second by what answers them."""
    ways = {
        "one application, one worker": {"nodes": 1, "workers": 1},
        "one application, two workers": {"nodes": 1, "workers": 2},
        "two applications, one worker each": {"nodes": 2, "workers": 1},
        "two applications, two workers each": {"nodes": 2, "workers": 2},
        "one application, two workers, through PgBouncer": {"nodes": 1, "workers": 2, "pooled": True},
    }
    print("\n| what answers | a second | p50 | p95 | application, an answer | PostgreSQL | cores busy with whatever |")
    print("|---|--:|--:|--:|--:|--:|--:|", flush=True)
    for name, way in ways.items():
        stack.serve(**way)
        tries = sorted(
            (measure(stack, of_all(resources), seconds) for _round in range(rounds)), key=lambda one: one.rate
        )
        print(f"| {name} | {_told(tries[rounds // 2])} |", flush=True)
    stack.serve(nodes=1, workers=2, kept=4)
    print(
        f"| kept by the application, one of two workers | {_told(measure(stack, of_kind(_KEPT, resources), seconds))} |",
        flush=True,
    )
    print(f"| kept by nginx | {_told(measure(stack, lambda _number: '/en/', seconds))} |", flush=True)


# nginx has each address anew, the application one page for all.
_KEPT = "/en/?utm_source={number}"


def _told(found: Measured) -> str:
    application, database = (f"{found.each(part):.2f} ms" for part in ("application", "PostgreSQL"))
    times = f"{found.times.p50:.1f} ms | {found.times.p95:.1f}"
    return f"{found.rate:,.0f} | {times} | {application} | {database} | {found.busy * 100:.0f} %"


def main() -> int:
    """Start, load, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument(
        "--resources", type=int, default=2_000, help="in the library, beside the starter content (2000)"
    )
    parser.add_argument("--seconds", type=float, default=8, help="of each figure (8)")
    parser.add_argument("--rounds", type=int, default=3, help="of each step, the middle one counting (3)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="capacity-") as own:
        Path(own).chmod(0o755)  # nginx's workers are another user
        try:
            with CapacityStack(Path(own)) as stack:
                load = (
                    f"from bench import load\nload.load({arguments.resources})\nload.index()\nload.write_references()"
                )
                stack.manage("shell", "--verbosity", "0", "--command", load)
                resources = readable(stack, min(arguments.resources, 300))
                costs(stack, resources, arguments.seconds)
                steps(stack, resources, arguments.seconds, arguments.rounds)
        except StackError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
