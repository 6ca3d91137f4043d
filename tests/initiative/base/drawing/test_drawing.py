"""The process that draws: it comes when it is wanted, one thing at a time, and what happens to it happens to no worker."""

import errno
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from inspect import signature
from pathlib import Path

import pytest

from initiative.base import drawing
from initiative.base.drawing import DrawingError, drawn
from initiative.base.drawing.__main__ import _KINDS
from initiative.base.drawing.paper import _Paper

GROUND = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 160"><path d="M0 150h300v10H0z" fill="#333"/></svg>'
CARD = {"title": "Soils", "site": "4 per 1000", "direction": "ltr", "ground": GROUND, "size": [300, 160], "top": 150}
PAPER = {
    "language": "en",
    "direction": "ltr",
    "title": "A paper",
    "author": "A person",
    "created": "2026-05-01T12:00:00+00:00",
    "foot": "R-1",
    "parts": [["line", "Soils", {}], ["fact", "Area", "12 ha"]],
    "left_out": "%(sign)s",
}


@pytest.fixture
def drawer():
    """One of the test's own."""
    before, drawing._drawer = drawing._drawer, drawing._Drawer()
    yield drawing._drawer
    drawing._drawer.stop()
    drawing._drawer = before


def test_who_asks_may_be_of_the_version_before():
    """While a site is updated in place (`__main__`): none of these may go, nor lose its default; one may be added with a default."""

    def taken(function) -> str:
        return " ".join(
            each.name if each.default is each.empty else f"{each.name}="
            for each in signature(function).parameters.values()
        )

    assert {kind: taken(function) for kind, function in _KINDS.items()} == {
        "card": "title site direction ground size top",
        "paper": "language direction title author created foot parts left_out",
    }
    assert taken(_Paper.write_line) == "self text size= style= before= grey="
    assert taken(_Paper.write_fact) == "self name value"


def test_one_process_draws_whatever_is_asked_for_and_by_whom(drawer):
    with ThreadPoolExecutor(3) as threads:
        first, *others = threads.map(lambda _turn: drawn("card", **CARD), range(3))
    assert first.startswith(b"\x89PNG")
    assert others == [first, first]
    process = drawer._process.pid
    assert drawn("paper", **PAPER).startswith(b"%PDF-")
    assert drawer._process.pid == process


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="No /proc to read what it was given")
def test_it_has_no_setting_of_the_site(drawer, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 50)
    drawn("paper", **PAPER)
    assert b"SECRET_KEY" not in Path(f"/proc/{drawer._process.pid}/environ").read_bytes()


def test_what_cannot_be_drawn_is_told_without_what_it_says_and_the_next_can(drawer):
    with pytest.raises(DrawingError, match=r"^ValueError in paper \(") as caught:
        drawn("paper", **PAPER | {"created": "Ada Loam"})
    assert "Ada" not in str(caught.value)
    process = drawer._process.pid
    assert drawn("paper", **PAPER)
    assert drawer._process.pid == process


def test_one_that_is_gone_is_started_again(drawer):
    drawn("paper", **PAPER)
    first = drawer._process
    os.kill(first.pid, signal.SIGKILL)
    assert drawn("paper", **PAPER).startswith(b"%PDF-")
    assert first.wait(10) == -signal.SIGKILL
    assert drawer._process.pid != first.pid


def test_one_that_ends_each_time_is_told_of(drawer, monkeypatch):
    monkeypatch.setattr(drawing.sys, "executable", "/bin/true")
    with pytest.raises(DrawingError, match="ended twice"):
        drawn("paper", **PAPER)


def test_one_that_cannot_be_started_is_told_of(drawer, monkeypatch):
    def refused(*_arguments, **_options):
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    with monkeypatch.context() as patch:
        patch.setattr(drawing.subprocess, "Popen", refused)
        with pytest.raises(DrawingError, match="couldn't be started"):
            drawn("paper", **PAPER)
    assert drawn("paper", **PAPER).startswith(b"%PDF-")


