"""Stored pictures are what they would be if they were uploaded today: those from before a rule are made anew."""

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL.Image import DecompressionBombWarning
from wagtail.images import get_image_model

from initiative.base.pictures import BrokenPictureError, is_bare, made_smaller, pixels_and_frames, without_metadata
from initiative.keeping.fixity import note_replaced

_FOLDER = "original_images"
_FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


class Found(StrEnum):
    """What came of a file."""

    KEPT = "Kept"
    REMADE = "Remade"
    CHANGED = "Changed meanwhile"  # by an editor, who uploads what is in order
    LARGE = "Too large, and moves"
    DAMAGED = "Damaged, or no picture"
    MISSING = "Missing, or can't be written"
    LEFT_OVER = "Left over, deleted"
    WOULD_GO = "Left over, would be deleted"
    UNNAMED = "Of no picture"


OF_NO_RECORD = (Found.LEFT_OVER, Found.WOULD_GO, Found.UNNAMED)
WRONG = (Found.LARGE, Found.DAMAGED, Found.MISSING, Found.UNNAMED)


@dataclass(frozen=True)
class Seen:
    """A file, by its name in the storage; of one that is made anew, its size in bytes before and after."""

    what: Found
    name: str
    size: int = 0
    made: int = 0


def remake_pictures(dry_run: bool = False) -> Iterator[Seen]:
    """Look at the file of each picture, and then at those that a run left which was broken off.

    What is made anew is written whole under a name of its own, since a name stands for one content only; then the record is
    changed, in one transaction with what is known of the file and without the sizes made of it; the file before goes last.
    """
    for key, name in get_image_model().objects.order_by("pk").values_list("pk", "file"):
        yield _remake(key, name, dry_run)
    yield from _left_over(dry_run)


def _remake(key: int, name: str, dry_run: bool) -> Seen:
    try:
        content = _content(name)
        made, is_large = _made(content)
        if made != content and not dry_run and not _put(key, name, made):
            return Seen(Found.CHANGED, name)
    except BrokenPictureError:
        return Seen(Found.DAMAGED, name)
    except OSError:
        return Seen(Found.MISSING, name)
    what = Found.LARGE if is_large else Found.REMADE if made != content else Found.KEPT
    return Seen(what, name, len(content), len(made))


def _made(content: bytes) -> tuple[bytes, bool]:
    """A picture as it should be stored, and whether it stays larger than one that is uploaded. Raises BrokenPictureError."""
    most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DecompressionBombWarning)
        made = content if is_bare(content) else without_metadata(content)
        each, frames = pixels_and_frames(made)
        if each * frames <= most:
            return made, False
        return (made, True) if frames > 1 else (made_smaller(made, most), False)


def _put(key: int, before: str, made: bytes) -> bool:
    """Store a picture made anew; False where an editor has just stored another, or deleted it. Raises OSError."""
    picture = None
    try:
        with transaction.atomic():
            picture = get_image_model().objects.select_for_update().filter(pk=key, file=before).first()
            if picture is None:
                return False
            _record(picture, before, made)
    except BaseException:
        # Of what was written nothing stays; as long as it isn't, it has the name alone, and no folder.
        if picture and picture.file.name != before:
            picture.file.storage.delete(picture.file.name)
        raise
    if not get_image_model().objects.filter(file=before).exists():
        with suppress(OSError):  # the next run finds it
            default_storage.delete(before)
    return True


def _record(picture, before: str, made: bytes) -> None:
    """Write a file, and let the record say what it is."""
    area = picture.width * picture.height
    picture.file = ContentFile(made, PurePosixPath(before).name)
    scale = (picture.width * picture.height / area) ** 0.5 if area else 1
    if scale != 1 and picture.has_focal_point():
        for name in _FOCUS:
            setattr(picture, name, round(getattr(picture, name) * scale))
    picture.file_size, picture.file_hash = len(made), _sha1(made)
    picture.save()
    picture.renditions.all().delete()
    note_replaced("default", before, picture.file.name, made)


def _left_over(dry_run: bool) -> Iterator[Seen]:
    """What no picture names and has more in it than shows. Where it was made anew for one, it goes; else somebody has to look:
    perhaps it is the wrong database."""
    named = set(get_image_model().objects.values_list("file", flat=True))
    for name in sorted(_stored() - named):
        try:
            content = _content(name)
            made, _is_large = _made(content)
        except (BrokenPictureError, OSError):
            yield Seen(Found.UNNAMED, name)
            continue
        if made == content:
            continue  # it shows all there is: perhaps it is just being uploaded
        if not get_image_model().objects.filter(file_hash=_sha1(made)).exists():
            yield Seen(Found.UNNAMED, name)
            continue
        if not dry_run:
            default_storage.delete(name)
        yield Seen(Found.WOULD_GO if dry_run else Found.LEFT_OVER, name)


def _stored() -> set[str]:
    """Whole files in the folder of pictures; those that are being written begin with a dot."""
    try:
        names = default_storage.listdir(_FOLDER)[1]
    except FileNotFoundError:
        return set()
    return {f"{_FOLDER}/{name}" for name in names if not name.startswith(".")}


def _content(name: str) -> bytes:
    """Raises OSError."""
    with default_storage.open(name) as file:
        return file.read()


def _sha1(content: bytes) -> str:
    """As Wagtail notes it."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
