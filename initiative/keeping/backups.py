"""Backups: a folder with the database, all files, the secret key, and a list of what it has."""

import hashlib
import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from initiative.keeping import database
from initiative.keeping.database import KeepingError

LIST = "list.json"
_PARTIAL = ".partial"


@dataclass(frozen=True)
class Backup:
    """`rows` by table, and `files` by path in the folder: `[size, sha256]`."""

    folder: Path
    rows: dict[str, int]
    files: dict[str, list]


def roots() -> dict[str, Path]:
    """The site's folders of files, by the name they have in a backup."""
    return {"media": Path(settings.MEDIA_ROOT), "private": Path(settings.PRIVATE_ROOT)}


def back_up(target: Path) -> Backup:
    """Write a backup into a new folder of `target`, named by the moment. Raises KeepingError.

    A file that the last backup has already is linked to it and takes no room. The folder has its name only once it is whole.
    """
    target.mkdir(parents=True, exist_ok=True)
    last = max((folder for folder in target.iterdir() if (folder / LIST).exists()), default=None)
    moment = timezone.now().strftime("%Y-%m-%dT%H%M%S")
    folder = target / f"{moment}{_PARTIAL}"
    folder.mkdir(mode=0o700)
    # The database first: a file that comes later is named by nothing in it, and none that it names is missing.
    rows = database.dump(folder)
    for name, root in roots().items():
        for source in sorted(path for path in root.rglob("*") if path.is_file()):
            _take(source, folder / name / source.relative_to(root), last and last / name / source.relative_to(root))
    key = Path(settings.DATA_DIR) / "secret_key"
    if key.exists():
        shutil.copy2(key, folder / "secret_key")
    files = {str(path.relative_to(folder)): list(_digest(path)) for path in sorted(folder.rglob("*")) if path.is_file()}
    (folder / LIST).write_text(json.dumps({"made": moment, "rows": rows, "files": files}, indent=1), encoding="utf-8")
    whole = folder.rename(target / moment)
    return Backup(whole, rows, files)


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
        if _digest(path) != (size, sha256):
            raise KeepingError(f"{path} isn't what it was.")
    return Backup(folder, told["rows"], told["files"])


def restore(folder: Path, replace: bool = False) -> Backup:
    """Let the site be what a backup has. Raises KeepingError: where the site isn't empty (unless it is to be replaced), where
    the backup isn't whole, and where something isn't as it was in the end."""
    backup = read(folder)
    if not replace and not database.is_empty():
        raise KeepingError("This site is in use. Restore into an empty one, or say --replace.")
    rows = database.restore(folder)
    if wrong := sorted(name for name in rows.keys() | backup.rows.keys() if rows.get(name) != backup.rows.get(name)):
        raise KeepingError(f"{wrong[0]} has {rows.get(wrong[0])} rows instead of {backup.rows.get(wrong[0])}.")
    for name, root in roots().items():
        if (folder / name).exists():
            shutil.copytree(folder / name, root, dirs_exist_ok=True)
    for path, (size, sha256) in backup.files.items():
        name, _slash, rest = path.partition("/")
        if name in roots() and _digest(roots()[name] / rest) != (size, sha256):
            raise KeepingError(f"{roots()[name] / rest} isn't what the backup has.")
    if (folder / "secret_key").exists():
        target = Path(settings.DATA_DIR) / "secret_key"
        target.write_bytes((folder / "secret_key").read_bytes())
        target.chmod(0o600)
    return backup


def _take(source: Path, target: Path, before: Path | None) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if before and _same(source, before):
            os.link(before, target)
            return
    except OSError:
        pass  # a file system without links: it is copied
    with suppress(FileNotFoundError):  # deleted meanwhile, so nothing names it any more
        shutil.copy2(source, target)


def _same(one: Path, other: Path) -> bool:
    if not other.exists():
        return False
    first, second = one.stat(), other.stat()
    return (first.st_size, first.st_mtime_ns) == (second.st_size, second.st_mtime_ns)


def _digest(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