def test_one_that_nobody_could_wait_for_is_ended(drawer, monkeypatch):
    begun = []

    def refused(thread):
        begun.append(drawer._process)
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(drawing.Thread, "start", refused)
        with pytest.raises(DrawingError, match="couldn't be started"):
            drawn("paper", **PAPER)
    assert [process.returncode for process in begun] == [-signal.SIGKILL]
    assert drawn("paper", **PAPER).startswith(b"%PDF-")


def test_one_that_hangs_is_ended(drawer, monkeypatch):
    drawn("paper", **PAPER)
    hung = drawer._process
    monkeypatch.setattr(drawing, "PATIENCE", 0.5)
    os.kill(hung.pid, signal.SIGSTOP)
    with pytest.raises(DrawingError, match="didn't answer"):
        drawn("paper", **PAPER)
    assert hung.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    "does",
    [
        pytest.param("pass", id="before it takes a question that is larger than the pipe"),
        pytest.param("asked(); say('{')", id="in the midst of a line"),
        pytest.param("say(json.dumps({'mark': asked()[0], 'length': 9}) + '\\nhalf')", id="in the midst of a drawing"),
    ],
)
def test_wherever_it_hangs_it_is_ended_and_the_next_is_another(drawer, monkeypatch, tmp_path, does):
    program = tmp_path / "hangs"
    program.write_text(
        f"#!{sys.executable}\n"
        "import json, sys, time\n"
        "def asked(): return json.loads(sys.stdin.readline())\n"
        "def say(what): print(what, end='', flush=True)\n"
        f"{does}\n"
        "time.sleep(6)\n"
    )
    program.chmod(0o700)
    started, start = [], drawer._start
    monkeypatch.setattr(drawer, "_start", lambda: (start(), started.append(drawer._process)))
    with monkeypatch.context() as patch:
        patch.setattr(drawing.sys, "executable", str(program))
        patch.setattr(drawing, "PATIENCE", 1.0)
        with pytest.raises(DrawingError, match="didn't answer for 1 seconds"):
            drawn("paper", **PAPER | {"author": "A" * 200_000})
    assert [process.returncode for process in started] == [-signal.SIGKILL]
    assert drawn("paper", **PAPER | {"author": "A" * 200_000}).startswith(b"%PDF-")
    assert len(started) == 2


def test_an_answer_that_nobody_took_is_given_to_nobody_else(drawer, monkeypatch):
    """Whatever it is that came between."""
    right = drawn("paper", **PAPER)
    first = drawer._process
    with monkeypatch.context() as patch:
        patch.setattr(drawing.json, "loads", lambda _line: (_ for _ in ()).throw(MemoryError))
        with pytest.raises(MemoryError):
            drawn("paper", **PAPER | {"parts": [["line", "Another's", {}]]})
    assert first.wait(10) is not None
    assert len(drawn("paper", **PAPER)) == len(right)


def test_an_answer_to_another_question_is_none(drawer, monkeypatch):
    drawn("paper", **PAPER)
    first = drawer._process
    first.stdin.write(b'["stray", "none", {}]\n')
    assert drawn("paper", **PAPER).startswith(b"%PDF-")
    assert drawer._process is not first


def test_who_waits_too_long_for_others_is_told(drawer, monkeypatch):
    monkeypatch.setattr(drawing, "IN_TURN", 0.1)
    with (
        drawer.turn,
        ThreadPoolExecutor(1) as other,
        pytest.raises(DrawingError, match=r"others were drawing for 0\.1"),
    ):
        other.submit(drawn, "paper", **PAPER).result()


def test_it_goes_when_nobody_asks():
    program = "from initiative.base.drawing import __main__ as it; it.IDLE = 0.1; it.main()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE) as idle:  # open, but nothing is said
        assert idle.wait(30) == 0


def test_it_goes_with_who_started_it():
    with subprocess.Popen([sys.executable, "-m", "initiative.base.drawing"], stdin=subprocess.PIPE) as left:
        left.stdin.close()
        assert left.wait(30) == 0


def test_a_process_that_parts_has_one_of_its_own(drawer):
    drawn("paper", **PAPER)
    read, write = os.pipe()
    child = os.fork()
    if not child:  # nothing but what is asked, and away, past pytest
        os.write(write, b"none" if drawing._drawer._process is None else b"the same")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 10) == b"none"
    os.close(read)
    os.close(write)
