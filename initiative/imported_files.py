"""A file of redirects is imported in two steps, each of which another machine may answer."""

from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from wagtail.contrib.redirects import utils
from wagtail.contrib.redirects.tmp_storages import BaseStorage

_FOLDER = "imports"


class SharedFile(BaseStorage):
    """With the private files, which all have, until it is imported. One that never is goes as all do that no record names."""

    def save(self, data, mode="w"):
        name = storages["private"].save(f"{_FOLDER}/{uuid4().hex}", ContentFile(data))
        self.name = name.removeprefix(f"{_FOLDER}/")

    def read(self, mode="r"):
        """The content, in bytes: Wagtail decodes what is text."""
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
