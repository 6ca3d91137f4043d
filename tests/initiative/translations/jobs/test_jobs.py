"""A job handed out from the board and taken in again: files as a translator's tool or a spreadsheet would change them."""

import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import etree
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from initiative.models import StandardPage
from initiative.translations.models import ReceivedJob, Subject
from initiative.translations.tracking import refresh
from resources.models import Resource
from tests import factories
from tests.initiative.translations.content import (
    FRENCH,
    TEXT,
    body,
    cells,
    draft,
    latest,
    make_english,
    member,
    publish,
    translate,
)
from tests.reading import words

BOARD = "/admin/translations/"
NS = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
LINKED = 'Down <b>they</b> go, see <a href="https://example.org/a?b=1&amp;c=2">this</a>.'
TARGETS = {
    "title": ["Racines"],
    "introduction": ["Les racines ont 735 partenaires."],
    f"body.{TEXT}": ["Elles <1>descendent</1>, voir <2>ceci</2>."],
}


def make_content(site):
    page = make_english(site)
    publish(page, body=body(LINKED))
    return page


@pytest.fixture
def translator(client, english):
    client.force_login(member("Translators (French)"))
    return client


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


@KINDS
def test_a_page_goes_out_and_comes_back_as_a_draft(translator, english, kind):
    page = send(translator, job(translator, kind))
    assert words(page.select_one(".help-success")) == "3 texts were taken in."
    assert said(page) == [("3", "Draft")]
    page = french(english)
    assert (page.title, page.slug, page.introduction) == ("Racines", "racines", "Les racines ont 735 partenaires.")
    assert page.body[0].value.source == (
        '<p>Elles <b>descendent</b>, voir <a href="https://example.org/a?b=1&amp;c=2">ceci</a>.</p>'
    )
    cell = cells(english)["fr"]
    assert (cell.state, cell.words_to_do, cell.drafted_from["title"]) == ("draft", 0, "Roots")
    assert StandardPage.objects.get(pk=page.pk).title == "Roots"  # readers see what they saw
    assert ReceivedJob.objects.get().texts == []
    # The same file once more says nothing new, since the draft says it all.
    page = send(
        translator, job(translator, kind, "into=fr&all=1", title=None, introduction=None, **{f"body__{TEXT}": None})
    )
    assert "nothing new" in words(page.select_one(".help-info"))


@KINDS
def test_only_what_is_to_do_goes_out_with_what_changed(translator, english, kind):
    translate(english, "fr", **FRENCH, body=body("Elles descendent."))
    publish(english, introduction="Roots hold 736 partners.")
    file = kind(handed_out(translator, f"into=fr&form={kind.form}").content)
    if kind is Xliff:
        (unit,) = file.root.iterfind(".//x:unit", NS)
        segment = unit.find("x:segment", NS)
        assert (segment.get("state"), segment.get("subState")) == ("translated", "4p1000:needs-update")
        assert segment.find("x:target", NS).text == FRENCH["introduction"]
        assert (
            unit.find("x:notes/x:note[@category='before']", NS).text
            == "The source said before: Roots hold 735 partners."
        )
        assert len(Xliff(handed_out(translator, "into=fr&all=1").content).keys()) == 3
    else:
        ((where, source, target, _right, note, _key),) = [[cell.value for cell in line] for line in file.lines()]
        assert (where, source, target) == ("Roots › Introduction", "Roots hold 736 partners.", FRENCH["introduction"])
        assert note == "The source said before: Roots hold 735 partners."
    # As it is, it still needs an update; whoever says that it is right is believed.
    assert said(send(translator, file)) == [("Introduction", "The same as before, so it still needs an update.")]
    assert cells(english)["fr"].behind == {"introduction": "Roots hold 735 partners."}
    file.write("introduction", [FRENCH["introduction"]], "final")
    assert words(send(translator, file).select_one(".help-success")) == "1 text was taken in."
    assert cells(english)["fr"].words_to_do == 0


