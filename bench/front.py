"""Pages as nginx in front of the site keeps them, beside the same bytes from a file; and how soon the application answers. See
README.md in this folder.

python -m bench.front
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.measure import children, pss
from bench.pages import Line, rate, static_files
from deploy.stack import Stack, StackError

PATHS = ["/en/", "/en/resources/", "/fr/", "/ar/partners/", "/en/about/"]
AT_LEAST = 0.9  # of a file's speed; WordPress with fastcgi_cache has 0.78
START = 3  # seconds, of a machine on which the plain list of bench.pages takes 40 milliseconds
MEMORY = 100  # MiB


def kept_pages(stack: Stack, rounds: int) -> bool:
    """A table: answers a second on one connection, each in turn with a bare nginx that has the same bytes in a file; the median
    of rounds. Whether each is quick enough."""
    print("\n| kept by the front | bytes as sent | a second | nginx, from a file | ratio | at least | |")
    print("|---|--:|--:|--:|--:|--:|---|", flush=True)
    bodies = {path: Line(stack.port).ask(path)[1] for path in PATHS}
    files = {f"{number}.html": body for number, body in enumerate(bodies.values())}
    right = True
    with static_files(files) as nginx:
        for path, file in zip(PATHS, files, strict=True):
            here, there = Line(stack.port), Line(nginx)
            pairs = [(rate(here, path, 0.5), rate(there, f"/{file}", 0.5)) for _round in range(rounds)]
            ours, static = sorted(pairs, key=lambda pair: pair[0] / pair[1])[rounds // 2]
            quick = ours / static >= AT_LEAST
            right &= quick
            figures = f"{len(bodies[path]):,} | {ours:,.0f} | {static:,.0f} | {ours / static:.2f} | {AT_LEAST}"
            print(f"| {path} | {figures} | {'' if quick else 'slower'} |", flush=True)
    return right


def start(stack: Stack, rounds: int) -> bool:
    """How long the application takes from its start to its first page, which says most of the machine, and what its workers have
    then; whether both are little."""
    took = []
    for _round in range(rounds):
        stack.stop("application")
        begun = time.perf_counter()
        stack.start("application")
        Line(int(stack.environment["BIND"].rpartition(":")[2])).ask("/en/")
        took.append(time.perf_counter() - begun)
    seconds, memory = sorted(took)[rounds // 2], max(map(pss, children(stack.process("application"))))
    print(
        f"\nFrom the start of gunicorn to a first page: {seconds:.1f} s (at most {START}, where a plain list takes 40 ms)."
    )
    print(f"A worker has {memory:.0f} MiB then (at most {MEMORY}).")
    return memory <= MEMORY and seconds <= START


def main() -> int:
    """Start the site as in production, measure, print; 1 where something is slower than it must be."""
    parser = argparse.ArgumentParser(description=__doc__.partition(";")[0])
    parser.add_argument("--rounds", type=int, default=7, help="of each page, half a second each, and of starts (7)")
    parser.add_argument("--folder", help="where data stay, for another run")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="front-") as own:
        Path(own).chmod(0o755)  # nginx's workers are another user
        try:
            with Stack(Path(arguments.folder or own), parts=("postgresql", "application", "nginx")) as stack:
                right = [kept_pages(stack, arguments.rounds), start(stack, arguments.rounds)]
        except StackError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
