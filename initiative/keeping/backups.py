"""Backups: a folder with the database, all files, the secret key, and a list of what it has."""

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from initiative.keeping import database
from initiative.keeping.database import KeepingError
from initiative.keeping.places import Found, Place, digest, places

LIST = "list.json"
_PARTIAL, _MOMENT = ".partial", "%Y-%m-%dT%H%M%S"


@dataclass(frozen=True)
class Backup:
    """`rows` by table, and `files` by path in the folder: `[size, sha256]`."""

    folder: Path
    rows: dict[str, int]
    files: dict[str, list]


def back_up(target: Path) -> Backup:
    """Write a backup into a new folder of `target`, named by the moment. Raises KeepingError.

    A file that the last backup has already is linked to it and takes no room. The folder has its name only once it is whole.
    """
    target.mkdir(parents=True, exist_ok=True)
    last = max((folder for folder in target.iterdir() if (folder / LIST).exists()), default=None)
    moment = timezone.now().strftime(_MOMENT)
    folder = target / f"{moment}{_PARTIAL}"
    folder.mkdir(mode=0o700)
    # The database first: a file that comes later is named by nothing in it, and none that it names is missing.
    rows = database.dump(folder)
    for name, place in places().items():
        for found in map(Found._make, place.files()):
            _take(place, found, folder / name / found.name, last and last / name / found.name)
    key = Path(settings.DATA_DIR) / "secret_key"
    # Not one that the settings have put another in the place of.
    if key.exists() and key.read_text(encoding="ascii") == settings.SECRET_KEY:
        shutil.copy2(key, folder / "secret_key")
    files = {str(path.relative_to(folder)): list(digest(path)) for path in sorted(folder.rglob("*")) if path.is_file()}
    (folder / LIST).write_text(json.dumps({"made": moment, "rows": rows, "files": files}, indent=1), encoding="utf-8")
    whole = folder.rename(target / moment)
    return Backup(whole, rows, files)


def forget_old(target: Path, days: int) -> list[str]:
    """Delete what is older of a folder's backups, and of what was broken off; gives the names. The newest whole one stays,
    and so does whatever isn't named by a moment."""
    until = timezone.now() - timedelta(days=days)
    whole = sorted(folder.name for folder in target.iterdir() if not _is_partial(folder) and (folder / LIST).exists())
    old = [folder for folder in sorted(target.iterdir()) if _is_older(folder, until) and folder.name not in whole[-1:]]
    for folder in old:
        # Half deleted it isn't to be taken for a backup.
        shutil.rmtree(folder if _is_partial(folder) else folder.rename(target / f"{folder.name}{_PARTIAL}"))
    return [folder.name for folder in old]


def _is_partial(folder: Path) -> bool:
    return folder.name.endswith(_PARTIAL)


def _is_older(folder: Path, until: datetime) -> bool:
    """Whether it is a folder that is named by a moment before that one."""
    try:
        return (
            folder.is_dir()
            and datetime.strptime(folder.name.removesuffix(_PARTIAL), _MOMENT).replace(tzinfo=UTC) < until
        )
    except ValueError:
        return False


def read(folder: Path) -> Backup:
    """A backup, each of its files being what the list says. Raises KeepingError that names what isn't."""
    try:
        told = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KeepingError(f"{folder} is no backup: it has no list of what is in it.") from error
    for name, (size, sha256) in told["files"].items():
        path = folder / name
        if not path.is_file():
            raise KeepingError(f"{path} is missing.")
        if digest(path) != (size, sha256):
            raise KeepingError(f"{path} isn't what it was.")
    return Backup(folder, told["rows"], told["files"])


def restore(folder: Path, replace: bool = False) -> Backup:
    """Let the site be what a backup has. Raises KeepingError: where the site isn't empty (unless it is to be replaced), where
    the backup isn't whole, and where something isn't as it was in the end."""
    backup = read(folder)
    if not replace and not database.is_empty():
        raise KeepingError("This site is in use. Restore into an empty one, or say --replace.")
    rows = database.restore(folder, backup.rows)
    if wrong := sorted(name for name in rows.keys() | backup.rows.keys() if rows.get(name) != backup.rows.get(name)):
        raise KeepingError(f"{wrong[0]} has {rows.get(wrong[0])} rows instead of {backup.rows.get(wrong[0])}.")
    for path, (size, sha256) in backup.files.items():
        name, _slash, rest = path.partition("/")
        if place := places().get(name):
            place.put(rest, folder / path)
            if place.digest(rest) != (size, sha256):
                raise KeepingError(f"{name}/{rest} isn't what the backup has.")
    if (folder / "secret_key").exists():
        target = Path(settings.DATA_DIR) / "secret_key"
        target.write_bytes((folder / "secret_key").read_bytes())
        target.chmod(0o600)
    return backup


def _take(place: Place, found: Found, target: Path, before: Path | None) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if before and _same(found, before):
            os.link(before, target)
            return
    except OSError:
        pass  # a file system without links: it is copied
    with suppress(FileNotFoundError):  # deleted meanwhile, so nothing names it any more
        place.take(found.name, target)
        os.utime(target, (found.written, found.written))


def _same(found: Found, before: Path) -> bool:
    if not before.exists():
        return False
    told = before.stat()
    return (told.st_size, round(told.st_mtime, 3)) == (found.size, round(found.written, 3))
