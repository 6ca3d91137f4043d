"""States follow from texts: what a translation was made from, and what its source says now."""

import json

import pytest
from wagtail.models import Locale, Workflow

from initiative.models import StandardPage
from initiative.translations.models import Subject
from initiative.translations.tracking import refresh
from resources.models import Resource
from tests import factories
from tests.initiative.translations import content
from tests.initiative.translations.content import (
    OTHER,
    TEXT,
    begin,
    body,
    cells,
    draft,
    publish,
    states,
    translate,
)

FRENCH = content.FRENCH | {"body": body("Elles descendent.")}


def test_an_alias_is_no_translation(english):
    assert states(english) == {"en": "source", "fr": "missing", "es": "missing", "ar": "missing"}
    subject = Subject.objects.get(subject=english.subject)
    assert (subject.title, subject.language, subject.words, subject.is_public) == ("Roots", "en", 8, True)
    assert subject.texts == {
        "title": "Roots",
        "introduction": "Roots hold 735 partners.",
        f"body.{TEXT}": "Down they go.",
    }
    assert cells(english)["fr"].words_to_do == 8


def test_a_published_translation_is_up_to_date(english):
    translate(english, "fr", **FRENCH)
    cell = cells(english)["fr"]
    assert (cell.state, cell.behind, cell.words_to_do, cell.parts_left) == ("current", {}, 0, 0)


def test_a_text_without_words_is_still_to_be_written(english):
    """A translation that says nothing where its source says something isn't up to date, and one that says nothing is none."""
    french = translate(english, "fr", **FRENCH | {"introduction": ""})
    now = cells(english)["fr"]
    assert (now.state, now.behind, now.words_to_do, now.parts_left) == ("outdated", {}, 4, 1)
    publish(french, body=body(""))
    now = cells(english)["fr"]
    assert (now.state, now.words_to_do, now.parts_left) == ("missing", 7, 0)
    assert draft(french, body=body("Elles descendent."))["fr"].state == "draft"
    assert publish(french, introduction="Les racines ont 735 partenaires.")["fr"].state == "current"
    # Where the source says nothing, nothing is missed.
    assert publish(english, introduction="")["fr"].behind == {"introduction": "Roots hold 735 partners."}
    assert publish(french, introduction="")["fr"].state == "current"


def test_an_edit_that_changes_a_number_flags_exactly_that_field(english):
    translate(english, "fr", **FRENCH)
    now = publish(english, introduction="Roots hold 736 partners.")
    assert (now["fr"].state, now["fr"].behind) == ("outdated", {"introduction": "Roots hold 735 partners."})
    assert now["fr"].words_to_do == 4
    assert now["es"].state == "missing"
    assert Subject.objects.get(subject=english.subject).last_edit == {"introduction": "Roots hold 735 partners."}


def test_or_exactly_that_block(english):
    publish(english, body=body("Down they go.", "And 4 spread."))
    translate(english, "fr", **FRENCH | {"body": body("Elles descendent.", "Et 4 s’étalent.")})
    now = publish(english, body=body("Down they go.", "And 5 spread."))
    assert now["fr"].behind == {f"body.{OTHER}": "And 4 spread."}


def test_what_only_looks_otherwise_flags_nothing(english):
    translate(english, "fr", **FRENCH)
    bold = [{"type": "text", "value": "<h2>Down  they <b>go</b>.</h2>", "id": TEXT}]
    assert publish(english, body=json.dumps(bold), slug="other")["fr"].state == "current"


def test_a_draft_of_the_source_flags_nothing(english):
    translate(english, "fr", **FRENCH)
    assert draft(english, introduction="Roots hold 736 partners.")["fr"].state == "current"


def test_a_source_that_goes_back_leaves_nothing_to_do(english):
    translate(english, "fr", **FRENCH)
    publish(english, introduction="Roots hold 736 partners.")
    assert publish(english, introduction="Roots hold 735 partners.")["fr"].state == "current"


def test_the_text_it_was_made_from_is_kept_however_often_the_source_changes(english):
    translate(english, "fr", **FRENCH)
    publish(english, introduction="Roots hold 736 partners.")
    now = publish(english, introduction="Roots hold 800 partners.", title="Deep roots")
    assert now["fr"].behind == {"introduction": "Roots hold 735 partners.", "title": "Roots"}


