"""Whether the site can do its work: what `/readyz` and `manage.py check_ready` ask."""

import hmac
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from threading import Lock
from time import monotonic
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from initiative.background import Background
from initiative.guard import counts
from initiative.search import generations

# Seconds. Anybody may ask whether the site is ready, and each look writes a file into both storages.
_KEPT = 2
_judging = Lock()
# The last verdict of this process, and until when it is kept.
_verdict, _until = False, 0.0


def problems() -> dict[str, str]:
    """Every part by name, with what is wrong with it; empty where nothing is. Never raises."""
    return {name: _problem(check) for name, check in _CHECKS.items()}


def background() -> dict[str, str]:
    """The same of what pages are as well without: the work in the background, and Redis where the settings name one. Never
    raises."""
    try:
        found = Background.look().problems()
    except Error as error:  # said of the database
        found = {"worker": _in_a_line(error)}
    return {**found, "limits": counts.problem()} if settings.REDIS_URL else found


def is_ready() -> bool:
    """Whether nothing is wrong, as it was two seconds ago at most. Of several who ask at once, one looks. Never raises."""
    global _verdict, _until
    if not _judging.acquire(timeout=_KEPT):
        return False  # what one waits for that long isn't ready, and need not hold all threads
    try:
        if monotonic() >= _until:
            _verdict = not any(problems().values())
            _until = monotonic() + _KEPT
        return _verdict
    finally:
        _judging.release()


def forget_verdict() -> None:
    """Look again when next asked."""
    global _until
    _until = 0.0


def has_token(request) -> bool:
    """Whether a request has the token of the settings; nobody has it where they name none."""
    _scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    known = settings.OPERATIONS_TOKEN
    return bool(known) and hmac.compare_digest(token.encode(), known.encode())


def may_see_details(request) -> bool:
    """Whether a request has the token, or comes from somebody who may enter the admin. A database that is away knows nobody."""
    if has_token(request):
        return True
    try:
        # Reading the session of a reader without one would make the answer vary by cookie.
        return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm("wagtailadmin.access_admin")
    except Error:
        return False


def _problem(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:  # noqa: BLE001  (whatever it is, the part doesn't work, and this page has to say so)
        return _in_a_line(error)


def _in_a_line(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"[:300]


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def missing_migrations() -> set[tuple[str, str]]:
    """App and name of each migration that this version has and the database hasn't yet."""
    note_migrations()
    return _known - MigrationRecorder(connection).applied_migrations().keys()


def _migrations() -> str:
    missing = missing_migrations()
    return f"{len(missing)} to apply, the first {'.'.join(min(missing))}" if missing else ""


_known: set[tuple[str, str]] = set()


def note_migrations() -> None:
    """Note which migrations this version has, by the names of their files: once, and best as soon as it is loaded. Later its
    folder may have those of the next version, which this one does without."""
    if not _known:
        _known.update({(app.label, name) for app in apps.get_app_configs() for name in _migration_names(app.label)})


def _migration_names(label: str) -> Iterator[str]:
    # Django's loader reads each of them, which takes a second.
    package, _explicit = MigrationLoader.migrations_module(label)
    try:
        folders = import_module(package).__path__
    except ModuleNotFoundError:  # it has none
        return
    for module in pkgutil.iter_modules(folders):
        if not module.ispkg and module.name[0] not in "_~":
            yield module.name


def _cache() -> str:
    key, value = f"ready-{uuid4().hex}", uuid4().hex
    cache.set(key, value, 5)
    found = cache.get(key)
    cache.delete(key)
    return "" if found == value else "What was put in isn't there."


def _storage() -> str:
    for name in ("default", "private"):
        storage = storages[name]
        path = storage.save(f"ready/{uuid4().hex}", ContentFile(b"ready"))
        try:
            with storage.open(path) as file:
                if file.read() != b"ready":
                    return f"{name}: what was written reads otherwise."
        finally:
            storage.delete(path)
    return ""


_CHECKS = {
    "database": _database, "migrations": _migrations, "search": generations.problem, "cache": _cache, "storage": _storage,
}  # fmt: skip
