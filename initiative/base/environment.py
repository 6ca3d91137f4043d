"""Read settings from environment variables, and fail loudly on a value that makes no sense."""

import os
import re
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_REDIS_DATABASE = re.compile(r"(/[0-9]*)?", re.ASCII)
_REDIS_TLS = {"ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_cert_reqs"}
_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
_ENGINES = {
    "sqlite": "django.db.backends.sqlite3",
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
}


def _given(name: str) -> str | None:
    """The content of the file that `name_FILE` points to, where one is named; else the value of `name`; else None.

    The file goes first: what starts the site, such as compose.yaml, may give `name` a value of its own.
    """
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return os.environ.get(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE points to {path}, which can't be read: {error.strerror}.") from error


def text(name: str, default: str = "") -> str:
    """What the file holds that `name_FILE` points to, or the value of `name`; `default` where neither is set.

    Raises ImproperlyConfigured where the file can't be read, as all functions here do.
    """
    value = _given(name)
    return default if value is None else value


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off and empty; ImproperlyConfigured for anything else."""
    value = _given(name)
    if value is None:
        return default
    return _yes_or_no(name, value)


def _yes_or_no(name: str, value: str) -> bool:
    if value.lower() in _YES:
        return True
    if value.lower() in _NO:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; it must be 1 or 0.")


def number(name: str, default: int, most: int | None = None) -> int:
    """A whole number, from 0 to `most` where one is given; ImproperlyConfigured for anything else."""
    value = text(name)
    try:
        read = int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.") from error
    if most is not None and not 0 <= read <= most:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number from 0 to {most}.")
    return read


def clock(name: str) -> time | None:
    """A time of the day such as 03:15, None where none is given; ImproperlyConfigured for anything else."""
    value = text(name)
    try:
        return datetime.strptime(value, "%H:%M").time() if value else None  # noqa: DTZ007  (of which day is said elsewhere)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a time such as 03:15.") from error


def choice(name: str, known: Sequence[str]) -> str:
    """One of the known words, the first by default; ImproperlyConfigured for anything else."""
    value = text(name) or known[0]
    if value not in known:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of {', '.join(known)}.")
    return value


def address(name: str) -> str:
    """An address of the web without a slash at its end, empty where none is given; ImproperlyConfigured for anything else."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be an address such as https://translate.example.org.")
    return value


def listing(name: str, default: str = "") -> list[str]:
    """Values separated by commas, blanks dropped."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def some(name: str, known: Sequence[str], default: str = "") -> list[str]:
    """Those of the known words that are named, with commas between; ImproperlyConfigured for anything else."""
    values = listing(name, default)
    if strange := [value for value in values if value not in known]:
        raise ImproperlyConfigured(f"{name} has {', '.join(strange)}; it may have {', '.join(known)}.")
    return values


def database(name: str, default: str) -> dict:
    """A Django database from a URL: `sqlite:////path/to/file` or `postgres://user:password@host:port/name?sslmode=require`.

    Of PostgreSQL, a password may stand in DATABASE_PASSWORD or its file, and the query's parameters go to libpq and overrule
    what is set here. With `pooled=1` nothing is asked for that lasts longer than a transaction, as behind PgBouncer.
    Raises ImproperlyConfigured for another scheme.
    """
    url = text(name, default)
    parts = urlsplit(url)
    engine = _ENGINES.get(parts.scheme)
    if engine is None:
        raise ImproperlyConfigured(f"{name} must start with sqlite:// or postgres://, not {parts.scheme or url!r}.")
    if parts.scheme == "sqlite":
        return {
            "ENGINE": engine,
            "NAME": unquote(parts.path.removeprefix("/")) or ":memory:",
            # Several workers write safely: writers queue for the lock instead of failing half-way.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
            },
        }
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    pooled = _yes_or_no(f"pooled of {name}", asked.pop("pooled", ""))
    return {
        "ENGINE": engine,
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or "") or text("DATABASE_PASSWORD"),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(_port(name, parts) or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # They live in one connection, and each transaction may get another.
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
        "OPTIONS": {
            "connect_timeout": "5",
            # Compiling a statement takes half a second, which no page's statement is ever worth.
            "options": "" if pooled else "-c jit=off",
            **asked,
        },
    }


def redis(name: str) -> str:
    """The address of a Redis or Valkey, empty where none is given: `redis://user:password@host:6379/0`, `rediss://…` (TLS, with
    `ssl_` parameters) or `unix:///path?db=0`.

    Raises ImproperlyConfigured for any other, without repeating it: there may be a password in it.
    """
    url = text(name)
    if not url:
        return url
    fault = ImproperlyConfigured(
        f"{name} must be redis://user:password@host:6379/0, rediss://… for TLS, or unix:///path?db=0; "
        "signs of a password that mean something in an address are written as %40."
    )
    if not url.startswith(("redis://", "rediss://", "unix:///")):
        raise fault
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise fault from error
    _port(name, parts)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.scheme == "unix":
        right = parts.path.strip("/") and asked.keys() <= {"db"} and asked.get("db", "0").isdecimal()
    else:
        known = _REDIS_TLS if parts.scheme == "rediss" else set()
        right = parts.hostname and _REDIS_DATABASE.fullmatch(parts.path) and asked.keys() <= known
    if not right or "@" in parts.path or parts.fragment:
        raise fault
    return url


class Mail(NamedTuple):
    """How mail leaves: the values of Django's EMAIL_ settings."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False


def email(name: str, default: str) -> Mail:
    """Mail from a URL: `console:` prints it, `smtp://user:password@host:587?tls=1` sends it (`ssl=1`: TLS from the start).

    Raises ImproperlyConfigured for another scheme or parameter, and without a host.
    """
    parts = urlsplit(text(name, default))
    if parts.scheme == "console":
        return Mail("django.core.mail.backends.console.EmailBackend")
    if parts.scheme != "smtp" or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must be console: or smtp://user:password@host:port?tls=1.")
    asked = dict(parse_qsl(parts.query))
    if unknown := asked.keys() - {"tls", "ssl"}:
        raise ImproperlyConfigured(f"{name} has {', '.join(sorted(unknown))}; only tls and ssl are known.")
    tls, ssl = (_yes_or_no(f"{kind} of {name}", asked.get(kind, "")) for kind in ("tls", "ssl"))
    if tls and ssl:
        raise ImproperlyConfigured(f"{name} has both tls and ssl; one excludes the other.")
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        unquote(parts.hostname),
        _port(name, parts) or (587 if tls else 465 if ssl else 25),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        tls,
        ssl,
    )


def _port(name: str, parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"The port of {name} is no port.") from error


def secret_key(name: str, path) -> str:
    """The secret key from the environment; else the one in `path`, which is made the first time (readable by its owner).

    Raises ImproperlyConfigured where `path` can't be written.
    """
    if value := text(name):
        return value
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    except OSError as error:
        raise ImproperlyConfigured(f"{path} can't be read: {error.strerror}.") from error
    from django.core.management.utils import get_random_secret_key

    key = get_random_secret_key()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # O_EXCL: of two processes that start together, one writes and the other reads what was written.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {path.parent} can't be written ({error.strerror}). Make it writable, or set DATA_DIR to another."
        ) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key