def test_what_is_new_or_gone_in_the_source_flags_too(english):
    translate(english, "fr", **FRENCH)
    now = publish(english, heading="Roots and partners", introduction="")
    assert now["fr"].behind == {"heading": None, "introduction": "Roots hold 735 partners."}


def test_publishing_a_text_that_was_changed_brings_it_up_to_date(english):
    french = translate(english, "fr", **FRENCH)
    publish(english, introduction="Roots hold 736 partners.", title="Deep roots")
    now = publish(french, introduction="Les racines ont 736 partenaires.")
    assert (now["fr"].state, now["fr"].behind) == ("outdated", {"title": "Roots"})
    assert publish(french, title="Racines profondes")["fr"].state == "current"


def test_a_draft_is_behind_what_was_published_while_it_waited(english):
    french = translate(english, "fr", **FRENCH)
    publish(english, introduction="Roots hold 736 partners.")
    now = draft(french, introduction="Les racines ont 736 partenaires.")
    assert (now["fr"].state, now["fr"].words_to_do) == ("outdated", 0)
    publish(english, introduction="Roots hold 800 partners.")
    now = publish(french)
    assert now["fr"].behind == {"introduction": "Roots hold 736 partners."}


def test_a_translation_begun_is_a_draft_with_words_left(english):
    french = begin(english, "fr")
    now = draft(french, introduction="Les racines ont 735 partenaires.")
    assert now["fr"].state == "draft"
    # A title of one word, and the three words of the body, may be the same in both languages.
    assert (now["fr"].parts_left, now["fr"].words_to_do) == (0, 0)
    publish(english, introduction="Roots hold 736 partners in five countries.")
    assert cells(english)["fr"].words_to_do == 7
    assert publish(french)["fr"].behind == {"introduction": "Roots hold 735 partners."}


def test_a_copy_of_a_longer_text_is_left_over(english):
    publish(english, body=body("Down they go, and down again."))
    french = begin(english, "fr")
    now = draft(french, title="Racines", introduction="Les racines ont 735 partenaires.")
    assert (now["fr"].parts_left, now["fr"].words_to_do) == (1, 6)


def test_moderation_of_one_language_leaves_the_others_alone(english, django_user_model):
    french = begin(english, "fr")
    draft(french, **FRENCH)
    page = StandardPage.objects.get(pk=french.pk)
    workflow = Workflow.objects.get(name="Moderators approval")
    workflow.start(page, django_user_model.objects.create_user("ada"))
    now = cells(english)
    assert {code: (cell.state, cell.review) for code, cell in now.items()} == {
        "en": ("source", ""),
        "fr": ("draft", "waiting"),
        "es": ("missing", ""),
        "ar": ("missing", ""),
    }
    page.refresh_from_db()
    page.current_workflow_task.on_action(page.current_workflow_task_state, django_user_model.objects.get(), "reject")
    assert cells(english)["fr"].review == "sent_back"


def test_a_source_stays_the_source_when_another_language_is_published_first(site):
    page = factories.add_page(site["home", "fr"], StandardPage, title="Sols", slug="sols")
    for code in ("en", "es", "ar"):
        page.copy_for_translation(Locale.objects.get(language_code=code), alias=True)
    assert states(page)["fr"] == "source"
    translate(page, "en", title="Soils")
    assert states(page) == {"en": "current", "fr": "source", "es": "missing", "ar": "missing"}
    refresh(page.subject, source="en")
    assert states(page) == {"en": "source", "fr": "current", "es": "missing", "ar": "missing"}


def test_what_is_unpublished_leaves_the_board_and_comes_back_as_it_was(english):
    translate(english, "fr", **FRENCH)
    publish(english, introduction="Roots hold 736 partners.")
    for page in english.get_translations(inclusive=True):
        page.unpublish()
    refresh(english.subject)
    assert Subject.objects.get(subject=english.subject).is_public is False
    assert publish(english)["fr"].behind == {"introduction": "Roots hold 735 partners."}


def test_what_is_deleted_is_forgotten(english):
    refresh(english.subject)
    for page in english.get_translations(inclusive=True):
        page.delete()
    assert refresh(english.subject) is None
    assert not Subject.objects.filter(subject=english.subject).exists()


# Records


