"""The site as it runs in production, on this machine: PostgreSQL, Redis, gunicorn, the worker, and nginx in front of them.

python -m deploy.stack                  on http://localhost:8080, with data in var/production-like; Ctrl-C stops it

Every program is Debian's own, listens on loopback alone and keeps its data in one folder. Tests of faults and benchmarks use
`Stack` as well.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("postgresql", "redis", "application", "worker", "nginx")
_PATIENCE = 90  # seconds for a program to answer, and to end
_PACKAGES = {"nginx": "nginx-light", "initdb": "postgresql-15", "pg_basebackup": "postgresql-client-15"}
_REDIS = ("redis-server", "valkey-server")
_FOLDERS = ["/usr/lib/postgresql/15/bin", "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/opt/postgresql@15/bin"]


class StackError(Exception):
    """What is missing, or doesn't start, in a sentence."""


def program(name: str, *others: str) -> str:
    """Where a program is, or one of the others that do as well. Raises StackError."""
    versions = [str(path) for path in Path("/usr/lib/postgresql").glob("*/bin")]
    path = os.pathsep.join([*_FOLDERS, *versions, os.environ.get("PATH", "")])
    found = next(filter(None, (shutil.which(each, path=path) for each in (name, *others))), None)
    if found is None:
        raise StackError(f"{name} was not found: install it (Debian: apt install {_PACKAGES.get(name, name)}).")
    return found


