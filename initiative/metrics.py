"""Counters that all workers share, and what Prometheus reads at `/metrics`.

The memory is made when this module is first loaded, by gunicorn's master, and is the same in every worker that parts from it: so
any of them tells for all, and nothing is lost when one is renewed.
"""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from multiprocessing import get_context

from django.conf import settings
from django.db import Error

from initiative import health
from initiative.background import Background
from initiative.guard import counts
from initiative.letters.models import Letter

# Seconds: what a kept page takes, what readers don't notice, what they do.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
_OUTCOMES = ("kept", "stale", "made")
_PATIENCE = 1  # seconds; counting takes a millionth
_SLOTS = {name: slot for slot, name in enumerate((*_CLASSES, *_OUTCOMES, *BOUNDS, "more", "seconds"))}


class Counters:
    """Numbers by name, shared with the processes that part from this one."""

    def __init__(self):
        self._memory = memoryview(mmap.mmap(-1, 8 * len(_SLOTS))).cast("d")
        self._lock = get_context("fork").Lock()

    def add(self, name: str | float, amount: float = 1) -> None:
        with self._alone():
            self._memory[_SLOTS[name]] += amount

    def get(self, name: str | float) -> float:
        return self._memory[_SLOTS[name]]

    def clear(self) -> None:
        with self._alone():
            for slot in range(len(_SLOTS)):
                self._memory[slot] = 0

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No process else counts meanwhile. One that was killed while it did never gives the lock back, so whoever has waited in
        vain does: better a count lost than every worker standing still for ever."""
        self._lock.acquire(timeout=_PATIENCE)
        try:
            yield
        finally:
            with suppress(ValueError):  # somebody else has given it back
                self._lock.release()


counters = Counters()


def answered(status: int, seconds: float) -> None:
    """Count an answer that the application worked out."""
    counters.add(f"{status // 100}xx")
    counters.add(next((bound for bound in BOUNDS if seconds <= bound), "more"))
    counters.add("seconds", seconds)


def lines() -> Iterator[str]:
    """Everything, in Prometheus' text format."""
    yield from _head("site_answers_total", "counter", "Answers worked out, by class of status.")
    for name in _CLASSES:
        yield f'site_answers_total{{status="{name}"}} {counters.get(name):.0f}'
    yield from _head("site_answer_seconds", "histogram", "How long working out an answer took.")
    total = 0.0
    for bound in (*BOUNDS, "more"):
        total += counters.get(bound)
        yield f'site_answer_seconds_bucket{{le="{"+Inf" if bound == "more" else bound}"}} {total:.0f}'
    yield f"site_answer_seconds_sum {counters.get('seconds'):.6f}"
    yield f"site_answer_seconds_count {total:.0f}"
    yield from _head(
        "site_pages_total", "counter", "Anonymous pages: given as kept, given as the last one there is, or made."
    )
    for name in _OUTCOMES:
        yield f'site_pages_total{{outcome="{name}"}} {counters.get(name):.0f}'
    yield from _head("site_ready", "gauge", "1 where a part works.")
    for part, problem in health.problems().items():
        yield f'site_ready{{part="{part}"}} {0 if problem else 1}'
    if settings.REDIS_URL:
        yield from _head(
            "site_redis_up", "gauge", "1 where limits are counted in Redis, 0 where in the database meanwhile."
        )
        yield f"site_redis_up {0 if counts.problem() else 1}"
    try:
        letters = {"waiting": Letter.objects.waiting().count(), "given_up": Letter.objects.given_up().count()}
        background = Background.look()
    except Error:
        return  # said above
    yield from _head("site_letters", "gauge", "Letters that no mail server took yet, and those nobody tries any more.")
    for state, count in letters.items():
        yield f'site_letters{{state="{state}"}} {count}'
    yield from _of_background(background)


def _of_background(background: Background) -> Iterator[str]:
    yield from _head(
        "site_worker_seen_seconds", "gauge", "When the worker last did anything, in Unix time; 0 for never."
    )
    yield f"site_worker_seen_seconds {_unix(background.seen)}"
    yield from _head(
        "site_duty_done_seconds", "gauge", "When each of its duties was last done, in Unix time; 0 for never."
    )
    for duty in background.duties:
        yield f'site_duty_done_seconds{{duty="{duty.name}"}} {_unix(duty.done)}'
    yield from _head("site_duty_failures", "gauge", "How often in a row it has failed since.")
    for duty in background.duties:
        yield f'site_duty_failures{{duty="{duty.name}"}} {duty.failures}'
    yield from _head("site_waiting_seconds", "gauge", "For how long the oldest that is due has waited.")
    for what, since in (("letters", background.letter), ("scheduled", background.revision)):
        yield f'site_waiting_seconds{{what="{what}"}} {(background.now - since).total_seconds() if since else 0:.0f}'
    yield from _head(
        "site_mail_stands_seconds", "gauge", "For how long letters to several were tried and none was taken."
    )
    yield f"site_mail_stands_seconds {(background.now - background.mail).total_seconds() if background.mail else 0:.0f}"


def _unix(moment: datetime | None) -> str:
    return f"{moment.timestamp() if moment else 0:.0f}"


def _head(name: str, kind: str, text: str) -> tuple[str, str]:
    return f"# HELP {name} {text}", f"# TYPE {name} {kind}"
