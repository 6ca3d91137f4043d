"""A translator who hands a job out and in: files as their tool or a spreadsheet would change them."""

import io
from xml.sax.saxutils import escape

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import etree
from openpyxl import load_workbook

from tests.initiative.translations.content import TEXT, body, cells, latest, make_english, publish
from tests.reading import words

BOARD = "/admin/translations/"
NS = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
LINKED = 'Down <b>they</b> go, see <a href="https://example.org/a?b=1&amp;c=2">this</a>.'
TARGETS = {
    "title": ["Racines"],
    "introduction": ["Les racines ont 735 partenaires."],
    f"body.{TEXT}": ["Elles <1>descendent</1>, voir <2>ceci</2>."],
}


def make_english_with_links(site):
    page = make_english(site)
    publish(page, body=body(LINKED))
    return page


def handed_out(client, query="into=fr"):
    response = client.get(f"{BOARD}job/?{query}")
    assert response.status_code == 200, response.headers
    return response


class Xliff:
    """An XLIFF document, as a tool sees it."""

    form, name = "xliff", "translations.xlf"

    def __init__(self, content):
        self.root = etree.fromstring(content)

    def keys(self):
        return [unit.get("id") for unit in self.root.iterfind(".//x:unit", NS)]

    def write(self, path, pieces, state="translated"):
        unit = next(unit for unit in self.root.iterfind(".//x:unit", NS) if unit.get("id").startswith(f"{path}:"))
        for segment, piece in zip(unit.iterfind("x:segment", NS), pieces, strict=True):
            for old in segment.findall("x:target", NS):
                segment.remove(old)
            segment.set("state", state)
            segment.append(self._target(segment.find("x:source", NS), piece))

    def _target(self, source, piece):
        marked = escape(piece)
        for code in source.iter("{*}pc"):
            number = code.get("id")
            marked = marked.replace(f"&lt;{number}&gt;", f'<pc id="{number}">').replace(f"&lt;/{number}&gt;", "</pc>")
        return etree.fromstring(f'<target xmlns="{NS["x"]}">{marked}</target>')

    def rename(self, path, to):
        for unit in self.root.iterfind(".//x:unit", NS):
            unit.set("id", unit.get("id").replace(f"{path}:", f"{to}:"))

    def content(self):
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")


class Sheet:
    """The same as a spreadsheet, as somebody at an office sees it."""

    form, name = "xlsx", "translations.xlsx"

    def __init__(self, content):
        self.book = load_workbook(io.BytesIO(content))
        self.sheet = self.book.worksheets[1]

    def lines(self):
        return list(self.sheet.iter_rows(min_row=2))

    def write(self, path, pieces, state=""):
        mine = [line for line in self.lines() if f" {path}:" in line[5].value]
        for line, piece in zip(mine, pieces, strict=True):
            line[2].value, line[3].value = piece, "x" if state == "final" else None
            line[2].data_type = "s"

    def rename(self, path, to):
        for line in self.lines():
            line[5].value = line[5].value.replace(f" {path}:", f" {to}:")

    def content(self):
        written = io.BytesIO()
        self.book.save(written)
        return written.getvalue()


KINDS = pytest.mark.parametrize("kind", [Xliff, Sheet])


def job(client, kind, query="into=fr", **targets):
    """The job, and these texts written into it, by path with `__` for dots."""
    file = kind(handed_out(client, f"{query}&form={kind.form}").content)
    for path, pieces in (TARGETS | {name.replace("__", "."): pieces for name, pieces in targets.items()}).items():
        if pieces is not None:
            file.write(path, pieces)
    return file


def send(client, content, name="job.xlf", **fields):
    """Upload a file; the page that tells what came of it."""
    if hasattr(content, "content"):
        content, name = content.content(), content.name
    file = SimpleUploadedFile(name, content)
    response = client.post(f"{BOARD}jobs/", {"file": file, **fields}, follow=True)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def said(page):
    """What the report says of each text, in order."""
    lines = [[words(cell) for cell in line.select("th, td")] for line in page.select(".tr-list tbody tr")]
    return [(line[1], line[2]) for line in lines]


def french(page):
    return latest(page.get_translations().get(locale__language_code="fr").specific)


def nothing_changed(page, english):
    assert "Nothing was changed." in words(page.select_one(".help-critical"))
    assert cells(english)["fr"].state == "missing"
    return True
