"""Times, memory, and a server to ask."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_WAIT = 120  # seconds for the server to start


class Times:
    """Milliseconds of several runs."""

    def __init__(self, milliseconds: Sequence[float]):
        self.sorted = sorted(milliseconds)

    def _at(self, share: float) -> float:
        return self.sorted[min(len(self.sorted) - 1, int(share * len(self.sorted)))]

    @property
    def least(self) -> float:
        """The quickest run: what it takes when nothing else is in the way."""
        return self.sorted[0]

    @property
    def p50(self) -> float:
        """Half of the runs were quicker."""
        return self._at(0.5)

    @property
    def p95(self) -> float:
        """All but a twentieth were quicker."""
        return self._at(0.95)


def compare(runs: int, *functions: Callable[[], object]) -> list[Times]:
    """The times of functions called in turn, so that whatever else the machine does meets them alike."""
    times: list[list[float]] = [[] for _ in functions]
    for function in functions:
        function()
    for _run in range(runs):
        for function, some in zip(functions, times, strict=True):
            begun = time.perf_counter()
            function()
            some.append((time.perf_counter() - begun) * 1_000)
    return [Times(some) for some in times]


class Server:
    """gunicorn as the site runs it, on a port of the loopback interface."""

    def __init__(self, port: int, process: subprocess.Popen):
        self.port, self.process = port, process
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> bytes:
        """The body of an answer. RuntimeError for any status but 200."""
        self._connection.request("GET", path, headers={"Host": "localhost"})
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return body

    def again(self) -> None:
        """A new connection, which another worker may take."""
        self._connection.close()

    def memory(self) -> list[float]:
        """MiB that each worker has, what is shared divided by those who share it (PSS)."""
        return [pss(pid) for pid in children(self.process.pid)]

    def worked(self) -> float:
        """Milliseconds that a processor worked for all workers so far."""
        return sum(worked(pid) for pid in children(self.process.pid))


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@contextmanager
def serving(workers: int = 2, kept: int = 0, application: str | None = None) -> Iterator[Server]:
    """The site on a free port, stopped in the end; `kept` megabytes of pages, none by default: each is made when asked. Or
    another WSGI `application`, `module:name`, with one worker."""
    port = free_port()
    environment = os.environ | {
        "BIND": f"127.0.0.1:{port}",
        "PORT": str(port),
        "WEB_CONCURRENCY": str(workers),
        "PAGE_CACHE_MEGABYTES": str(kept),
        "GUNICORN_LOG_LEVEL": "warning",
    }
    config = "gunicorn.conf.py"
    if application:
        config = "bench/gunicorn.py"
        environment["WSGI_APP"] = application
    command = [sys.executable, "-m", "gunicorn", "--config", config]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield Server(port, _once_ready(port, process))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _once_ready(port: int, process: subprocess.Popen) -> subprocess.Popen:
    until = time.monotonic() + _WAIT
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return process
        except OSError:
            time.sleep(0.2)
    process.kill()
    raise RuntimeError("gunicorn did not start")


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def worked(pid: int) -> float:
    """Milliseconds that a processor worked for a process so far, to a hundredth of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return 1_000 * sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def pss(pid: int) -> float:
    """MiB that a process has, what is shared divided by those who share it. Raises OSError where it is gone."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)[1]) / 1024
