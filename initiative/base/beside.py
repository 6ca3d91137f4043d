"""What no reader waits for, done by threads of a worker beside its requests."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import close_old_connections
from django.utils.functional import cached_property

logger = logging.getLogger(__name__)


class Beside:
    """`beside(act)` has something done by one of so many threads, which have connections of their own; at once where the settings
    say so, as in tests. What fails is logged."""

    def __init__(self, name: str, threads: int):
        self._name, self._threads = name, threads

    def __call__(self, act: Callable[[], object]) -> None:
        if settings.WORK_BESIDE_REQUESTS:
            self._pool.submit(_with_connection, act)
        else:
            act()

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        # Made when first used, in the worker that uses it: threads don't outlive the making of workers.
        return ThreadPoolExecutor(self._threads, self._name)


def _with_connection(act: Callable[[], object]) -> None:
    close_old_connections()
    try:
        act()
    except Exception:
        logger.exception("What was to be done beside a request failed.")
    finally:
        close_old_connections()
