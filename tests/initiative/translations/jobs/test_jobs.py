"""A job handed out from the board and taken in again: files as a translator's tool or a spreadsheet would change them."""

import io
import zipfile

import pytest
from bs4 import BeautifulSoup
from lxml import etree
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
    member,
    publish,
    translate,
)
from tests.initiative.translations.jobs.handing import (
    BOARD,
    KINDS,
    LINKED,
    NS,
    Sheet,
    Xliff,
    french,
    handed_out,
    job,
    make_english_with_links,
    nothing_changed,
    said,
    send,
)
from tests.reading import words

make_content = make_english_with_links


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


def test_the_report_is_in_the_editors_language(translator, english, django_user_model):
    file = job(translator, Xliff, title=["x" * 256])
    user = django_user_model.objects.get(username="Translators (French)")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "fr"})
    page = send(translator, file)
    assert ("Titre", "C’est trop long : 256 caractères, pour 255 au plus.") in said(page)
