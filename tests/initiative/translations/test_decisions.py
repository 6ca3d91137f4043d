"""Who takes care, what is still right, which language is the source."""

import pytest
from bs4 import BeautifulSoup

from initiative.translations.models import Translation
from tests.initiative.translations.content import (
    FRENCH,
    address,
    body,
    cells,
    make_english,
    member,
    publish,
    states,
    translate,
)
from tests.reading import words


def make_content(site):
    page = make_english(site)
    translate(page, "fr", **FRENCH, body=body("Elles descendent."))
    publish(page, introduction="Roots hold 736 partners.")
    return page


def test_owner_and_note_are_kept(moderator, english):
    ada, bo = member("Translators (French)"), member("Translators (Arabic)")
    cell = cells(english)["fr"]
    page = BeautifulSoup(moderator.get(address(cell)).content, "html.parser")
    offered = [words(option) for option in page.select("select[name=owner] option")]
    assert "Translators (French)" in offered
    assert "Translators (Arabic)" not in offered
    response = moderator.post(address(cell, "care"), {"owner": ada.pk, "note": "After Monday.", "next": address(cell)})
    assert response.url == address(cell)
    cell = Translation.objects.get(pk=cell.pk)
    assert (cell.owner, cell.note) == (ada, "After Monday.")
    # Who doesn't write the language can't be asked to.
    moderator.post(address(cell, "care"), {"owner": bo.pk, "note": "x"})
    assert Translation.objects.get(pk=cell.pk).note == "After Monday."
    moderator.post(address(cell, "care"), {"owner": "", "note": ""})
    cell = Translation.objects.get(pk=cell.pk)
    assert (cell.owner, cell.note) == (None, "")


def test_and_stay_when_texts_change(moderator, english):
    cell = cells(english)["fr"]
    Translation.objects.filter(pk=cell.pk).update(note="After Monday.")
    publish(english, title="Deep roots")
    assert cells(english)["fr"].note == "After Monday."


def test_a_translation_that_is_still_right(moderator, english):
    response = moderator.post(address(cells(english)["fr"], "right"))
    assert response.url == "/admin/translations/"
    assert states(english)["fr"] == "current"


def test_another_language_becomes_the_source(moderator, english):
    moderator.post(address(cells(english)["fr"], "source"))
    assert states(english) == {"en": "current", "fr": "source", "es": "missing", "ar": "missing"}
    assert cells(english)["es"].subject.language == "fr"
    publish(english.get_translations().get(locale__language_code="fr").specific, title="Les racines")
    assert cells(english)["en"].behind == {"title": "Racines"}


def test_but_not_one_that_isnt_published(moderator, english):
    response = moderator.post(address(cells(english)["es"], "source"), follow=True)
    assert "published in that language first" in words(
        BeautifulSoup(response.content, "html.parser").select_one(".messages")
    )
    assert states(english)["en"] == "source"


@pytest.mark.parametrize("name", ["care", "right", "source", "preview"])
def test_a_link_changes_nothing(moderator, english, name):
    assert moderator.get(address(cells(english)["fr"], name)).status_code == 405


def test_who_takes_care_is_for_those_who_write_the_language(client, english):
    ana = member("Translators")
    cell = cells(english)["es"]
    Translation.objects.filter(pk=cell.pk).update(owner=ana, note="After Monday.")
    client.force_login(member("Translators (French)"))
    head = BeautifulSoup(client.get(address(cell)).content, "html.parser").select_one(".tr-head-actions")
    assert (words(head), head.select("form")) == ("Translators", [])
    assert client.post(address(cell, "care"), {"owner": "", "note": "x"}).url == "/admin/"
    kept = Translation.objects.get(pk=cell.pk)
    assert (kept.owner, kept.note) == (ana, "After Monday.")
    assert client.post(address(cells(english)["fr"], "care"), {"owner": "", "note": "Mine."}).status_code == 302
    assert Translation.objects.get(pk=cells(english)["fr"].pk).note == "Mine."


def test_a_translator_of_one_language_doesnt_choose_the_source(client, english):
    client.force_login(member("Translators (French)"))
    client.post(address(cells(english)["fr"], "source"))
    assert states(english)["en"] == "source"