def test_the_document_is_as_the_standard_wants_it(translator, english):
    translate(english, "fr", **FRENCH, body=body("Elles vont.</p><p>Loin."))
    publish(english, title="A <1> & \x0b")
    root = etree.fromstring(handed_out(translator, "into=fr&all=1").content)
    assert dict(root.attrib) == {"version": "2.0", "srcLang": "en", "trgLang": "fr"}
    (file,) = root
    assert {name: file.get(name) for name in ("id", "original", "canResegment", "srcDir", "trgDir")} == {
        "id": "f1", "original": english.subject, "canResegment": "no", "srcDir": "ltr", "trgDir": "ltr",
    }  # fmt: skip
    notes, *units = file
    assert [(note.get("category"), note.text) for note in notes] == [
        ("title", "Standard page: A <1> & "),
        ("address", "http://localhost/en/roots/"),
    ]
    assert units[0].findtext("x:segment/x:source", namespaces=NS) == "A <1> &"
    unit = units[2]
    assert [etree.QName(child).localname for child in unit] == ["notes", "originalData", "segment"]
    assert [(data.get("id"), data.text) for data in unit.find("x:originalData", NS)] == [
        ("d1s", "<b>"),
        ("d1e", "</b>"),
        ("d2s", '<a href="https://example.org/a?b=1&amp;c=2">'),
        ("d2e", "</a>"),
    ]
    segment = unit.find("x:segment", NS)
    assert dict(segment.attrib) == {"id": "s1", "state": "initial"}
    source = segment.find("x:source", NS)
    assert etree.tostring(source, method="text", with_tail=False, encoding="unicode") == "Down they go, see this."
    assert [dict(code.attrib) for code in source] == [
        {
            "id": "1",
            "dataRefStart": "d1s",
            "dataRefEnd": "d1e",
            "canCopy": "no",
            "canDelete": "yes",
            "type": "fmt",
            "subType": "xlf:b",
        },
        {"id": "2", "dataRefStart": "d2s", "dataRefEnd": "d2e", "canCopy": "no", "canDelete": "no", "type": "link"},
    ]
    # What was written isn't built alike: it is told, not laid beside.
    assert (segment.find("x:target", NS), unit.findtext("x:notes/x:note[@category='present']", namespaces=NS)) == (
        None,
        "Translated until now: Elles vont.\nLoin.",
    )


@pytest.mark.parametrize(
    ("now", "leads"),
    [
        (LINKED.replace("Down", "Far down"), "/fr/a/"),
        (LINKED.replace("c=2", "c=3"), "https://example.org/a?b=1&amp;c=3"),
    ],
    ids=["same link", "another link"],
)
def test_a_translations_own_links_stay_unless_the_source_leads_elsewhere_now(translator, english, now, leads):
    own = 'Elles <b>descendent</b>, voir <a href="/fr/a/">ceci</a>.'
    translate(english, "fr", **FRENCH, body=body(own))
    publish(english, body=body(now))
    send(translator, job(translator, Xliff, title=None, introduction=None, **{f"body__{TEXT}": ["Voir <2>cela</2>."]}))
    assert french(english).body[0].value.source == f'<p>Voir <a href="{leads}">cela</a>.</p>'


