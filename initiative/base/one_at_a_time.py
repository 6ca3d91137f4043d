"""What takes so much memory that a process does one of it at a time."""

from contextlib import contextmanager
from threading import BoundedSemaphore

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

# Of a worker with four threads three wait at most; a partner's largest picture takes a second or two, an editor's some more.
PATIENCE = 8.0  # seconds
_turn = BoundedSemaphore(1)


@contextmanager
def one_at_a_time():
    """Within this, the only thread of its process that unpacks a picture from outside: a file of some hundred bytes can be one of
    a hundred megabytes. Also a decorator. Not to be taken twice by one thread.

    Raises ValidationError, to be shown with a form, where others are at it for too long.
    """
    if not _turn.acquire(timeout=PATIENCE):
        raise ValidationError(
            gettext("Too many pictures came at once. Nothing is lost: send this one again in a moment."), code="busy"
        )
    try:
        yield
    finally:
        _turn.release()
