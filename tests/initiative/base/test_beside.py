import logging
from threading import Event, get_ident

import pytest

from initiative.base.beside import Beside


@pytest.fixture
def beside(settings):
    settings.WORK_BESIDE_REQUESTS = True
    return Beside("a-test", threads=1)


def test_another_thread_does_it(beside):
    done, where = Event(), []
    beside(lambda: (where.append(get_ident()), done.set()))
    assert done.wait(10)
    assert where != [get_ident()]


def test_what_fails_is_logged_and_the_next_is_done(beside, caplog):
    done = Event()
    with caplog.at_level(logging.ERROR):
        beside(lambda: 1 / 0)
        beside(done.set)
        assert done.wait(10)
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_it_is_done_at_once_where_the_settings_say_so(settings):
    settings.WORK_BESIDE_REQUESTS = False
    where = []
    Beside("a-test", threads=1)(lambda: where.append(get_ident()))
    assert where == [get_ident()]
