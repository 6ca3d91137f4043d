"""What stands in a PDF, and what becomes of those in which nothing can be read."""

import io
import os
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from PIL import Image

from resources.enums import Reading
from resources.services import pdf as service
from resources.services.pdf import PdfText, Unreadable, draw_first_page, read_text
from tests.resources.pdfs import pdf

WORDS = "One two three four five six seven eight nine ten eleven."


class Elsewhere(Storage):
    """A storage without paths, as those of other machines are."""

    def __init__(self):
        self.kept = {}

    def _save(self, name, content):
        self.kept[name] = content.read()
        return name

    def _open(self, name, mode="rb"):
        return ContentFile(self.kept[name])

    def exists(self, name):
        return name in self.kept

    def size(self, name):
        return len(self.kept[name])


def stored(content: bytes, storage=default_storage) -> FieldFile:
    """As a model's file is: with a path where the storage has one."""
    return FieldFile(SimpleNamespace(), FileField(storage=storage), storage.save("x.pdf", ContentFile(content)))


@pytest.fixture(params=["disk", "elsewhere"])
def storage(request, tmp_path):
    return FileSystemStorage(tmp_path) if request.param == "disk" else Elsewhere()


def test_text_of_all_pages_wherever_it_is_stored(storage):
    found = read_text(stored(pdf(WORDS, "", "Caf\xe9 (twelve) \\ thirteen"), storage))
    assert found == PdfText(Reading.FOUND, f"{WORDS}\n\nCafé (twelve) \\ thirteen", 3)


def test_divided_words_are_whole_again():
    found = read_text(stored(pdf(f"{WORDS}\nCarbon sequestra-\ntion and Soil-\nWater long-term\n- a list")))
    assert found.text == f"{WORDS} Carbon sequestration and Soil-Water long-term - a list"


@pytest.mark.parametrize(
    ("content", "state", "pages"),
    [
        (pdf("", ""), Reading.NO_TEXT, 2),
        (pdf(*["Scanned by ScanMaster"] * 30), Reading.NO_TEXT, 30),
        (pdf(WORDS, encrypted=True), Reading.ENCRYPTED, None),
        (b"%PDF-1.4\nnothing of the kind", Reading.DAMAGED, None),
        (b"", Reading.DAMAGED, None),
        (b"PK\x03\x04", Reading.DAMAGED, None),
        (pdf(), Reading.DAMAGED, None),
    ],
    ids=["scan", "scan with a watermark", "encrypted", "damaged", "empty", "another format", "no pages"],
)
def test_what_cannot_be_read_says_why(content, state, pages):
    assert read_text(stored(content)) == PdfText(state, "", pages)


def test_no_more_is_read_than_the_search_keeps(monkeypatch):
    monkeypatch.setitem(service._LIMITS, "words", 20)
    found = read_text(stored(pdf(*[WORDS] * 5)))
    assert found == PdfText(Reading.FOUND, f"{WORDS}\n\n{WORDS}", 5)
    monkeypatch.setitem(service._LIMITS, "pages", 1)
    assert read_text(stored(pdf(*[WORDS] * 5))) == PdfText(Reading.FOUND, WORDS, 5)
    monkeypatch.setitem(service._LIMITS, "letters", 7)
    assert read_text(stored(pdf(WORDS))).text == WORDS[:7]


@pytest.mark.parametrize(
    ("script", "state"),
    [
        ("while True: pass", Reading.TOO_LARGE),
        ("import os; os.abort()", Reading.DAMAGED),
        ("print('{')", Reading.DAMAGED),
        ("print('[]')", Reading.DAMAGED),
        ("""print('{"state": "too_large", "pages": null, "text": ""}')""", Reading.TOO_LARGE),
    ],
    ids=["hangs", "crashes", "half an answer", "nonsense", "too little memory"],
)
def test_a_reader_that_fails_takes_nobody_along(monkeypatch, tmp_path, script, state):
    child = tmp_path / "child.py"
    child.write_text(script)
    monkeypatch.setattr(service, "_CHILD", child)
    if script.startswith("while"):
        monkeypatch.setattr(service, "_SECONDS", 0.3)
    assert read_text(stored(pdf(WORDS))) == PdfText(state)
    with pytest.raises(Unreadable) as raised:
        draw_first_page(stored(pdf(WORDS)))
    assert raised.value.state == (Reading.DAMAGED if "\\{" in script else state)


def test_a_file_of_absurd_size_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(service, "_LARGEST", 10)
    assert read_text(stored(pdf(WORDS))) == PdfText(Reading.TOO_LARGE)


def test_the_reader_knows_nothing_of_the_site(monkeypatch, tmp_path):
    child = tmp_path / "child.py"
    child.write_text(
        "import json, os, sys\n"
        "names = ' '.join(os.environ)\n"
        "print(json.dumps({'state': 'found', 'pages': 1, 'text': f'{names};{\"django\" in sys.modules}'}))"
    )
    monkeypatch.setattr(service, "_CHILD", child)
    monkeypatch.setitem(os.environ, "SECRET_KEY", "hush")
    names, django = read_text(stored(pdf(WORDS))).text.split(";")
    assert ("SECRET_KEY" in names, "DATABASE_URL" in names, django) == (False, False, "False")


def test_a_file_that_is_gone_is_an_error_of_the_storage(tmp_path):
    file = stored(pdf(WORDS), FileSystemStorage(tmp_path))
    (tmp_path / file.name).unlink()
    with pytest.raises(FileNotFoundError):
        read_text(file)


@pytest.mark.parametrize(
    ("size", "picture"), [((200, 100), (960, 480)), ((100, 200), (960, 1920)), ((10, 1000), (20, 1920))]
)
def test_the_first_page_as_a_picture(storage, size, picture):
    drawn = Image.open(io.BytesIO(draw_first_page(stored(pdf("", WORDS, size=size), storage))))
    assert (drawn.format, drawn.mode, drawn.size) == ("PNG", "RGB", picture)
    assert drawn.getpixel((drawn.width - 1, 0)) == (255, 255, 255)


def test_no_picture_of_what_nobody_can_open():
    for content, state in (
        (pdf(WORDS, encrypted=True), Reading.ENCRYPTED),
        (b"", Reading.DAMAGED),
        (pdf(), Reading.DAMAGED),
    ):
        with pytest.raises(Unreadable) as raised:
            draw_first_page(stored(content))
        assert raised.value.state == state
