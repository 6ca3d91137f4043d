"""A bar that grows on a terminal; elsewhere a line when it is full."""

import sys
import time

_WIDTH = 30


class Bar:
    """How far something is, written to the standard error output."""

    def __init__(self, label: str, of: int):
        self.label, self.of, self.done = label, of, 0
        self.begun = time.monotonic()

    def advance(self, by: int) -> None:
        """`by` more are done."""
        self.reach(self.done + by)

    def reach(self, done: int) -> None:
        """So many are done."""
        self.done = done
        full = self.done >= self.of
        seconds = time.monotonic() - self.begun
        if sys.stderr.isatty():
            filled = _WIDTH * self.done // self.of if self.of else _WIDTH
            bar = "█" * filled + "░" * (_WIDTH - filled)
            print(
                f"\r{self.label:<24} {bar} {self.done}/{self.of}", end="\n" if full else "", file=sys.stderr, flush=True
            )
        elif full:
            print(f"{self.label}: {self.of} in {seconds:.1f} s", file=sys.stderr, flush=True)
