"""What must hold before the site starts, said in one sentence where it doesn't.

Standard library only: Django may be what is missing.
"""

import errno
import os
import re
import socket
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
# What requirements.in asks for, by the names one imports. What these need in turn shows when it is imported.
MODULES = (
    "babel",
    "brotli",
    "bs4",
    "citeproc",
    "cryptography",
    "csp",
    "django",
    "django_htmx",
    "django_otp",
    "fpdf",
    "gunicorn",
    "icalendar",
    "lxml",
    "modeltranslation",
    "ninja",
    "openpyxl",
    "PIL",
    "psycopg2",
    "pypdfium2",
    "pyroaring",
    "redis",
    "requests",
    "segno",
    "snowballstemmer",
    "Stemmer",
    "uharfbuzz",
    "wagtail",
    "webauthn",
    "whitenoise",
    "yaml",
)
LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


class CannotStart(Exception):
    """The one sentence, and what to do."""


def require_modules(names: Iterable[str] = MODULES) -> None:
    """Raises CannotStart with the first of `names` that is not installed."""
    for name in names:
        if find_spec(name) is None:
            raise _missing(name)


def require_folder(folder: Path) -> None:
    """Makes `folder` where it isn't there and writes a file into it for a moment; raises CannotStart if that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Trying is the only true answer: permissions, a full disk and a read-only mount all show here.
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"probe")
    except OSError as error:
        reason = "a file stands in its place" if isinstance(error, FileExistsError) else error.strerror
        raise CannotStart(
            f"The folder {folder} cannot be written ({reason}): make it writable for this user, "
            "or name another with DATA_DIR=/path/to/folder make run"
        ) from error


def require_writable(file: Path) -> None:
    """Raises CannotStart where `file` exists and can't be written, as after a start by another user."""
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        raise CannotStart(
            f"The file {file} belongs to another user and cannot be written: give it back with "
            f"sudo chown -R $(id -un) {file.parent}"
        )


def port_number(text: str) -> int:
    """`text` as a port from 1 to 65535; raises CannotStart for anything else."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise CannotStart(f"PORT is {text!r}; it must be a number from 1 to 65535, as in PORT=8001 make run")
    return int(text)


def loopback_addresses(port: int) -> list[str]:
    """The addresses of this machine to listen on, as `host:port`: IPv4, and IPv6 where there is one.

    A browser may take either for localhost. Raises CannotStart where the port is taken or not allowed.
    """
    free = []
    for family, host in LOOPBACK:
        try:
            _try_port(family, host, port)
        except PermissionError as error:
            raise CannotStart(
                f"Port {port} is for the system only: choose one above 1023, as in PORT=8000 make run"
            ) from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                other = port + 1 if port < 65535 else 8000
                raise CannotStart(
                    f"Port {port} is in use by another program: stop that one, "
                    f"or use another port with PORT={other} make run"
                ) from error
            if family == socket.AF_INET:
                raise CannotStart(f"{host}:{port} cannot be listened on ({error.strerror}).") from error
            continue  # no IPv6 on this machine
        free.append(f"[{host}]:{port}" if family == socket.AF_INET6 else f"{host}:{port}")
    return free


@contextmanager
def one_sentence() -> Iterator[None]:
    """Ends the process with one sentence and code 1 where the site can't start or the database isn't there for a command, and
    quietly on Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except CannotStart as refusal:
        sys.exit(str(refusal))
    except ModuleNotFoundError as error:
        if not error.name or (BASE_DIR / error.name.partition(".")[0]).is_dir():
            raise  # one of our own: a mistake in the code, whose traceback is wanted
        sys.exit(str(_missing(error.name)))
    except Exception as error:
        if not (sentence := _for_people(error)):
            raise
        sys.exit(sentence)


def prepare(arguments: list[str]) -> None:
    """What comes before Django is loaded for `serve`: modules, data folder, and PORT, which the settings read.

    Raises CannotStart.
    """
    require_modules()
    require_folder(Path(os.environ.get("DATA_DIR") or BASE_DIR / "var"))
    for position, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--port":
            os.environ["PORT"] = value if equals else "".join(arguments[position + 1 : position + 2])
    port_number(os.environ.setdefault("PORT", "8000"))


def _for_people(error: Exception) -> str:
    """What whoever called a command can do something about; empty where it is a mistake in the code. By the names of
    exceptions, as Django may not be there to import them from."""
    kind, (line, *_more) = type(error).__name__, str(error).splitlines() or [""]
    if kind == "ImproperlyConfigured":
        return str(error)
    if kind in ("OperationalError", "ProgrammingError") and re.search("no such table|relation .* does not exist", line):
        return f"The database isn’t as this version needs it: run manage.py migrate. ({line})"
    if kind == "OperationalError":
        return f"The database doesn’t do what was asked: {line} (--traceback tells where.)"
    return ""


def _missing(name: str) -> CannotStart:
    return CannotStart(f"The Python module {name} is missing: make the environment anew with rm -rf .venv && make run")


def _try_port(family: socket.AddressFamily, host: str, port: int) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as client:
        client.settimeout(1)
        # On macOS one may bind an address whose port another program holds on all addresses: so knock first.
        if client.connect_ex((host, port)) == 0:
            raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
    with socket.socket(family, socket.SOCK_STREAM) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((host, port))
