"""An edit that doesn't change the meaning, a text that is still right, a machine's text that somebody has read."""

from initiative.base.wording import digest
from initiative.translations.models import Subject
from initiative.translations.services import confirm, flagged_by_the_last_edit, same_meaning, still_right
from tests import factories
from tests.initiative.translations.content import FRENCH, body, cells, draft, make_english, publish, translate


def make_content(site):
    page = make_english(site)
    translate(page, "fr", **FRENCH, body=body("Elles descendent."))
    translate(page, "es", title="Raíces", introduction="Las raíces tienen 735 socios.", body=body("Van hacia abajo."))
    return page


def behind(page):
    return {code: cell.behind for code, cell in cells(page).items() if cell.behind}


def test_a_comma_marked_as_trivial_leaves_every_translation_up_to_date(english):
    publish(english, introduction="Roots, hold 735 partners.")
    assert set(behind(english)) == {"fr", "es"}
    assert same_meaning(english.subject) == 2
    assert {code: cell.state for code, cell in cells(english).items()} == {
        "en": "source",
        "fr": "current",
        "es": "current",
        "ar": "missing",
    }


def test_a_number_after_it_flags_exactly_that_field_from_the_text_with_the_comma(english):
    publish(english, introduction="Roots, hold 735 partners.")
    same_meaning(english.subject)
    publish(english, introduction="Roots, hold 736 partners.")
    assert behind(english) == {code: {"introduction": "Roots, hold 735 partners."} for code in ("fr", "es")}


def test_what_was_behind_before_the_trivial_edit_stays_behind(english):
    publish(english, introduction="Roots hold 736 partners.", title="Deep roots")
    french = english.get_translations().get(locale__language_code="fr").specific
    publish(french, introduction="Les racines ont 736 partenaires.")
    publish(english, introduction="Roots hold 736 partners!", title="Deep, deep roots")
    assert behind(english) == {
        "fr": {"introduction": "Roots hold 736 partners.", "title": "Roots"},
        "es": {"introduction": "Roots hold 735 partners.", "title": "Roots"},
    }
    subject = Subject.objects.get(subject=english.subject)
    assert [cell.language for cell in flagged_by_the_last_edit(subject)] == ["fr"]
    assert same_meaning(english.subject) == 1
    # French was made from the text of just before, Spanish and both titles were not.
    assert behind(english) == {
        "fr": {"title": "Roots"},
        "es": {"introduction": "Roots hold 735 partners.", "title": "Roots"},
    }


def test_a_draft_made_before_the_trivial_edit_stays_as_right(english):
    publish(english, introduction="Roots hold 736 partners.")
    french = english.get_translations().get(locale__language_code="fr").specific
    draft(french, introduction="Les racines ont 736 partenaires.")
    publish(english, introduction="Roots, hold 736 partners.")
    same_meaning(english.subject)
    assert publish(french)["fr"].state == "current"


def test_it_can_be_said_once(english):
    publish(english, introduction="Roots, hold 735 partners.")
    assert same_meaning(english.subject) == 2
    assert same_meaning(english.subject) == 0
    assert same_meaning("page:nothing") == 0


def test_a_text_that_is_still_right(english):
    publish(english, introduction="Roots hold 736 partners.", title="Deep roots")
    still_right(cells(english)["fr"], ["title"])
    assert behind(english)["fr"] == {"introduction": "Roots hold 735 partners."}
    still_right(cells(english)["fr"])
    assert set(behind(english)) == {"es"}


def test_a_text_that_is_still_right_in_a_draft(english):
    publish(english, title="Deep roots")
    french = english.get_translations().get(locale__language_code="fr").specific
    draft(french, introduction="Les racines ont, en tout, 735 partenaires.")
    still_right(cells(english)["fr"], ["title"])
    assert publish(french)["fr"].state == "current"


def test_a_machines_text_is_marked_until_somebody_reads_or_changes_it(site):
    resource = factories.ResourceFactory(abstract_en="Roots.", abstract_fr="Racines.", title_translation_fr="Étude")
    cell = cells(resource)["fr"]
    cell.machine = {"abstract": digest("Racines."), "title_translation": digest("Étude")}
    cell.save()
    assert cells(resource)["fr"].machine_made is True
    resource.abstract_fr = "Les racines."
    resource.save()
    assert set(cells(resource)["fr"].machine) == {"title_translation"}
    confirm(cells(resource)["fr"], ["title_translation"])
    assert cells(resource)["fr"].machine_made is False
