"""What stands in a PDF, asked of a process that may fail: within limits of pages, size and time."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import File

from resources.citations.text import one_line
from resources.enums import Reading

# As much as the search keeps of a text.
WORDS = 15_000
_LIMITS = {"pages": 300, "words": WORDS, "letters": 150_000}
_LARGEST = 100 << 20  # bytes
_SECONDS = 20
_CHILD = Path(__file__).with_name("pdf_child.py")

# A hyphen at the end of a line, which PDFium mostly writes as a sign that is no letter. Before a capital letter it stays.
_DIVIDED = re.compile(r"(?:[\x02\ufffe\xad]\s*|(?<=[^\W\d_])-[ ]*\n\s*)(?P<capital>(?=[A-ZÀ-Þ]))?")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


@dataclass(frozen=True)
class PdfText:
    """What was read: the text with pages parted by empty lines, where `state` is `found`; how many pages there are."""

    state: Reading
    text: str = ""
    pages: int | None = None


class Unreadable(Exception):
    """A PDF that can't be opened; `state` says why."""

    def __init__(self, state: Reading):
        super().__init__(state.label)
        self.state = state


def read_text(file: File) -> PdfText:
    """The text of a PDF. Never raises for what is in the file; OSError where the storage doesn't give it."""
    try:
        told = json.loads(_ask("text", file, _LIMITS))
        state = Reading(told["state"])
    except Unreadable as error:
        return PdfText(error.state)
    except (ValueError, KeyError, TypeError):  # it was stopped while it wrote
        return PdfText(Reading.DAMAGED)
    return PdfText(state, _tidied(told["text"]), told["pages"])


def draw_first_page(file: File, width: int = 960) -> bytes:
    """The first page as a PNG of a width in pixels. Unreadable where there is none to see."""
    told = _ask("cover", file, {"width": width})
    if told.startswith(b"\x89PNG"):
        return told
    try:
        raise Unreadable(Reading(json.loads(told)["state"]))
    except (ValueError, KeyError, TypeError):
        raise Unreadable(Reading.DAMAGED) from None


def _ask(action: str, file: File, limits: dict) -> bytes:
    if file.size > _LARGEST:
        raise Unreadable(Reading.TOO_LARGE)
    with _on_disk(file) as path:
        command = [sys.executable, "-I", str(_CHILD), action, str(path), json.dumps(limits)]
        try:
            # Without the environment: it holds the site's secrets, which a file has no business with.
            answer = subprocess.run(command, capture_output=True, timeout=_SECONDS, env={}, check=False)  # noqa: S603  (our own script)
        except subprocess.TimeoutExpired:
            raise Unreadable(Reading.TOO_LARGE) from None
    if answer.returncode:
        raise Unreadable(Reading.DAMAGED)
    return answer.stdout


@contextmanager
def _on_disk(file: File) -> Iterator[Path]:
    """A path of the file; of a copy where it is stored elsewhere."""
    try:
        path = Path(file.path)
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as copy, file.open("rb") as source:
            for chunk in source.chunks():
                copy.write(chunk)
            copy.flush()
            yield Path(copy.name)
    else:
        path.stat()
        yield path


def _tidied(text: str) -> str:
    """The text with divided words joined, lines run together, and pages apart."""
    pages = text.replace("\r\n", "\n").translate(_LIGATURES).split("\f")
    return "\n\n".join(tidied for page in pages if (tidied := one_line(_DIVIDED.sub(_joined, page))))


def _joined(divided: re.Match) -> str:
    return "" if divided["capital"] is None else "-"