@pytest.mark.parametrize(
    ("path", "pieces", "finding"),
    [
        ("title", ["x" * 256], "It is too long: 256 letters, and at most 255 fit."),
        (f"body.{TEXT}", ["Elles descendent."], "A link is missing: <2> (https://example.org/a?b=1&c=2)"),
    ],
)
@KINDS
def test_one_text_that_is_wrong_keeps_all_from_being_taken(translator, english, kind, path, pieces, finding):
    page = send(translator, job(translator, kind, **{path.replace(".", "__"): pieces}))
    assert nothing_changed(page, english)
    assert (finding in [text for _label, text in said(page)], len(page.select(".help-critical"))) == (True, 1)
    # Whoever sees that may take the rest, without sending the file again.
    assert words(page.select_one(".tr-upload button")) == "Take the 2 good ones"
    page = BeautifulSoup(
        translator.post(f"{BOARD}jobs/{ReceivedJob.objects.get().pk}/", follow=True).content, "html.parser"
    )
    assert words(page.select_one(".help-success")) == "2 texts were taken in."
    own = french(english)
    assert (own.title == "Racines", "Elles" in own.body[0].value.source) == (path != "title", path == "title")
    assert own.introduction == "Les racines ont 735 partenaires."
    # And only once.
    draft(own, introduction="Autre chose.")
    translator.post(f"{BOARD}jobs/{ReceivedJob.objects.get().pk}/")
    assert french(english).introduction == "Autre chose."


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        (
            lambda page: publish(page, introduction="Roots hold 736 partners."),
            [("Introduction", "The source has changed since the file was made.")],
        ),
        (
            lambda page: publish(page, body=body(LINKED.replace("c=2", "c=3"))),
            [("Text", "The source has changed since the file was made.")],
        ),
        (
            lambda page: publish(page, body=body()),
            [(f"body.{TEXT}", "There is no such text (any more), or the key of the line was changed.")],
        ),
        (
            lambda page: translate(page, "fr", **FRENCH | {"title": "Les racines"}, body=body()),
            [("Title", "Somebody has changed this translation since the file was made.")],
        ),
        (lambda page: page.unpublish(), [("—", "This page or record isn’t there any more, or isn’t public.")]),
    ],
    ids=["text", "link", "gone", "written", "unpublished"],
)
def test_what_changed_since_the_file_was_made(translator, english, change, findings):
    file = job(translator, Xliff)
    change(english)
    refresh(english.subject)
    before = [latest(page).title for page in english.get_translations(inclusive=True).specific()]
    page = send(translator, file)
    assert "Nothing was changed." in words(page.select_one(".help-critical"))
    assert said(page)[: len(findings)] == findings
    assert [latest(page).title for page in english.get_translations(inclusive=True).specific()] == before


def test_who_may_not_write_it_changes_nothing(client, english):
    client.force_login(member("Translators (Arabic)"))
    page = send(client, job(client, Xliff))
    assert nothing_changed(page, english)
    assert said(page) == [("—", "You may not write this language.")]
    assert page.select_one(".tr-upload button") is None
    # Of somebody else's file one sees nothing.
    client.force_login(member("Translators (French)"))
    assert client.get(f"{BOARD}jobs/{ReceivedJob.objects.get().pk}/").status_code == 404
    client.force_login(member())
    assert [client.get(f"{BOARD}{name}/").status_code for name in ("job", "jobs")] == [302, 302]


def test_what_is_in_moderation_is_left_to_the_moderators(translator, english):
    file = job(translator, Xliff)
    page = send(translator, file, to_moderation="on")
    assert said(page) == [("3", "In moderation")]
    assert (cells(english)["fr"].state, cells(english)["fr"].review) == ("draft", "waiting")
    page = send(translator, file)
    assert said(page) == [("—", "It is locked, or in moderation: nobody else may change it now.")]


def test_keys_that_were_changed_and_lines_that_are_there_twice(translator, english):
    file = job(translator, Sheet)
    file.rename("title", "tilte")
    page = send(translator, file)
    assert said(page) == [("tilte", "There is no such text (any more), or the key of the line was changed.")]
    file = job(translator, Sheet)
    file.sheet.append([cell.value for cell in file.lines()[0]])
    assert words(send(translator, file).select_one(".help-success")) == "3 texts were taken in."  # twice the same
    file.sheet.append([*(cell.value for cell in file.lines()[0][:2]), "Autre", None, None, file.lines()[0][5].value])
    assert ("Title", "This text is in the file twice, with different translations.") in said(send(translator, file))


def test_parts_of_a_text_are_translated_together(translator, english):
    publish(english, body=body("One.</p><p>Two."))
    file = job(translator, Sheet, **{f"body__{TEXT}": ["Un.", ""]})
    page = send(translator, file)
    assert said(page) == [("Text", "Some of its parts are translated, and some are empty.")]
    file.sheet.delete_rows(file.sheet.max_row)
    assert ("Text", "It doesn’t have as many parts as its source.") in said(send(translator, file))


def test_what_is_left_empty_stays_as_it_is(translator, english):
    page = send(translator, job(translator, Xliff, **{f"body__{TEXT}": [""], "introduction": None}))
    assert said(page) == [("1", "Draft"), ("Introduction", "Empty: left as it is."), ("Text", "Empty: left as it is.")]
    own = french(english)
    assert (own.title, own.introduction) == ("Racines", "Roots hold 735 partners.")
    assert own.untranslated["language"] == "en"


