import ctypes
import runpy
import signal
from types import SimpleNamespace

import pytest
from django.conf import settings


@pytest.fixture
def configuration(monkeypatch):
    for name in ("BIND", "PORT", "WEB_CONCURRENCY", "WEB_THREADS", "ANNOUNCEMENT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # Ctrl-C stays pytest's
    return lambda: runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))


def test_by_default_only_this_machine_is_answered(configuration):
    conf = configuration()
    assert (conf["bind"], conf["workers"], conf["threads"]) == (["127.0.0.1:8000"], 2, 4)
    assert conf["control_socket_disable"] is True
    assert conf["accesslog"] is None


def test_workers_answer_in_threads_and_are_renewed_now_and_then_but_not_together(configuration):
    conf = configuration()
    assert conf["worker_class"] == "gthread"
    assert 0 < conf["max_requests_jitter"] < conf["max_requests"]


def test_the_environment_decides(configuration, monkeypatch):
    monkeypatch.setenv("BIND", "127.0.0.1:8123,[::1]:8123")
    monkeypatch.setenv("WEB_CONCURRENCY", "5")
    conf = configuration()
    assert (conf["bind"], conf["workers"]) == (["127.0.0.1:8123", "[::1]:8123"], 5)


def test_the_announcement_is_made_when_the_site_answers(configuration, monkeypatch, capsys):
    conf = configuration()
    conf["when_ready"](server=None)
    assert capsys.readouterr().out == ""
    monkeypatch.setenv("ANNOUNCEMENT", "The site is here.")
    conf["when_ready"](server=None)
    assert capsys.readouterr().out == "The site is here.\n"


def test_once_a_minute_a_worker_gives_back_what_it_keeps_free(configuration, monkeypatch):
    conf, given_back = configuration(), []
    told = conf["post_request"].__globals__
    monkeypatch.setitem(told, "_MALLOC_TRIM", given_back.append)
    worker = SimpleNamespace()

    def at(now, hook, *more):
        monkeypatch.setitem(told, "time", SimpleNamespace(monotonic=lambda: now))
        conf[hook](*more)
        return len(given_back)

    at(1_000, "post_fork", None, worker)
    moments = (1_001, 1_059.9, 1_060, 1_061, 1_119.9, 1_121)
    assert [at(now, "post_request", worker, None, None, None) for now in moments] == [0, 0, 1, 1, 1, 2]
    assert set(given_back) == {0}


@pytest.mark.parametrize(
    ("waiting", "looked_through"),
    [
        ((1_999, 50, 50), []),
        ((2_000, 9, 9), [0]),
        ((9_999, 10, 9), [1]),
        ((2_000, 0, 10), [2]),
    ],
)
def test_garbage_is_collected_once_the_answer_is_sent(configuration, monkeypatch, waiting, looked_through):
    conf, collected = configuration(), []
    fake = SimpleNamespace(get_count=lambda: waiting, collect=collected.append)
    monkeypatch.setitem(conf["post_request"].__globals__, "gc", fake)
    conf["post_request"](SimpleNamespace(trimmed_at=float("inf")), None, None, None)
    assert collected == looked_through


def test_workers_have_one_heap_and_what_is_large_lies_outside_it(configuration, monkeypatch):
    asked = []
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace(mallopt=lambda *what: asked.append(what)))
    conf = configuration()
    assert asked == [(-8, 1), (-3, 131_072)]  # M_ARENA_MAX, M_MMAP_THRESHOLD of malloc.h
    conf["post_request"](SimpleNamespace(trimmed_at=0), None, None, None)  # a library without malloc_trim
