"""What draws pictures and papers, in a process of its own.

Its libraries, and the holes that drawing leaves in memory, would take twenty megabytes of every worker of the server; and a fault
in PDFium would end one. The process starts when something is to be drawn, draws one thing at a time and goes when nobody has
asked for a minute.
"""

import atexit
import json
import os
import secrets
import select
import subprocess
import sys
from io import RawIOBase
from pathlib import Path
from threading import Lock, Thread
from time import monotonic

_ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 20.0  # seconds for one drawing, from question to answer: a long declaration takes two
IN_TURN = 20.0  # seconds for those before it: nginx waits for 60


class DrawingError(Exception):
    """It couldn't be drawn. Says where that was, without what was to be drawn: that may be personal."""


def drawn(kind: str, **facts) -> bytes:
    """A drawing of a `kind` that `__main__` knows; `facts`, in JSON, are what its function takes. One thread at a time; takes
    some tenths of a second, and a half more where the process has to start.

    Raises DrawingError.
    """
    drawer = _drawer
    if not drawer.turn.acquire(timeout=IN_TURN):
        raise DrawingError(f"others were drawing for {IN_TURN:g} seconds")
    try:
        for _attempt in range(2):
            try:
                return drawer.draw(kind, facts)
            except _Gone:  # it left just now, or was ended from outside
                continue
    finally:
        drawer.turn.release()
    raise DrawingError("what draws ended twice")


class _Gone(Exception):
    """The process ended before it answered."""


class _Drawer:
    def __init__(self):
        self.turn = Lock()
        self._process: subprocess.Popen | None = None

    def draw(self, kind: str, facts: dict) -> bytes:
        """Raises DrawingError, and _Gone. Whatever else comes between question and answer ends the process: the next question
        must not get the answer, which is somebody else's."""
        try:
            answer, drawing = _exchanged(self._started(), kind, facts)
        except (OSError, EOFError, ValueError) as error:
            self.stop(patience=0)
            raise _Gone from error
        except BaseException:
            self.stop(patience=0)
            raise
        if "error" in answer:
            raise DrawingError(answer["error"])
        return drawing

    def _started(self) -> subprocess.Popen:
        if self._process and self._process.poll() is not None:
            self.stop()
        if not self._process:
            try:
                self._start()
            except (OSError, RuntimeError) as error:  # no room for one more process, or thread
                raise DrawingError("what draws couldn't be started") from error
        return self._process

    def _start(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  (ourselves)
            [sys.executable, "-m", __name__],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # what is kept back could be waited for without end
            # Neither secrets nor settings are its business.
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        )
        os.set_blocking(self._process.stdin.fileno(), False)
        # It goes by itself, and the system keeps its entry until somebody has waited for it.
        Thread(target=self._process.wait, daemon=True).start()

    def stop(self, patience: float = 5) -> None:
        """End the process, if there is one: at once, or by itself for so many seconds."""
        process, self._process = self._process, None
        if not process:
            return
        process.stdin.close()
        process.stdout.close()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _exchanged(process: subprocess.Popen, kind: str, facts: dict) -> tuple[dict, bytes]:
    """The answer to a question. Raises DrawingError where none comes in time, OSError, EOFError, ValueError where it is none."""
    mark, until = secrets.token_hex(8), monotonic() + PATIENCE
    question = json.dumps([mark, kind, facts]).encode() + b"\n"
    while question:
        _await(process.stdin, select.POLLOUT, until)
        question = question[process.stdin.write(question) or 0 :]
    said = b""
    while b"\n" not in said:
        said += _read(process.stdout, until)
    line, _end, drawing = said.partition(b"\n")
    answer = json.loads(line)
    if answer.get("mark") != mark:
        raise ValueError("the answer is another question's")
    while len(drawing) < answer.get("length", 0):
        drawing += _read(process.stdout, until)
    return answer, drawing


def _read(pipe: RawIOBase, until: float) -> bytes:
    """What has come, as soon as there is some."""
    _await(pipe, select.POLLIN, until)
    came = pipe.read(1 << 16)
    if not came:
        raise EOFError
    return came


def _await(pipe: RawIOBase, event: int, until: float) -> None:
    waiting = select.poll()
    waiting.register(pipe, event)
    if not waiting.poll(max(until - monotonic(), 0) * 1_000):
        raise DrawingError(f"what draws didn't answer for {PATIENCE:g} seconds")


def _forget() -> None:
    """A process that forks must not speak with the one of its parent."""
    global _drawer
    _drawer = _Drawer()


_drawer = _Drawer()
os.register_at_fork(after_in_child=_forget)
atexit.register(lambda: _drawer.stop())
