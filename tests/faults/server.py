"""The site as it runs: gunicorn with its workers, on loopback, to be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

_PATIENCE = 60  # seconds until it answers


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


class Server:
    """`with server:` starts it and waits until it answers; it ends at the end."""

    def __init__(self, port: int, folder: Path):
        self.port, self.url, self.log = port, f"http://127.0.0.1:{port}", folder / "gunicorn.log"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Raises RuntimeError where it doesn't answer in time."""
        command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--log-level", "error"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env={**os.environ, "PORT": str(self.port), "WEB_CONCURRENCY": "2", "WEB_THREADS": "4"},
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
            finally:
                connection.close()
        raise RuntimeError(f"The server does not answer:\n{self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """`kill -9` for the master and all its workers: nobody finishes anything."""
        master = self.process.pid
        workers = [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]
        for pid in (master, *workers):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
        # The port is free once the last of them is gone.
        for pid in workers:
            while Path(f"/proc/{pid}").exists() and "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text():
                time.sleep(0.01)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
