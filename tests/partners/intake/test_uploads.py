"""Files are what they are found to be, or they are refused with words that help."""

import json
import os
import struct
import subprocess
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image
from PIL.WebPImagePlugin import WebPImageFile

from initiative.base import one_at_a_time as turns
from partners.intake.uploads import (
    LARGEST,
    MEGABYTE,
    MOST_SCANS,
    EvidenceField,
    LogoField,
    PaperField,
    add_turned_away,
    watch_uploads,
)
from tests.partners.joining.applicant import pdf, png, upload

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def bomb() -> bytes:
    """A PNG of a few kilobytes that would unpack to a gigapixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (3_751 * 300), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("field", "name", "content", "message"),
    [
        (LogoField, "logo.svg", SVG, "“logo.svg” is not what its name says, or of a kind that is not taken. Send a PNG, JPEG or WebP picture; SVG is not taken."),
        (LogoField, "logo.png", SVG, "“logo.png” is not what its name says, or of a kind that is not taken. Send a PNG, JPEG or WebP picture; SVG is not taken."),
        (LogoField, "logo.png", HTML, "“logo.png” is not what its name says, or of a kind that is not taken. Send a PNG, JPEG or WebP picture; SVG is not taken."),
        (LogoField, "logo.png", png()[:-30], "“logo.png” is damaged: it can’t be opened. Send it again, or another one."),
        (LogoField, "logo.png", bomb(), "“logo.png” has more than 10 million pixels. Send a smaller picture."),
        (LogoField, "logo.png", png() + b"\0" * 10 * MEGABYTE, "“logo.png” is larger than 5 MB. Send a smaller one."),
        (LogoField, "logo.png", b"", "“logo.png” is empty."),
        (LogoField, "logo.pdf", pdf(), "“logo.pdf” is not what its name says, or of a kind that is not taken. Send a PNG, JPEG or WebP picture; SVG is not taken."),
        (PaperField, "statutes.pdf", HTML, "“statutes.pdf” is not what its name says, or of a kind that is not taken. Send a PDF, or a scan as JPEG or PNG."),
        (PaperField, "statutes.pdf", b"%PDF-1.7 cut off", "“statutes.pdf” is damaged: it can’t be opened. Send it again, or another one."),
        (PaperField, "statutes.docx", b"PK\x03\x04", "“statutes.docx” is not what its name says, or of a kind that is not taken. Send a PDF, or a scan as JPEG or PNG."),
        (EvidenceField, "field.csv", b"<html>,;", "“field.csv” is not what its name says, or of a kind that is not taken. Send a PDF, a JPEG or PNG picture, or a table as CSV."),
        (EvidenceField, "field.csv", b"MZ\x00,;", "“field.csv” is not what its name says, or of a kind that is not taken. Send a PDF, a JPEG or PNG picture, or a table as CSV."),
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_is_refused(field, name, content, message):
    with pytest.raises(ValidationError) as refused:
        field().clean(upload(name, content))
    assert refused.value.messages == [message]


def test_a_logo_is_drawn_anew():
    drawn = BytesIO()
    picture = Image.new("RGB", (4_000, 100), "red")
    exif = picture.getexif()
    exif[0x9286], exif[0x0112] = "made at home", 6  # a comment; lying on its side
    picture.save(drawn, "JPEG", exif=exif)
    content = drawn.getvalue() + b"<script>alert(1)</script>"
    checked = LogoField().clean(upload("../../my\nlogo.html", content))
    again = Image.open(BytesIO(checked.content))
    assert (checked.name, checked.media_type) == ("my logo.html", "image/jpeg")
    assert again.size == (40, 1_600)
    assert not again.getexif()
    assert b"script" not in checked.content
    assert b"made at home" not in checked.content
    webp = BytesIO()
    Image.new("RGBA", (20, 20)).save(webp, "WEBP")
    assert LogoField().clean(upload("a.webp", webp.getvalue())).media_type == "image/png"


def with_exif(kind: str, exif: bytes) -> bytes:
    """A good picture with a camera's words beside it, however they read."""
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, kind, exif=exif)
    return drawn.getvalue()


# Turned, with a resolution in letters.
_LETTERS = (
    b"MM\0*\0\0\0\x08\0\x02" + bytes.fromhex("0112 0003 00000001 0006 0000  011a 0002 00000004 61626300") + b"\0" * 4
)


@pytest.mark.parametrize("exif", [b"XXXXXXXXYYYY", _LETTERS], ids=["no exif", "letters for a number"])
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_logo_with_damaged_words_of_a_camera_is_damaged(kind, exif):
    with pytest.raises(ValidationError) as refused:
        LogoField().clean(upload("logo.png", with_exif(kind, exif)))
    assert refused.value.messages == ["“logo.png” is damaged: it can’t be opened. Send it again, or another one."]


def webp(side: int) -> bytes:
    """A picture of so many pixels a side, in some hundred bytes."""
    drawn = BytesIO()
    Image.new("RGBA", (side, side)).save(drawn, "WEBP", lossless=True)
    return drawn.getvalue()


