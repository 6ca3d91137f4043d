"""A file of redirects is imported in two steps, each of which another machine may answer."""

from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from wagtail.contrib.redirects import utils
from wagtail.contrib.redirects.tmp_storages import BaseStorage

_FOLDER = "imports"


class SharedFile(BaseStorage):
    """With the private files, which all have, until it is imported. One that never is goes as all do that no record names.

    It is stored when its name is first asked for. Wagtail does that to show the second step, once it could read the file: of one
    that is refused nothing is kept.
    """

    def __init__(self, name: str | None = None):
        self._name, self._data = name, None

    @property
    def name(self) -> str | None:
        if self._name is None and self._data is not None:
            stored = storages["private"].save(f"{_FOLDER}/{uuid4().hex}", ContentFile(self._data))
            self._name = stored.removeprefix(f"{_FOLDER}/")
        return self._name

    def save(self, data: bytes, mode="w"):
        self._data = data

    def read(self, mode="r") -> bytes:
        """The content, in bytes: Wagtail decodes what is text."""
        if self._data is not None:
            return self._data
        with storages["private"].open(self._path) as file:
            return file.read()

    def remove(self):
        storages["private"].delete(self._path)

    @property
    def _path(self) -> str:
        return f"{_FOLDER}/{self.name}"


def connect() -> None:
    """Let Wagtail keep such files so, where it would in a folder of this machine; called once, when the apps are ready."""
    utils.TempFolderStorage = SharedFile
