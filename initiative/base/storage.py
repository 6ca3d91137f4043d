"""Static files for a real site: joined style sheets, one script, names with a hash of the content, compressed when
collected."""

import hashlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from initiative.base.assets import join_stylesheets
from initiative.base.disk import DiskStorage
from initiative.base.scripts import join_scripts

STYLESHEETS = ("css/site.css", "css/further.css")
_JOINED = {**dict.fromkeys(STYLESHEETS, join_stylesheets), "js/site.js": join_scripts}
IGNORED = ["CVS", ".*", "*~"]  # as collectstatic does


class PrivateStorage(DiskStorage):
    """Files below PRIVATE_ROOT. They have no address: only a view that knows who may have one hands it out."""

    @property
    def base_location(self):
        return settings.PRIVATE_ROOT

    @property
    def location(self):
        return str(Path(self.base_location).absolute())

    def url(self, name):
        """Raises ValueError: there is none."""
        raise ValueError(f"{name} is private.")


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Joins the style sheets and `js/site.js`, then hashes and compresses; other imports of JavaScript modules follow the
    hashed names."""

    support_js_module_import_aggregation = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._urls: dict[tuple, str] = {}

    def url(self, name, force=False):
        """As Django's, worked out once for each name, of which templates have some dozens: the manifest stays as it was read."""
        asked = (self.base_url, name, force)
        if settings.DEBUG or asked not in self._urls:
            self._urls[asked] = super().url(name, force)
        return self._urls[asked]

    def post_process(self, paths, dry_run=False, **options):
        """As Django's: `paths` maps each collected name to its (storage, path). Raises StylesheetError, ScriptError."""
        if not dry_run:
            paths = paths | {name: _joined(name, join, paths) for name, join in _JOINED.items() if name in paths}
        yield from super().post_process(paths, dry_run=dry_run, **options)
        self._urls.clear()

    def url_converter(self, name, hashed_files, template=None):
        """As Django's, but comments that name a type, as `{import("../htmx").Api}` in django_htmx, stay as they are."""
        convert = super().url_converter(name, hashed_files, template)

        def converter(match):
            # A browser needs the file's ending, a comment never has one.
            if name.endswith(".js") and not PurePosixPath(match["url"]).suffix:
                return match["matched"]
            return convert(match)

        return converter

    def compress_files(self, paths):
        """As whitenoise's, for what readers ask for: hashed names, no source maps. The rest would double the time."""
        asked_for = {name for name in self.hashed_files.values() if not name.endswith(".map")}
        return super().compress_files(asked_for.intersection(paths))


def static_fingerprint() -> str:
    """A short text that changes with any static file of the project or an application, and with how they are built."""
    digest = hashlib.sha256(f"{settings.STATIC_ROOT} {version('whitenoise')} {version('django')}".encode())
    for source in (Path(__file__), *map(Path(__file__).with_name, ("assets.py", "scripts.py"))):
        digest.update(source.read_bytes())
    for finder in get_finders():
        for name, storage in finder.list(IGNORED):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:20]


def _joined(name: str, join: Callable, paths: dict) -> tuple[InMemoryStorage, str]:
    def read(wanted: str) -> str:
        if wanted not in paths:
            raise FileNotFoundError(wanted)
        storage, path = paths[wanted]
        with storage.open(path) as file:
            return file.read().decode()

    memory = InMemoryStorage()
    memory.save(name, ContentFile(join(name, read).encode()))
    return memory, name
