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
    last = next(reversed(_whole(target)), None)
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


@dataclass(frozen=True)
class Forgotten:
    """Names of folders: those deleted, and those that couldn't be, with why."""

    deleted: list[str]
    left: dict[str, str]


def forget_old(target: Path, days: int) -> Forgotten:
    """Delete what is older of a folder's backups, and of what was broken off, but never the newest whole one.

    Days are counted back from the one before the newest: a clock that is ahead, or a long pause, deletes no more than a night
    would. Only what is named by a moment is looked at. Raises KeepingError, and deletes nothing, where the newest has less than
    half the rows of one that is to go: then it may be of an empty site.
    """
    whole = _whole(target)
    until = min([timezone.now(), *map(_moment, whole[-2:-1])]) - timedelta(days=days)
    old = [folder for folder in _of_moments(target) if _moment(folder) < until and folder not in whole[-1:]]
    for folder in set(old) & set(whole):
        if 2 * _rows(whole[-1]) < _rows(folder):
            raise KeepingError(f"{whole[-1].name} has far fewer rows than {folder.name}: no old backup is deleted.")
    forgotten = Forgotten([], {})
    for folder in old:
        try:
            # Half deleted it isn't to be taken for a backup.
            (folder / LIST).unlink(missing_ok=True)
            shutil.rmtree(folder)
        except OSError as error:
            forgotten.left[folder.name] = str(error)
        else:
            forgotten.deleted.append(folder.name)
    return forgotten


def _whole(target: Path) -> list[Path]:
    """The whole backups of a folder, the oldest first; not those of a clock that was ahead."""
    now = timezone.now()
    return [folder for folder in _of_moments(target) if _moment(folder) <= now and _is_whole(folder)]


def _is_whole(folder: Path) -> bool:
    try:
        return folder.suffix != _PARTIAL and (folder / LIST).exists()
    except OSError:  # somebody else's
        return False


def _of_moments(target: Path) -> list[Path]:
    """The folders that are named as those of backups are, the oldest first."""
    named = [path for path in sorted(target.iterdir()) if _moment(path)]
    return [path for path in named if path.is_dir() and not path.is_symlink()]


def _moment(folder: Path) -> datetime | None:
    try:
        return datetime.strptime(folder.name.removesuffix(_PARTIAL), _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _rows(folder: Path) -> int:
    """Of all tables but the search's, which may be there twice; 0 where the list can't be read."""
    try:
        rows = json.loads((folder / LIST).read_text(encoding="utf-8"))["rows"]
        return sum(count for name, count in rows.items() if not name.startswith("search_"))
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return 0


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
