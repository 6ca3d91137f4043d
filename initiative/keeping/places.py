"""Where the site's files are: a folder of this machine, or a bucket."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from django.conf import settings
from django.core.files.storage import storages


class Found(NamedTuple):
    """A file by its name in its place, with size in bytes and time of writing (seconds since 1970)."""

    name: str
    size: int
    written: float


class Place(Protocol):
    """What a backup reads and a restore writes. Each raises OSError where the place fails."""

    def files(self) -> Iterator[tuple[str, int, float]]:
        """What `Found` has, of each file."""

    def take(self, name: str, target: Path) -> None:
        """Copy a file to `target`. Raises FileNotFoundError where it is gone."""

    def put(self, name: str, source: Path) -> None:
        """Have a file under just this name, whatever was there."""

    def digest(self, name: str) -> tuple[int, str]:
        """Size in bytes and SHA-256."""


class Folder:
    """A folder of this machine."""

    def __init__(self, root: Path):
        self.root = root

    def files(self) -> Iterator[Found]:
        for path in sorted(path for path in self.root.rglob("*") if path.is_file()):
            told = path.stat()
            yield Found(str(path.relative_to(self.root)), told.st_size, told.st_mtime)

    def take(self, name: str, target: Path) -> None:
        shutil.copy2(self.root / name, target)

    def put(self, name: str, source: Path) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, self.root / name)

    def digest(self, name: str) -> tuple[int, str]:
        return digest(self.root / name)


def digest(path: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def places() -> dict[str, Place]:
    """The site's files, by the name that they have in a backup."""
    if settings.S3_BUCKET:
        return {"media": storages["default"], "private": storages["private"]}
    return {"media": Folder(Path(settings.MEDIA_ROOT)), "private": Folder(Path(settings.PRIVATE_ROOT))}