def test_bold_may_go_and_an_address_is_missed(translator, english):
    publish(english, introduction="See https://example.org/x.")
    page = send(translator, job(translator, Xliff, introduction=["Voyez."], **{f"body__{TEXT}": ["<2>Ici</2>."]}))
    assert said(page)[1:] == [
        ("Introduction", "An address of the source is missing: https://example.org/x"),
        ("Text", "Bold, italics or a line break of the source are missing: <1> (<b>)"),
    ]
    assert "<p><a href=" in french(english).body[0].value.source


@KINDS
def test_a_record_comes_back_as_a_draft_and_signs_survive(client, english, kind):
    Subject.objects.all().delete()
    resource = factories.ResourceFactory(abstract_en="=1+1 is <2> & more")
    client.force_login(member("Translators (French)"))
    pk = cells(resource)["fr"].subject_id
    file = kind(handed_out(client, f"into=fr&form={kind.form}&row={pk}").content)
    if kind is Sheet:
        line = next(line for line in file.lines() if " abstract:" in line[5].value)
        assert (line[1].value, line[1].data_type) == ("'=1+1 is \\<2> & more", "s")
        assert [cell.protection.locked for cell in line] == [True, True, False, False, True, True]
    file.write("abstract", ["'=1+1, c’est \\<2> & plus" if kind is Sheet else "=1+1, c’est <2> & plus"])
    assert said(send(client, file))[0] == ("1", "Draft")
    assert latest(resource).abstract_fr == "=1+1, c’est <2> & plus"
    assert Resource.objects.get(pk=resource.pk).abstract_fr in ("", None)


def test_a_record_without_drafts_is_shown_at_once_as_its_form_does(client, site):
    statistic = factories.StatisticFactory(label_en="735 partners")
    client.force_login(member("Moderators"))
    pk = cells(statistic)["fr"].subject_id
    file = Xliff(handed_out(client, f"into=fr&row={pk}").content)
    file.write("label", ["735 partenaires"])
    page = send(client, file)
    assert (
        words(page.select_one(".help-success"))
        == "1 text was taken in. Records that have no drafts show it to readers at once."
    )
    statistic.refresh_from_db()
    assert statistic.label_fr == "735 partenaires"


def test_what_can_be_chosen(translator, english, site):
    other = factories.add_page(site["home", "en"], StandardPage, title="Shoots", slug="shoots", body=body("Up."))
    pk = refresh(other.subject).pk
    assert [file.get("original") for file in Xliff(handed_out(translator, f"into=fr&row={pk}").content).root] == [
        other.subject
    ]
    assert len(Xliff(handed_out(translator, "into=fr&q=root").content).root) == 1
    response = translator.get(f"{BOARD}job/?into=fr&q=nothing", follow=True)
    assert "nothing to translate" in words(BeautifulSoup(response.content, "html.parser").select_one(".messages"))
    response = translator.get(f"{BOARD}job/?into=xx&row=x", follow=True)
    assert "Choose the language" in words(BeautifulSoup(response.content, "html.parser").select_one(".messages"))
    # Of two source languages each has a document of its own.
    translate(english, "es", title="Raíces", introduction="Raíces.", body=body("Abajo."))
    refresh(english.subject, source="es")
    with zipfile.ZipFile(io.BytesIO(handed_out(translator).content)) as archive:
        assert sorted(archive.namelist()) == ["en-fr.xlf", "es-fr.xlf"]


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
        (BOMB.getvalue(), "unfolds to more than any job has"),
    ],
)
def test_a_file_that_is_none(translator, english, content, message):
    page = send(translator, content)
    assert message in words(page.select_one(".tr-error"))
    assert not ReceivedJob.objects.exists()


def test_the_report_is_in_the_editors_language(translator, english, django_user_model):
    file = job(translator, Xliff, title=["x" * 256])
    user = django_user_model.objects.get(username="Translators (French)")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "fr"})
    page = send(translator, file)
    assert ("Titre", "C’est trop long : 256 caractères, pour 255 au plus.") in said(page)
