"""Files from strangers: taken only for what they are found to be, whatever they are called."""

import hashlib
import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from initiative.base import numbers
from initiative.base.file_kinds import JPEG, JPEG_START, PDF, PNG, WEBP, found_type, is_text, is_whole_pdf
from initiative.base.one_at_a_time import one_at_a_time
from initiative.base.pictures import BREAKS
from initiative.virus_scan.clamd import refuse_viruses
from partners.intake.models.submission_file import SUFFIXES

MEGABYTE = 1_000_000  # as sizes are told to readers
# More than any field takes; beyond it, a file is thrown away while it comes in.
LARGEST = 10 * MEGABYTE
LARGEST_LOGO = 5 * MEGABYTE
LARGEST_REQUEST = 30 * MEGABYTE
MOST_PIXELS = 20_000_000  # of a scan: A4 with 400 dots an inch has 15 million
MOST_LOGO_PIXELS = 10_000_000
# Of a JPEG, passes over all its pixels: a real one has ten or so, and each takes a decoder as long as the first.
MOST_SCANS = 100
_JPEG_END, _JPEG_SCAN = 0xD9, 0xDA
# In what is packed, a marker is 0xFF before anything but these.
_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])")
# What a logo is kept in: enough for print, little enough for a page.
LOGO_SIDE = 1_600

_CSV = "text/csv"
_PICTURES = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP}
LOGO = (PNG, JPEG, WEBP)
PAPER = (PDF, JPEG, PNG)
EVIDENCE = (PDF, JPEG, PNG, _CSV)
_ENDINGS = {PDF: ".pdf", JPEG: ".jpg,.jpeg", PNG: ".png", WEBP: ".webp", _CSV: ".csv"}


@dataclass(frozen=True)
class Checked:
    """A file that is what it says: its name as the sender knows it, its media type as it was found, its content."""

    name: str
    media_type: str
    content: bytes

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    def as_file(self) -> ContentFile:
        """The content, to be kept under a name of our own with the ending of what it is."""
        return ContentFile(self.content, name=f"file{SUFFIXES[self.media_type]}")


class CheckedFileField(forms.FileField):
    """A file of certain media types and at most so many bytes. Its value is a `Checked`.

    `found`, of the field of a form that was cleaned: the files that are right, also where others beside them are not.
    """

    most_pixels = MOST_PIXELS
    default_error_messages = {
        "large": _("“%(name)s” is larger than %(most)s. Send a smaller one."),
        "kind": _("“%(name)s” is not what its name says, or of a kind that is not taken. Send %(kinds)s."),
        "broken": _("“%(name)s” is damaged: it can’t be opened. Send it again, or another one."),
        "pixels": _("“%(name)s” has more than 20 million pixels. Send a smaller picture."),
        "empty": _("“%(name)s” is empty."),
    }

    def __init__(self, *, media_types: tuple[str, ...], most: int, kinds: str, **kwargs):
        self.media_types, self.most, self.kinds = media_types, most, kinds
        self.found: list[Checked] = []
        kwargs.setdefault("widget", forms.FileInput)
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(_ENDINGS[kind] for kind in media_types)

    def to_python(self, data):
        # Django's own field would refuse an empty file in other words, and long names that we don't keep.
        if data in self.empty_values:
            return None
        name = _shown_name(data.name)
        if data.size == 0:
            raise self._error("empty", name)
        if data.size > self.most:
            raise self.too_large(name)
        media_type = _found_type(data.read(1024), self.media_types)
        data.seek(0)
        if media_type not in self.media_types:
            raise self._error("kind", name)
        content = data.read()
        refuse_viruses(content)
        checked = self._check(name, media_type, content)
        self.found = [*self.found, checked]
        return checked

    def clean(self, data, initial=None):
        if not data and initial:
            return None  # what was given before stays
        if not data:
            self.validate(None)
            return None
        return self.to_python(data)

    def _check(self, name: str, media_type: str, content: bytes) -> Checked:
        if media_type == PDF and not is_whole_pdf(content):
            raise self._error("broken", name)
        if media_type in _PICTURES.values():
            self._open_picture(name, content)
        return Checked(name, media_type, content)

    def _open_picture(self, name: str, content: bytes) -> Image.Image | None:
        """What is made of a picture that was read to its end. Its size is known before anything of it is unpacked."""
        if content.startswith(JPEG_START) and _scans(content) > MOST_SCANS:
            raise self._error("broken", name)
        with one_at_a_time():
            made, wrong = self._unpack(content)
        if wrong:
            raise self._error(wrong, name)
        return made

    def _unpack(self, content: bytes) -> tuple[Image.Image | None, str]:
        """What is made of a picture, and which error is to be told of it. Nothing is raised: with its traceback an error holds
        on to what was unpacked, for as long as the form that shows it is there."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                picture = Image.open(BytesIO(content), formats=tuple(_PICTURES))
            if picture.width * picture.height > self.most_pixels:
                return None, "pixels"
            picture.load()
            return self._make(picture), ""
        except Image.DecompressionBombError:
            return None, "pixels"
        except BREAKS:
            return None, "broken"

    def _make(self, picture: Image.Image) -> Image.Image | None:
        """What is kept of a picture but its file: nothing."""

    def too_large(self, name: str) -> ValidationError:
        """What to say of a file that is too large."""
        return ValidationError(
            self.error_messages["large"], "large", {"name": _shown_name(name), "most": numbers.size(self.most)}
        )

    def _error(self, code: str, name: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code, {"name": name, "kinds": self.kinds})


class LogoField(CheckedFileField):
    """A picture, drawn anew: without what cameras and attackers hide in one, and no larger than it need be."""

    most_pixels = MOST_LOGO_PIXELS
    default_error_messages = {
        "pixels": _("“%(name)s” has more than 10 million pixels. Send a smaller picture."),
    }

    def __init__(self, **kwargs):
        super().__init__(
            media_types=LOGO, most=LARGEST_LOGO, kinds=_("a PNG, JPEG or WebP picture; SVG is not taken"), **kwargs
        )

    def _check(self, name, media_type, content):
        picture = self._open_picture(name, content)
        drawn = BytesIO()
        if media_type == JPEG:
            picture.convert("RGB").save(drawn, "JPEG", quality=90, optimize=True)
        else:
            media_type = PNG
            picture.convert("RGBA").save(drawn, "PNG", optimize=True)
        return Checked(name, media_type, drawn.getvalue())

    def _make(self, picture):
        """The logo, upright and small."""
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LOGO_SIDE, LOGO_SIDE))
        return upright


class PaperField(CheckedFileField):
    """A document as one signs or scans it."""

    def __init__(self, **kwargs):
        super().__init__(media_types=PAPER, most=LARGEST, kinds=_("a PDF, or a scan as JPEG or PNG"), **kwargs)


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class EvidenceField(CheckedFileField):
    """What a report rests on: a list of files."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", _ManyFiles({"multiple": True}))
        super().__init__(
            media_types=EVIDENCE, most=LARGEST, kinds=_("a PDF, a JPEG or PNG picture, or a table as CSV"), **kwargs
        )

    def clean(self, data, initial=None):
        """A list of `Checked`. Raises ValidationError with what is wrong with each."""
        errors = []
        for one in data if isinstance(data, list) else [data]:
            try:
                super().clean(one, initial)
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return self.found


