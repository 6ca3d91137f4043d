import ctypes
import os
import runpy
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from bench.measure import pss


@pytest.fixture
def configuration(monkeypatch):
    for name in ("BIND", "PORT", "WEB_CONCURRENCY", "WEB_THREADS", "WORKER_MEGABYTES", "ANNOUNCEMENT"):
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


@pytest.fixture
def held(configuration, monkeypatch):
    """`held(megabytes, after)`: whether a worker that holds so much goes on, asked so many seconds after it was begun."""

    def goes_on(megabytes, after=1_201):
        conf = configuration()
        told, said = conf["post_request"].__globals__, []
        worker = SimpleNamespace(alive=True, log=SimpleNamespace(info=lambda *what: said.append(what[0] % what[1:])))
        for name, value in {"_MALLOC_TRIM": None, "_held": lambda: megabytes}.items():
            monkeypatch.setitem(told, name, value)
        for now, hook, more in ((0, "post_fork", (None, worker)), (after, "post_request", (worker, None, None, None))):
            monkeypatch.setitem(told, "time", SimpleNamespace(monotonic=lambda now=now: now))
            conf[hook](*more)
        assert said == ([] if worker.alive else [f"Renewed, since it holds {megabytes} MiB."])
        return worker.alive

    return goes_on


def test_a_worker_that_holds_too_much_is_renewed_unless_it_is_young(held):
    assert held(100)
    assert not held(101)
    assert held(101, after=599)


def test_workers_of_one_age_are_not_renewed_together(held):
    assert {held(101, after=900) for _worker in range(64)} == {True, False}


def test_how_much_a_worker_may_hold_is_said_by_the_environment(configuration, held, monkeypatch):
    monkeypatch.setenv("WORKER_MEGABYTES", "200")
    assert held(200)
    assert not held(201)
    monkeypatch.setenv("WORKER_MEGABYTES", "0")
    assert held(10_000)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Only Linux says what a process holds.")
def test_what_a_worker_holds_is_what_the_system_says(configuration):
    assert configuration()["_held"]() == pytest.approx(pss(os.getpid()), rel=0.05)


def test_where_the_system_does_not_say_it_holds_nothing(configuration, monkeypatch):
    conf = configuration()
    monkeypatch.setitem(conf["_held"].__globals__, "Path", lambda _path: Path("/nowhere/at/all"))
    assert conf["_held"]() == 0


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
    worker = SimpleNamespace(trimmed_at=0, renewable_from=float("inf"))
    conf["post_request"](worker, None, None, None)  # a library without malloc_trim
    assert worker.trimmed_at > 0
