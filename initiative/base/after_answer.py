"""Work that waits until the answer is made, and that no reader waits for: one thread of each worker does it, all in turn."""

import logging
from collections.abc import Callable
from functools import partial
from threading import local

from django.core.signals import request_finished, request_started

from initiative.base.beside import Beside

logger = logging.getLogger(__name__)
_beside = Beside("after-answer", threads=1)


class _Answering(local):
    """Of this thread: what is to be done after the answer, None where nobody is being answered."""

    works: list[Callable[[], None]] | None = None


_answering = _Answering()


def do_after(work: Callable[[], None]) -> bool:
    """Have this done after the answer; False where nobody is being answered, and then it isn't done."""
    if _answering.works is None:
        return False
    _answering.works.append(work)
    return True


def _begin(**_signal) -> None:
    _answering.works = []


def _finish(**_signal) -> None:
    works, _answering.works = _answering.works, None
    if works:
        _beside(partial(_do, works))


def _do(works: list[Callable[[], None]]) -> None:
    for work in works:
        try:
            work()
        except Exception:
            # The reader has what they asked for; whoever asks next meets what is wrong, and is told.
            logger.warning("What was to be done after an answer failed.", exc_info=True)


request_started.connect(_begin, dispatch_uid="after-answer")
request_finished.connect(_finish, dispatch_uid="after-answer")
