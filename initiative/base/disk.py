"""Files on a disk: whole, or not there."""

import errno
import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath

from django.core.files.storage import FileSystemStorage

# What disks say on which a file has one name: FAT, some of networks.
_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}


class StorageError(OSError):
    """A file can't be kept just now: no room, a disk that is read only, a bucket that doesn't answer. Nothing of it is there."""


@cache
def _error() -> type[StorageError]:
    """What is raised here: Wagtail then shows a page whose pictures can't be made in the sizes it wants as it does one whose
    pictures are missing."""
    from wagtail.images.models import SourceImageIOError  # not before there are models, which need storages

    return type("DiskError", (StorageError, SourceImageIOError), {})


class DiskStorage(FileSystemStorage):
    """As Django's, but a file has its name once all of it is written: one that a full disk cuts off leaves nothing."""

    def _save(self, name, content):
        """Raises StorageError."""
        part = str(PurePosixPath(name).with_name(f".{secrets.token_hex(8)}.part"))
        try:
            super()._save(part, content)
            return self._in_place(part, name)
        except OSError as error:
            with suppress(OSError):
                self.delete(part)
            raise _error()(error.errno, error.strerror, name) from error

    def _in_place(self, part: str, name: str) -> str:
        """Give a file its name, or another where somebody has just taken that. Nobody ever sees it empty."""
        while True:
            try:
                os.link(self.path(part), self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                return self._in_place_of_nothing(part, name)
            else:
                self.delete(part)
                return name

    def _in_place_of_nothing(self, part: str, name: str) -> str:
        """The same on a disk where no file has two names: for a moment there is an empty one."""
        while True:
            try:
                os.close(os.open(self.path(name), os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                break
            except FileExistsError:
                name = self.get_available_name(name)
        try:
            Path(self.path(part)).replace(self.path(name))
        except OSError:
            self.delete(name)
            raise
        return name
