"""What a file is, told by its content: never by its name alone, nor by what somebody says of it."""

import re
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

PDF, JPEG, PNG, WEBP = "application/pdf", "image/jpeg", "image/png", "image/webp"
JPEG_START = b"\xff\xd8\xff"
_BY_ENDING = {"pdf": PDF, "jpg": JPEG, "jpeg": JPEG, "png": PNG, "webp": WEBP}
# Of a text no writer makes them: all control characters but tabs and the ends of lines and pages.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")

_ARCHIVE, _ARCHIVE_END, _LONG_ARCHIVE_END = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
# What Microsoft's formats keep their text in, beside the list that each has; what the others say of themselves.
_PARTS = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}
_CONTENT_TYPES = "[Content_Types].xml"
_SAYS = {
    "epub": b"application/epub+zip",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odt": b"application/vnd.oasis.opendocument.text",
}
# Bytes of the list at an archive's end: thousands of parts. Reading one takes ten times its size in memory.
_LONGEST_LIST = 1 << 20


def found_type(head: bytes) -> str:
    """The media type that the first bytes of a file tell; empty for all but PDF and the pictures named here."""
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(JPEG_START):
        return JPEG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    return ""


def is_text(content: bytes) -> bool:
    """Whether it reads as text, in any encoding that keeps ASCII, and not as a page or a drawing that a browser would run."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return start != b"<" and not found_type(content[:1024]) and not _NO_TEXT.search(content)


def is_whole_pdf(content: bytes) -> bool:
    """Whether a PDF begins and ends as one."""
    return found_type(content[:1024]) == PDF and b"%%EOF" in content[-2048:]


def refuse_another_kind(name: str, content: bytes) -> None:
    """Raises ValidationError where a file isn't what its ending says. An ending that is not known here is refused."""
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if not _is(ending, content):
        told = gettext(
            "“%(name)s” is not what its name says. Save it again as a .%(ending)s file, or choose another file."
        )
        raise ValidationError(told, "kind", {"name": name, "ending": ending})


def _is(ending: str, content: bytes) -> bool:
    if ending == "pdf":
        return is_whole_pdf(content)
    if ending in _BY_ENDING:
        return found_type(content[:1024]) == _BY_ENDING[ending]
    if ending in ("csv", "txt"):
        return is_text(content)
    return _is_archive(ending, content)


def _is_archive(ending: str, content: bytes) -> bool:
    if not content.startswith((_ARCHIVE, _ARCHIVE_END)) or not zipfile.is_zipfile(BytesIO(content)):
        return False
    if ending == "zip":
        return True  # what is in it is nobody's to open here
    end = content.rfind(_ARCHIVE_END)
    length = int.from_bytes(content[end + 12 : end + 16], "little")
    if length > _LONGEST_LIST or content[max(0, end - 20) :].startswith(_LONG_ARCHIVE_END):
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _is_office(ending, archive)
    except (zipfile.BadZipFile, zipfile.zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return False


def _is_office(ending: str, archive: zipfile.ZipFile) -> bool:
    names = set(archive.namelist())
    if ending in _PARTS:
        return _CONTENT_TYPES in names and any(name.startswith(_PARTS[ending]) for name in names)
    said = _SAYS.get(ending)
    if not said or "mimetype" not in names:
        return False
    told = archive.getinfo("mimetype")
    # Other ways of packing have no bound on what they take to unpack, and errors of their own.
    if told.file_size > 2 * len(said) or told.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return False
    return archive.read("mimetype").strip() == said
