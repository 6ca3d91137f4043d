"""What draws pictures and papers, in a process of its own.

Its libraries, and the holes that drawing leaves in memory, would take twenty megabytes of every worker of the server; and a fault
in PDFium would end one. The process starts when something is to be drawn, draws one thing at a time and goes when nobody has
asked for a minute.
"""

import atexit
import json
import os
import select
import subprocess
import sys
from pathlib import Path
from threading import Lock

_ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 30.0  # seconds for one drawing: a long declaration takes two


class DrawingError(Exception):
    """It couldn't be drawn. Says where that was, without what was to be drawn: that may be personal."""


def drawn(kind: str, **facts) -> bytes:
    """A drawing of a `kind` that `__main__` knows; `facts`, in JSON, are what its function takes. One thread at a time; takes
    some tenths of a second, and a half more where the process has to start.

    Raises DrawingError.
    """
    asked = json.dumps([kind, facts]).encode() + b"\n"
    with _drawer.turn:
        try:
            return _drawer.draw(asked)
        except _Gone:  # it left just now, or was ended from outside
            pass
        try:
            return _drawer.draw(asked)
        except _Gone as error:
            raise DrawingError("what draws ended twice") from error


class _Gone(Exception):
    """The process ended before it answered."""


class _Drawer:
    def __init__(self):
        self.turn = Lock()
        self._process: subprocess.Popen | None = None

    def draw(self, asked: bytes) -> bytes:
        process = self._started()
        try:
            process.stdin.write(asked)
            process.stdin.flush()
            if not select.select([process.stdout], [], [], PATIENCE)[0]:
                self.stop(patience=0)
                raise DrawingError(f"what draws didn't answer for {PATIENCE:g} seconds")
            answer = json.loads(process.stdout.readline())
            drawing = process.stdout.read(answer.get("length", 0))
            if len(drawing) < answer.get("length", 0):
                raise EOFError
        except (OSError, EOFError, ValueError) as error:
            self.stop(patience=0)
            raise _Gone from error
        if "error" in answer:
            raise DrawingError(answer["error"])
        return drawing

    def _started(self) -> subprocess.Popen:
        if self._process and self._process.poll() is not None:
            self.stop()
        if not self._process:
            self._process = subprocess.Popen(  # noqa: S603  (ourselves)
                [sys.executable, "-m", __name__],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Neither secrets nor settings are its business.
                env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            )
        return self._process

    def stop(self, patience: float = 5) -> None:
        """End the process, if there is one: at once, or by itself for so many seconds."""
        process, self._process = self._process, None
        if not process:
            return
        for pipe in (process.stdin, process.stdout):
            try:
                pipe.close()
            except OSError:  # it is gone, and what was written with it
                continue
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _forget() -> None:
    """A process that forks must not speak with the one of its parent."""
    global _drawer
    _drawer = _Drawer()


_drawer = _Drawer()
os.register_at_fork(after_in_child=_forget)
atexit.register(lambda: _drawer.stop())
