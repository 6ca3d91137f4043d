import logging
from threading import Event, get_ident

import pytest
from django.core.signals import request_finished, request_started

from initiative.base.after_answer import do_after


@pytest.fixture
def request_begun(db):
    request_started.send(sender=None)
    yield
    request_finished.send(sender=None)


def finish():
    request_finished.send(sender=None)


def test_it_is_done_when_the_answer_is_out_and_once(request_begun):
    done = []
    assert do_after(lambda: done.append("first"))
    assert do_after(lambda: done.append("second"))
    assert done == []
    finish()
    assert done == ["first", "second"]
    finish()
    assert done == ["first", "second"]


def test_where_nobody_is_answered_it_is_not_done_and_that_is_said(request_begun):
    done = []
    finish()
    assert not do_after(lambda: done.append("never"))
    finish()
    assert done == []


def test_what_is_left_of_a_request_that_never_ended_is_not_done_for_another(request_begun):
    done = []
    do_after(lambda: done.append("of the one before"))
    request_started.send(sender=None)
    finish()
    assert done == []


def test_what_fails_is_told_and_the_rest_is_done(request_begun, caplog):
    done = []
    do_after(lambda: 1 / 0)
    do_after(lambda: done.append("the rest"))
    with caplog.at_level(logging.WARNING):
        finish()
    assert done == ["the rest"]
    (told,) = caplog.records
    assert (told.levelname, told.exc_info[0]) == ("WARNING", ZeroDivisionError)


def test_a_thread_of_its_own_does_it(request_begun, settings):
    settings.WORK_BESIDE_REQUESTS = True
    done, where = Event(), []
    do_after(lambda: (where.append(get_ident()), done.set()))
    finish()
    assert done.wait(10)
    assert where != [get_ident()]
