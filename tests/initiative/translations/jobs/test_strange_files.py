"""What isn't a job, or is meant to harm: each is refused in one sentence, and nothing is taken of it."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from initiative.translations.models import ReceivedJob
from tests.initiative.translations.jobs.handing import send
from tests.reading import words

BOMB = io.BytesIO()
with zipfile.ZipFile(BOMB, "w", zipfile.ZIP_DEFLATED) as _archive:
    _archive.writestr("xl/workbook.xml", b" " * (61 * 1024 * 1024))
XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff xmlns="urn:oasis:names:tc:xliff:document:2.0">&e;</xliff>'


def packed(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return data.getvalue()


def sparse() -> bytes:
    """Six lines, each the nine thousand nine hundred and ninety-ninth piece of a text."""
    book, data = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("Texts")
    for number in range(6):
        sheet.append(["", "", "", "", "", f"en>fr initiative.person:1 text{number} 9999"])
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "This file is empty."),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10.0 MB"),
        (b"not a file", "This is no XML that can be read"),
        (b"<xliff version='1.2'/>", "This is no XLIFF 2 file"),
        (XXE, "declares a document type or entities"),
        (
            b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" trgLang="xx"/>',
            "a language that the site doesn’t have: xx",
        ),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" trgLang="fr"/>', "There is no text in this file."),
        (
            b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" trgLang="fr"><file><unit><segment><target xml:lang="es"/></segment></unit></file></xliff>',
            "says that it is in fr, and within it that it is in es",
        ),
        (b"PK not a zip", "This is no spreadsheet in the format .xlsx"),
        (packed(other_xml="<a/>"), "This is no spreadsheet in the format .xlsx"),
        (packed(xl__workbook_xml="<a/>"), "damaged"),
        (packed(xl__workbook_xml=XXE), "declares a document type or entities"),
        (sparse(), "more lines than any job"),
        (BOMB.getvalue(), "unfolds to more than any job has"),
    ],
)
def test_a_file_that_is_none(translator, english, content, message):
    page = send(translator, content)
    assert message in words(page.select_one(".tr-error"))
    assert not ReceivedJob.objects.exists()
