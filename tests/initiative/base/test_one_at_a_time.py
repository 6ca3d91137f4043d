"""One picture at a time; who waits too long is told so."""

from threading import Event, Thread

import pytest
from django.core.exceptions import ValidationError

from initiative.base import one_at_a_time as module
from initiative.base.one_at_a_time import one_at_a_time
from initiative.base.pictures import without_metadata


def test_who_waits_too_long_is_told_so_and_the_next_comes_in(monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    inside, over = Event(), Event()

    def hold():
        with one_at_a_time():
            inside.set()
            over.wait(10)

    other = Thread(target=hold)
    other.start()
    inside.wait(10)
    try:
        with pytest.raises(ValidationError, match="Nothing is lost: send this one again in a moment"), one_at_a_time():
            pytest.fail("Two are inside.")
        with pytest.raises(ValidationError):
            without_metadata(b"")
    finally:
        over.set()
        other.join()
    with one_at_a_time():
        pass


def test_what_fails_lets_the_next_come_in():
    with pytest.raises(OSError, match="broken"), one_at_a_time():
        raise OSError("broken")
    done = []

    def act():
        with one_at_a_time():
            done.append(True)

    other = Thread(target=act)
    other.start()
    other.join(10)
    assert done