def test_a_record_has_a_state_in_each_language(site):
    statistic = factories.StatisticFactory(label_en="partners", label_fr="partenaires", source_en="Report 7")
    now = cells(statistic)
    assert {code: (cell.state, cell.words_to_do, cell.parts_left) for code, cell in now.items()} == {
        "en": ("source", 0, 0),
        "fr": ("outdated", 2, 1),
        "es": ("missing", 3, 0),
        "ar": ("missing", 3, 0),
    }


def test_a_number_in_one_field_of_a_record_flags_that_field(site):
    statistic = factories.StatisticFactory(
        label_en="735 partners", label_fr="735 partenaires", source_en="Report", source_fr="Rapport"
    )
    refresh(statistic.subject)
    statistic.label_en = "736 partners"
    statistic.save()
    assert cells(statistic)["fr"].behind == {"label": "735 partners"}


def test_both_languages_written_at_once_are_up_to_date(site):
    statistic = factories.StatisticFactory(label_en="735 partners", label_fr="735 partenaires")
    refresh(statistic.subject)
    statistic.label_en, statistic.label_fr = "736 partners", "736 partenaires"
    statistic.save()
    assert cells(statistic)["fr"].state == "current"


def test_and_so_they_are_in_one_draft(site):
    resource = factories.ResourceFactory(
        abstract_en="735 fields.", abstract_fr="735 champs.", title="Fields", title_translation_fr="Champs"
    )
    refresh(resource.subject)
    now = draft(resource, abstract_en="736 fields.", abstract_fr="736 champs.")
    assert (now["fr"].state, now["fr"].words_to_do) == ("current", 0)
    resource.refresh_from_db()
    assert resource.abstract_en == "735 fields."
    assert (publish(resource)["fr"].state, cells(resource)["fr"].behind) == ("current", {})


def test_a_draft_of_a_language_is_a_draft(site):
    resource = factories.ResourceFactory(title="Roots", abstract_en="735 fields.")
    refresh(resource.subject)
    now = draft(resource, abstract_fr="735 champs.")
    assert {code: cell.state for code, cell in now.items()} == {
        "en": "source",
        "fr": "draft",
        "es": "missing",
        "ar": "missing",
    }
    assert publish(resource)["fr"].state == "current"


def test_the_title_of_a_work_is_what_its_translation_starts_from(site):
    resource = factories.ResourceFactory(title="Les racines", language="fr", abstract_en="What roots do.")
    refresh(resource.subject)
    subject = Subject.objects.get(subject=resource.subject)
    assert subject.texts == {"title_translation": "Les racines", "abstract": "What roots do."}
    # It needs no translation of its title into its own language.
    assert {code: cell.words_to_do for code, cell in cells(resource).items()} == {"en": 0, "fr": 3, "es": 5, "ar": 5}


def test_labels_of_files_are_texts_too(site):
    resource = factories.ResourceFactory(
        title="Roots", abstract_en="Roots.", abstract_fr="Racines.", title_translation_fr="Les racines",
        files=[{"url": "https://example.org/a.pdf", "label_en": "slides"}],
    )  # fmt: skip
    refresh(resource.subject)
    path = f"files.{resource.files.get().pk}.label"
    assert Subject.objects.get(subject=resource.subject).texts[path] == "slides"
    assert cells(resource)["fr"].parts_left == 1
    Resource.objects.get(pk=resource.pk).files.update(label_fr="diapositives")
    assert cells(resource)["fr"].parts_left == 0


def test_what_was_not_published_yet_is_nothing_to_translate(site):
    resource = factories.ResourceFactory(abstract_en="Roots.", live=False)
    assert refresh(resource.subject) is None
    assert not Subject.objects.exists()


@pytest.mark.parametrize(
    "name", ["", "page:", "page:nonsense", "resources.resource:0", "resources.resource:x", "auth.user:1", "nothing"]
)
def test_a_name_of_nothing_is_nothing(db, name):
    assert refresh(name) is None


def test_looking_again_writes_nothing(english, django_assert_max_num_queries):
    translate(english, "fr", **FRENCH)
    cells(english)
    with django_assert_max_num_queries(9) as asked:
        refresh(english.subject)
    assert [query["sql"] for query in asked.captured_queries if query["sql"].startswith(("UPDATE", "INSERT"))] == []