def free_port() -> int:
    """A port of the loopback interface that nobody has just now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def as_user(name: str) -> list[str]:
    """What goes before a command that refuses to run as root."""
    if os.getuid() != 0:
        return []
    return [program("setpriv"), f"--reuid={name}", f"--regid={name}", "--init-groups", "--"]


class Stack:
    """`with Stack(folder) as stack:` starts everything and waits until it answers; it all ends at the end.

    `port` is nginx's. `parts` are started at first; any is started and stopped by its name. `code` is where the site's own
    files are. `others` are parts beside `application` that nginx asks as well.
    """

    others: Sequence[str] = ()

    def __init__(
        self, folder: Path, port: int = 0, parts: Sequence[str] = PARTS, code: Path = ROOT, **environment: str
    ):
        self.code, self._heir = code, 0
        self.folder, self.port = folder.absolute(), port or free_port()
        self.url = f"http://localhost:{self.port}"
        self._ports = {part: free_port() for part in ("postgresql", "redis", "application")}
        self._running: dict[str, subprocess.Popen] = {}
        self._prepared, self._parts = False, parts
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("DEBUG", "BIND", "PORT")},
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": f"postgres://site@127.0.0.1:{self._ports['postgresql']}/site",
            "REDIS_URL": f"redis://127.0.0.1:{self._ports['redis']}/0" if "redis" in parts else "",
            "DJANGO_SETTINGS_MODULE": "initiative.settings",
            "SITE_URL": self.url,
            "BEHIND_PROXY": "1",
            "SERVE_MEDIA": "0",
            "BIND": f"127.0.0.1:{self._ports['application']}",
            "GUNICORN_LOG_LEVEL": "warning",
            **environment,
        }

    def __enter__(self):
        try:
            self.prepare()
            for part in self._parts:
                self.start(part)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error):
        for part in reversed(PARTS):
            self.stop(part)

    def prepare(self) -> None:
        """Folders, a database cluster, and the site's own: once. Raises StackError."""
        for name in ("nginx", "initdb", "postgres", "pg_isready", "createdb"):
            program(name)
        if "redis" in self._parts:
            program(*_REDIS)
        (self.folder / "postgresql").mkdir(parents=True, exist_ok=True)
        if os.getuid() == 0:
            shutil.chown(self.folder / "postgresql", "postgres", "postgres")
        if not (self.folder / "postgresql" / "data").exists():
            self._run(
                [*as_user("postgres"), program("initdb"), "--pgdata=data", "--username=site", "--auth=trust", "--encoding=UTF8",
                 "--locale=C.UTF-8"],
                self.folder / "postgresql",
            )  # fmt: skip

    def start(self, part: str) -> None:
        """Start a part and wait until it answers. Raises StackError."""
        getattr(self, f"_start_{part}")()

    def stop(self, part: str, how: int = signal.SIGTERM) -> None:
        """Stop a part, where it runs, and wait until it is gone. PostgreSQL doesn't wait for those who are connected."""
        if part == "application" and self._heir:
            _end(self._heir, how)
            self._heir = 0
        running = self._running.pop(part, None)
        if running is None or running.poll() is not None:
            return
        running.send_signal(signal.SIGINT if part == "postgresql" and how == signal.SIGTERM else how)
        try:
            running.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()

    def process(self, part: str) -> int:
        """The number of a part's first process, which the others come from."""
        return self._heir if part == "application" and self._heir else self._running[part].pid

    def renew_application(self) -> None:
        """The code as it is now, without a gap: a second gunicorn listens beside the first, which then ends. Raises StackError.

        HUP isn't enough: what was loaded before the workers part stays loaded.
        """
        before = self.process("application")
        known, until = _children(before), time.monotonic() + _PATIENCE
        os.kill(before, signal.SIGUSR2)
        while time.monotonic() < until:
            # The new one is a child of the old one, and ready once it has workers of its own.
            heirs = [pid for pid in _children(before) - known if _children(pid)]
            if heirs and _answers(self._ports["application"], "/healthz"):
                self._heir = heirs[0]
                _end(before, signal.SIGTERM)
                return
            time.sleep(0.2)
        raise StackError(f"the new application doesn't come:\n{self.log('application').read_text()[-2000:]}")

    def manage(self, *arguments: str) -> str:
        """`manage.py` with the site's settings; what it says. Raises StackError."""
        return self._run([sys.executable, str(self.code / "manage.py"), *arguments], self.code)

    def log(self, part: str) -> Path:
        return self.folder / f"{part}.log"

    def _start_postgresql(self) -> None:
        port = str(self._ports["postgresql"])
        command = [*as_user("postgres"), program("postgres"), "-D", "data", "-p", port,
                   "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]  # fmt: skip
        self._launch("postgresql", command, self.folder / "postgresql")
        asked = [
            program("pg_isready"),
            "--quiet",
            "--host=127.0.0.1",
            f"--port={port}",
            "--username=site",
            "--dbname=postgres",
        ]
        self._wait("postgresql", lambda: subprocess.run(asked, check=False).returncode == 0)
        known = subprocess.run(
            [program("psql"), "--host=127.0.0.1", f"--port={port}", "--username=site", "--list", "--tuples-only", "--no-align"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        if not any(line.startswith("site|") for line in known.stdout.splitlines()):
            self._run(
                [program("createdb"), "--host=127.0.0.1", f"--port={port}", "--username=site", "site"], self.folder
            )

    def _start_redis(self) -> None:
        port = str(self._ports["redis"])
        command = [program(*_REDIS), "--bind", "127.0.0.1", "--port", port, "--save", "", "--maxmemory", "64mb"]
        self._launch("redis", command, self.folder)
        self._wait("redis", self._pong)

    def _pong(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self._ports["redis"]), timeout=5) as line:
                line.sendall(b"PING\r\n")
                return line.recv(7) == b"+PONG\r\n"
        except OSError:
            return False

    def _start_application(self) -> None:
        if not self._prepared:
            self.manage("migrate", "--no-input", "--verbosity", "0")
            self.manage("compile_translations", "--verbosity", "0")
            self.manage("collectstatic", "--no-input", "--verbosity", "0")
            self.manage("load_starter_content", "--if-empty", "--verbosity", "0")
            self.manage("write_front_pages")
            self._prepared = True
        # Not `python -m gunicorn`: started anew by USR2, that looks for Python's own `http` in gunicorn's folder.
        command = [str(Path(sys.executable).with_name("gunicorn")), "--config", str(self.code / "gunicorn.conf.py")]
        self._launch("application", command, self.code)
        self._wait("application", lambda: _answers(self._ports["application"], "/healthz"))

    def _start_worker(self) -> None:
        self._launch("worker", [sys.executable, str(self.code / "manage.py"), "publish_on_time"], self.code)

    def _start_nginx(self) -> None:
        folder = self.folder / "nginx"
        for name in ("cache", "extra"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        if os.getuid() == 0:
            shutil.chown(folder / "cache", "www-data")
        values = {
            "FOLDER": str(folder),
            "MIME_TYPES": "/etc/nginx/mime.types",
            "USER": "user www-data;" if os.getuid() == 0 else "",
            "CACHE": str(folder / "cache"),
            "EXTRA": str(folder / "extra"),
            "LISTEN": f"127.0.0.1:{self.port}",
            "HOST": "localhost 127.0.0.1",
            "PORT": f":{self.port}",
            "SCHEME": "$scheme",
            "APPLICATION": f"127.0.0.1:{self._ports['application']}",
            "OTHER_APPLICATIONS": " ".join(
                f"server 127.0.0.1:{self._ports[part]} max_fails=3 fail_timeout=2s;" for part in self.others
            ),
            "PAGES": str(self.folder / "front"),
            "MEDIA": str(self.folder / "media"),
            "METRICS_FROM": "127.0.0.1",
            "LANGUAGES": "en|fr|es|ar",
            "ADMIN": self.environment.get("ADMIN_PATH", "admin"),
        }
        for name in ("nginx.conf", "site.conf"):
            (folder / name).write_text(filled((ROOT / "deploy" / "nginx" / f"{name}.template").read_text(), values))
        if os.getuid() == 0:
            _let_others_read(self.folder)
        errors = str(folder / "error.log")
        self._run([program("nginx"), "-e", errors, "-c", str(folder / "nginx.conf"), "-t", "-q"], folder)
        self._launch("nginx", [program("nginx"), "-e", errors, "-c", str(folder / "nginx.conf")], folder)
        self._wait("nginx", lambda: _answers(self.port, "/healthz"))

    def _run(self, command: list[str], folder: Path, **environment: str) -> str:
        done = subprocess.run(
            command, cwd=folder, env=self.environment | environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise StackError(f"{' '.join(command[-3:])} failed:\n{(done.stdout + done.stderr)[-2000:]}")
        return done.stdout

    def _launch(self, part: str, command: list[str], folder: Path, **environment: str) -> None:
        with self.log(part).open("ab") as log:
            # A session of its own: Ctrl-C reaches this program alone, which stops the parts one after the other.
            self._running[part] = subprocess.Popen(
                command, cwd=folder, env=self.environment | environment, stdout=log, stderr=log, start_new_session=True
            )

    def _wait(self, part: str, answers: Callable[[], bool]) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self._running[part].poll() is None:
            if answers():
                return
            time.sleep(0.1)
        raise StackError(f"{part} doesn't answer:\n{self.log(part).read_text()[-2000:]}")


def filled(template: str, values: dict[str, str]) -> str:
    """A template with `${NAMES}` filled in, as envsubst does: nginx's own `$names` stay."""

    class Named(Template):
        pattern = r"\$\{(?P<braced>[A-Z_]+)\}|(?P<escaped>(?!))|(?P<named>(?!))|(?P<invalid>(?!))"

    return Named(template).substitute(values)


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _children(pid: int) -> set[int]:
    try:
        return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    except OSError:
        return set()


def _end(pid: int, how: int) -> None:
    """Send a process a signal, and wait until it is gone."""
    until = time.monotonic() + _PATIENCE
    with suppress(ProcessLookupError, FileNotFoundError):
        os.kill(pid, how)
        while time.monotonic() < until and "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text():
            time.sleep(0.1)


def _let_others_read(folder: Path) -> None:
    """nginx's workers are another user: they may go through the folder, and read pages and pictures."""
    folder.chmod(0o755)
    for name in ("front", "media"):
        (folder / name).mkdir(exist_ok=True)
        (folder / name).chmod(0o755)


def main() -> int:
    """Run until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--port", type=int, default=8080, help="of nginx (8080)")
    parser.add_argument("--folder", default=str(ROOT / "var" / "production-like"), help="for all data")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with Stack(Path(arguments.folder), arguments.port) as stack:
            print(f"The site   {stack.url}/\nLogs       {stack.folder}/*.log\nCtrl-C stops it.", flush=True)
            while True:
                time.sleep(1)
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
