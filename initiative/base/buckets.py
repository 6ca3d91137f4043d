"""Files in a bucket that speaks S3's protocol, for a site on several machines. Needs requirements-optional.txt.

Nothing in the bucket is public, and no address leads to it: pictures, documents and private files are all handed out by the
application, as from a disk, so every reader meets the same rules and no other host is ever asked.
"""

import hashlib
import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from storages.backends.s3 import S3File, S3Storage
from storages.utils import clean_name

from initiative.base.disk import StorageError

_CONFIG = Config(connect_timeout=5, read_timeout=30, retries={"mode": "standard", "total_max_attempts": 3})
_GONE = ("404", "NoSuchKey")
_TAKEN = ("PreconditionFailed", "ConditionalRequestConflict")


class BucketError(StorageError):
    """The bucket doesn't answer, or refuses: what a disk that fails raises, too."""


class BucketStorage(S3Storage):
    """Files below `location` in a bucket; a name is given once, whoever else asks for it at the same moment."""

    def __init__(self, **options):
        own = {
            "bucket_name": settings.S3_BUCKET,
            "endpoint_url": settings.S3_ENDPOINT or None,
            "region_name": settings.S3_REGION or None,
            "access_key": settings.S3_ACCESS_KEY_ID or None,
            "secret_key": settings.S3_SECRET_ACCESS_KEY or None,
            "client_config": _CONFIG,
            "default_acl": None,
            "file_overwrite": False,
            "max_memory_size": 1 << 20,  # larger ones wait on the disk while they are read
        }
        super().__init__(**own | options)

    def url(self, name, *_args, **_more):
        """The site's own address of a picture."""
        return settings.MEDIA_URL + quote(clean_name(name))

    def files(self) -> Iterator[tuple[str, int, float]]:
        """Each file's name, size in bytes, and when it was written (seconds since 1970). Raises BucketError."""
        start = f"{self.location.strip('/')}/"
        with _as_disk():
            pages = self.connection.meta.client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self.bucket_name, Prefix=start):
                for each in page.get("Contents", ()):
                    yield each["Key"].removeprefix(start), each["Size"], each["LastModified"].timestamp()

    def put(self, name: str, source: Path) -> None:
        """Store a file under just this name, whatever was there. Raises BucketError."""
        with _as_disk(), source.open("rb") as content:
            self._put(name, content)

    def take(self, name: str, target: Path) -> None:
        """Copy a file to the disk. Raises FileNotFoundError, BucketError."""
        with self.open(name) as content, target.open("wb") as copy:
            shutil.copyfileobj(content, copy)

    def digest(self, name: str) -> tuple[int, str]:
        """Size in bytes and SHA-256 of a file. Raises FileNotFoundError, BucketError."""
        with self.open(name) as content:
            return content.size, hashlib.file_digest(content, "sha256").hexdigest()

    def _save(self, name, content):
        while True:
            content.seek(0)
            try:
                with _as_disk():
                    return self._put(name, content, IfNoneMatch="*")
            except FileExistsError:
                name = self.get_alternative_name(*_parted(name))

    def _put(self, name: str, content, **conditions) -> str:
        cleaned = clean_name(name)
        told = self._get_write_parameters(cleaned, content)
        content = getattr(content, "file", content)  # boto3 wants a file of Python's, and bytes
        if isinstance(content, io.TextIOBase):
            content = io.BytesIO(content.read().encode())
        self.connection.meta.client.put_object(
            Bucket=self.bucket_name, Key=self._normalize_name(cleaned), Body=content, **told, **conditions
        )
        return cleaned

    def _open(self, name, mode="rb"):
        with _as_disk():
            return _BucketFile(self._normalize_name(clean_name(name)), mode, self)

    def delete(self, name):
        with _as_disk():
            super().delete(name)

    def exists(self, name):
        with _as_disk():
            return super().exists(name)

    def listdir(self, name):
        with _as_disk():
            return super().listdir(name)

    def size(self, name):
        with _as_disk():
            return super().size(name)


class PrivateBucketStorage(BucketStorage):
    """What comes from outside and only some may see."""

    def url(self, name, *_args, **_more):
        """Raises ValueError: there is none."""
        raise ValueError(f"{name} is private.")


class _BucketFile(S3File):
    def _fetched(self):
        with _as_disk():
            return self._get_file()

    file = property(_fetched, S3File._set_file)


def _parted(name: str) -> tuple[str, str]:
    path = Path(name)
    return str(path.with_suffix("")), path.suffix


@contextmanager
def _as_disk():
    """Faults as a disk has them: who stores files knows no bucket."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code")
        if code in _TAKEN:
            raise FileExistsError(str(error)) from error
        if code in _GONE:
            raise FileNotFoundError(str(error)) from error
        raise BucketError(str(error)) from error
    except BotoCoreError as error:
        raise BucketError(str(error)) from error
