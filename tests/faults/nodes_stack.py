"""Two applications behind one nginx, as on two machines, and those who ask one of them, or another each time.

Each has a folder of its own for all that a machine of its own would have, static files among it. They share PostgreSQL, Redis, the
key, and the files. See docs/operations.md, “When one machine isn't enough”.
"""

import os
import re
import secrets
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from pathlib import Path

import requests

from bench.measure import children
from deploy.stack import Stack, _answers, free_port
from tests.faults.hostile import NAME, PASSWORD

NODES = ("application", "second")
_TOKEN = "of-this-trial"


class NodesStack(Stack):
    """A stack with two applications. Their files are in a bucket where the environment names one, else in a folder for both."""

    parts = ("postgresql", "redis", "application", "second", "worker", "nginx")
    others = ("second",)

    def __init__(self, folder: Path, port: int = 0, **environment: str):
        files = {} if os.environ.get("S3_BUCKET") else {name: str(folder / f"{name.lower()}") for name in _FOLDERS}
        super().__init__(
            folder, port, self.parts, SECRET_KEY=secrets.token_urlsafe(60), STAFF_SECOND_FACTOR="0", OPERATIONS_TOKEN=_TOKEN,
            **files, **environment,
        )  # fmt: skip
        self._ports["second"] = free_port()
        self._own = {"DATA_DIR": str(folder / "second"), "BIND": f"127.0.0.1:{self._ports['second']}"}
        self._is_collected = False

    def __exit__(self, *error):
        for part in reversed(self.parts):
            self.stop(part)

    def _start_second(self) -> None:
        if not self._is_collected:
            manage = [sys.executable, str(self.code / "manage.py"), "collectstatic", "--no-input", "--verbosity", "0"]
            self._run(manage, self.code, **self._own)
            Path(self._own["DATA_DIR"], "static", NEWER).write_text("of another version")
            self._is_collected = True
        command = [str(Path(sys.executable).with_name("gunicorn")), "--config", str(self.code / "gunicorn.conf.py")]
        self._launch("second", command, self.code, **self._own)
        self._wait("second", lambda: _answers(self._ports["second"], "/healthz"))

    def kill(self, node: str) -> None:
        """`kill -9` for all processes of a node, and nobody starts them again."""
        rest = children(self.process(node))
        self.stop(node, signal.SIGKILL)
        for pid in rest:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(Path(f"/proc/{pid}/exe").exists() for pid in rest):
            time.sleep(0.05)

    def at(self, node: str) -> str:
        """A node's own address, past nginx."""
        return f"http://127.0.0.1:{self._ports[node]}"


_FOLDERS = ("MEDIA_ROOT", "PRIVATE_ROOT")
NEWER = "newer.txt"  # a static file that the second has alone, as while a new version is brought in


class InTurn:
    """Whoever takes this for the site asks another node each time."""

    def __init__(self, stack: NodesStack):
        self._urls: Iterator[str] = cycle(stack.at(node) for node in NODES)

    @property
    def url(self) -> str:
        return next(self._urls)


def ask(stack: NodesStack, node: str, path: str, **options) -> requests.Response:
    """A node itself, under the site's name."""
    return requests.get(stack.at(node) + path, headers=as_the_site(stack), timeout=60, **options)


def as_the_site(stack: NodesStack) -> dict[str, str]:
    return {"Host": f"localhost:{stack.port}", "X-Forwarded-Proto": "http"}


class Editor:
    """Somebody who signs in at one node, `origin` being what a browser says."""

    def __init__(self, stack: NodesStack):
        self._stack, self._session = stack, requests.Session()
        self._session.headers.update({**as_the_site(stack), "X-Forwarded-For": "127.0.9.9", "Origin": stack.url})
        code = "from django.contrib.auth import get_user_model as user\n"
        stack.manage(
            "shell",
            "--verbosity",
            "0",
            "--command",
            f"{code}user().objects.create_superuser({NAME!r}, '', {PASSWORD!r})",
        )

    def get(self, node: str, path: str) -> requests.Response:
        return self._session.get(self._stack.at(node) + path, headers=self._own, allow_redirects=False, timeout=60)

    def send(self, opened_at: str, sent_to: str, path: str, data: dict, files: dict | None = None) -> requests.Response:
        """A form that one node showed, sent to another."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(opened_at, path).text)[1]
        return self._session.post(
            self._stack.at(sent_to) + path, {**data, "csrfmiddlewaretoken": token}, files=files,
            headers=self._own, allow_redirects=False, timeout=60,
        )  # fmt: skip

    @property
    def _own(self) -> dict[str, str]:
        # By hand: a cookie of requests' jar isn't bound to a port, but to the name, which here is in the header alone.
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self._session.cookies.items())}


def answered(stack: NodesStack, node: str) -> int:
    """Answers of 2xx that a node has worked out."""
    headers = {**as_the_site(stack), "Authorization": f"Bearer {_TOKEN}"}
    told = requests.get(f"{stack.at(node)}/metrics", headers=headers, timeout=60).text
    return int(re.search(r'site_answers_total\{status="2xx"\} (\d+)', told)[1])
