"""Files are what their ending says, or they are told apart."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from initiative.base import file_kinds
from initiative.base.file_kinds import refuse_another_kind
from partners.models.evidence import EXTENSIONS
from tests.initiative.base.test_pictures import photo

PDF = b"%PDF-1.7\nSoil\n%%EOF\n"
HTML = b"<!doctype html><script>alert(1)</script>"
PROGRAM = b"MZ\x90\x00\x03" + bytes(200)
OFFICE = {
    "docx": ("[Content_Types].xml", "word/document.xml"),
    "pptx": ("[Content_Types].xml", "ppt/presentation.xml"),
    "xlsx": ("[Content_Types].xml", "xl/workbook.xml"),
}
SAYS = {
    "epub": "application/epub+zip",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
}


def archive(*names: str, **texts: str) -> bytes:
    """A zip file of these, each with a word or the text it is given."""
    return packed_by(zipfile.ZIP_STORED, *names, **texts)


def packed_by(way: int, *names: str, **texts: str) -> bytes:
    """The same, packed in a way of zipfile's."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", way) as file:
        for name in names:
            file.writestr(name, "soil")
        for name, text in texts.items():
            file.writestr(name, text)
    return packed.getvalue()


def kinds() -> dict[str, bytes]:
    """A file of each ending that editors or the secretariat may upload."""
    return {
        "csv": "country;hectares\nMaroc;3\nCôte d’Ivoire;4\n".encode("cp1252"),
        "jpeg": photo("JPEG"),
        "jpg": photo("JPEG"),
        "pdf": PDF,
        "png": photo("PNG"),
        "txt": "\ufeffتربة\r\n\tsoil\f".encode(),
        "webp": photo("WEBP"),
        "zip": archive("soil.csv"),
        **{ending: archive(*names) for ending, names in OFFICE.items()},
        **{ending: archive("content.xml", mimetype=said) for ending, said in SAYS.items()},
    }


def is_taken(ending: str, content: bytes) -> bool:
    try:
        refuse_another_kind(f"soil.{ending}", content)
    except ValidationError:
        return False
    return True


def test_every_ending_that_may_be_uploaded_is_known():
    assert set(kinds()) == {*settings.WAGTAILDOCS_EXTENSIONS, *EXTENSIONS}
    for ending, content in kinds().items():
        assert is_taken(ending, content), ending
        assert is_taken(ending.upper(), content), ending


@pytest.mark.parametrize("ending", sorted(kinds()))
def test_what_is_something_else_is_refused(ending):
    pictures = {"jpg", "jpeg"}
    for other, content in {**kinds(), "html": HTML, "exe": PROGRAM, "nothing": b""}.items():
        same = other == ending or {other, ending} <= pictures
        # A table is a text and a text a table of one column; what an archive holds is for who opens it.
        same |= {other, ending} <= {"csv", "txt"} or (ending, other) in {("csv", "nothing"), ("txt", "nothing")}
        same |= ending == "zip" and other in {*OFFICE, *SAYS}
        assert is_taken(ending, content) is same, other


def test_what_is_cut_off_or_has_something_before_it_is_refused():
    assert not is_taken("pdf", PDF[:-8])
    assert not is_taken("pdf", PDF + HTML * 100)
    for ending in ("zip", "docx", "odt"):
        assert not is_taken(ending, kinds()[ending][:-30])
        assert not is_taken(ending, HTML + kinds()[ending])
    assert not is_taken("txt", b"soil\x00")
    assert not is_taken("csv", b"soil;1\n" * 1_000 + b"\x1bX")
    assert not is_taken("exe", archive("soil.csv"))
    assert not is_taken("", PDF)


def test_a_list_of_parts_without_end_is_not_read(monkeypatch):
    long = archive("[Content_Types].xml", "word/document.xml", *(f"{number:03}" * 80 for number in range(9)))
    assert is_taken("docx", long)
    monkeypatch.setattr(file_kinds, "_LONGEST_LIST", 2_000)
    assert not is_taken("docx", long)


def test_what_a_document_says_of_itself_is_read_only_where_it_is_short():
    assert not is_taken("odt", archive(mimetype=SAYS["odt"] + " " * 100))


def test_the_sentence():
    with pytest.raises(ValidationError) as refused:
        refuse_another_kind("Soil map.PDF", HTML)
    assert refused.value.messages == [
        "“Soil map.PDF” is not what its name says. Save it again as a .pdf file, or choose another file."
    ]


@pytest.mark.parametrize(
    ("way", "taken"),
    [(zipfile.ZIP_DEFLATED, True), (zipfile.ZIP_LZMA, False), (zipfile.ZIP_BZIP2, False)],
)
def test_an_office_file_is_packed_as_programs_do_it(way, taken):
    """What unpacks the others has no bound on what it takes, and errors of its own."""
    assert is_taken("odt", packed_by(way, "content.xml", mimetype=SAYS["odt"])) is taken