# Eight threads at once, with as much memory as one or two of them need; what came of each, as JSON.
CROWD = """
import json, re, resource, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import django

django.setup()
from django.core.exceptions import ValidationError

from tests.partners.intake.test_uploads import LogoField, upload

content, crowd = Path(sys.argv[1]).read_bytes(), 8
barrier = Barrier(crowd)


def clean(_turn):
    barrier.wait()
    try:
        return LogoField().clean(upload("logo.webp", content)).media_type
    except ValidationError as error:
        return error.code
    except BaseException as error:
        return repr(error)


with ThreadPoolExecutor(crowd) as pool:
    list(pool.map(lambda _turn: barrier.wait(), range(crowd)))  # its threads are there
    LogoField().clean(upload("logo.webp", Path(sys.argv[2]).read_bytes()))
    size = int(re.search(r"VmSize:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) << 10
    most = size + 450 * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    print(json.dumps(list(pool.map(clean, range(crowd)))))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize(("side", "told"), [(3_160, {"image/png", "busy"}), (4_470, {"pixels"})])
def test_eight_small_files_of_large_pictures_take_the_memory_of_one(tmp_path, side, told):
    large, small = tmp_path / "large.webp", tmp_path / "small.webp"
    large.write_bytes(webp(side))
    small.write_bytes(webp(16))
    assert large.stat().st_size < 1_000
    environment = os.environ | {"MALLOC_ARENA_MAX": "1", "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
    child = subprocess.run(
        [sys.executable, "-c", CROWD, large, small],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    came = json.loads(child.stdout)
    assert set(came) <= told
    assert set(came) != {"busy"}


def test_two_threads_are_never_both_at_a_picture(monkeypatch):
    inside, most = [], []
    load = WebPImageFile.load

    def slowly(picture):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.05)
        try:
            return load(picture)
        finally:
            inside.pop()

    monkeypatch.setattr(WebPImageFile, "load", slowly)
    content = webp(40)
    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(lambda _turn: LogoField().clean(upload("a.webp", content)), range(4)))
    assert {one.media_type for one in taken} == {"image/png"}
    assert (len(most) >= 4, max(most)) == (True, 1)


def test_who_would_wait_too_long_is_asked_to_send_it_again(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with ThreadPoolExecutor(1) as pool, turns.one_at_a_time():
        form = pool.submit(_read, {"first": "a", "last": "z"}, {"paper": upload("scan.png", png())}).result()
    assert form.errors == {
        "paper": ["Too many pictures came at once. Nothing is lost: send this one again in a moment."]
    }
    assert (form["first"].value(), form["last"].value()) == ("a", "z")


def _read(data: dict, files: dict) -> forms.Form:
    form = Letter(data, files)
    form.is_valid()
    return form


def test_a_jpeg_that_goes_over_its_pixels_again_and_again_is_not_even_opened(monkeypatch):
    drawn = BytesIO()
    Image.new("RGB", (64, 64), "red").save(drawn, "JPEG", progressive=True)
    content = drawn.getvalue()
    last = content[content.rindex(b"\xff\xda") : -2]
    scans = content.count(b"\xff\xda")
    assert 5 < scans < 20
    most = content[:-2] + last * (MOST_SCANS - scans) + b"\xff\xd9"
    assert PaperField().clean(upload("scan.jpg", most)).media_type == "image/jpeg"
    # A small picture in its head, and what a camera puts behind it, aren't its own.
    head = b"\xff\xe1" + (2 + 400).to_bytes(2) + b"\xff\xda" * 200
    assert PaperField().clean(upload("scan.jpg", content[:2] + head + content[2:] + b"\xff\xda" * 200))
    monkeypatch.setattr(Image, "open", lambda *_arguments, **_options: pytest.fail("It was opened."))
    for field in (PaperField(), LogoField(), EvidenceField()):
        with pytest.raises(ValidationError, match="is damaged"):
            field.clean(upload("scan.jpg", content[:-2] + last * (MOST_SCANS - scans + 1) + b"\xff\xd9"))


def test_papers_are_taken_for_what_they_are():
    for name, content, media_type in (
        ("a.pdf", pdf(), "application/pdf"),
        ("a.pdf", png(), "image/png"),
        ("scan", png(), "image/png"),
    ):
        assert PaperField().clean(upload(name, content)).media_type == media_type
    table, scan = upload("f.csv", b'a;b\n=HYPERLINK("x");1\n'), upload("a.pdf", png())
    assert [one.media_type for one in EvidenceField().clean([table, scan])] == ["text/csv", "image/png"]
    assert EvidenceField(required=False).clean([]) == []
    assert PaperField(required=False).clean(None) is None
    with pytest.raises(ValidationError):
        PaperField().clean(None)


class Letter(forms.Form):
    first = forms.CharField()
    paper = PaperField()
    last = forms.CharField()


def test_what_is_far_too_large_is_thrown_away_while_it_comes_and_the_rest_is_kept(rf):
    content = pdf() + b"\0" * (LARGEST + 1)
    large = SimpleUploadedFile("large.pdf", content)
    request = rf.post("/", {"first": "a", "paper": large, "last": "z"})
    watch_uploads(request)
    form = Letter(request.POST, request.FILES)
    assert not form.is_valid()
    add_turned_away(form, request)
    assert not request.FILES
    assert form.errors == {"paper": ["“large.pdf” is larger than 10 MB. Send a smaller one."]}
    assert (form["first"].value(), form["last"].value()) == ("a", "z")
    assert HttpResponse(str(form)).status_code == 200