def _shown_name(name: str) -> str:
    """The sender's name of a file in one line of sane length."""
    return " ".join("".join(c if c.isprintable() else " " for c in PurePosixPath(name).name).split())[-120:] or "?"


def _found_type(head: bytes, wanted: tuple[str, ...]) -> str:
    """The media type that the first bytes of a file tell; empty for all that isn't known here."""
    return _CSV if _CSV in wanted and _is_table(head) else found_type(head)


def _scans(content: bytes) -> int:
    """How often a JPEG goes over its pixels; one more than `MOST_SCANS` stands for any more."""
    scans, place = 0, 2
    while scans <= MOST_SCANS and (found := _MARKER.search(content, place)):
        marker, place = found[1][0], found.end()
        if marker == _JPEG_END:
            break
        scans += marker == _JPEG_SCAN
        place += int.from_bytes(content[place : place + 2])  # its head, such as a camera's small picture, isn't packed
    return scans


def _is_table(head: bytes) -> bool:
    """Whether it reads as text with something between its cells."""
    return is_text(head) and any(mark in head for mark in (b",", b";", b"\t"))


class Doorkeeper(FileUploadHandler):
    """Throws away, while they come in, files that no field takes; the rest of the form is read as ever.

    The names of the fields are kept in `request.turned_away`: field → name of the file.
    """

    def __init__(self, request):
        super().__init__(request)
        self.total = 0
        request.turned_away = {}

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.size = 0

    def receive_data_chunk(self, raw_data, start):
        self.size += len(raw_data)
        self.total += len(raw_data)
        if self.size > LARGEST or self.total > LARGEST_REQUEST:
            self.request.turned_away[self.field_name] = self.file_name
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None


def watch_uploads(request) -> None:
    """Put the doorkeeper before whatever else takes files; called before anything reads the request."""
    if request.method == "POST":
        request.upload_handlers.insert(0, Doorkeeper(request))


def add_turned_away(form: forms.Form, request) -> None:
    """Say of each file that was thrown away that it was too large."""
    for name, file_name in getattr(request, "turned_away", {}).items():
        if isinstance(form.fields.get(name), CheckedFileField):
            form.errors.pop(name, None)  # it wasn't missing
            form.add_error(name, form.fields[name].too_large(file_name))
