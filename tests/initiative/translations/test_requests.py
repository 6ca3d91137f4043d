"""Wishes for translations are counted while they are missing, and forgotten once they are there."""

import datetime

import pytest
from wagtail.models import Page

from initiative.models import StandardPage
from initiative.translations import requests
from initiative.translations.models import TranslationRequest
from tests.factories import PersonFactory, ResourceFactory, add_page, add_translation


def counts():
    return TranslationRequest.objects.counts()


def test_each_wish_counts_once(db, django_assert_num_queries):
    requests.ask("page:1", "fr")
    requests.ask("page:1", "ar")
    TranslationRequest.objects.update(first_asked=datetime.date(2020, 1, 1), last_asked=datetime.date(2020, 1, 1))
    requests.ask("page:1", "fr")
    with django_assert_num_queries(1):
        assert counts() == {("page:1", "fr"): 2, ("page:1", "ar"): 1}
    assert TranslationRequest.objects.counts(["page:2"]) == {}
    french = TranslationRequest.objects.get(language="fr")
    assert french.first_asked == datetime.date(2020, 1, 1)
    assert french.last_asked > french.first_asked
    assert str(french) == "page:1 (fr): 2"


def test_nothing_is_kept_of_who_asked():
    names = {field.name for field in TranslationRequest._meta.get_fields()}
    assert names == {"id", "subject", "language", "count", "first_asked", "last_asked"}


def test_a_published_page_answers_the_wishes_for_its_language(site):
    page = add_page(site["home", "en"], StandardPage, title="Roots", slug="roots")
    french = add_translation(page, "fr", title="Racines", slug="racines", live=False)
    assert page.subject == french.subject
    for code in ("fr", "ar"):
        requests.ask(page.subject, code)
    french.save_revision()
    assert counts() == {(page.subject, "fr"): 1, (page.subject, "ar"): 1}
    french.save_revision().publish()
    assert counts() == {(page.subject, "ar"): 1}


def test_wishes_go_with_the_last_translation_of_a_page(site):
    page = add_page(site["home", "en"], StandardPage, title="Roots", slug="roots")
    french = add_translation(page, "fr", title="Racines", slug="racines")
    requests.ask(page.subject, "ar")
    Page.objects.get(pk=french.pk).delete()
    assert counts() == {(page.subject, "ar"): 1}
    Page.objects.get(pk=page.pk).delete()
    assert counts() == {}


def test_a_published_record_answers_them_too(db):
    resource = ResourceFactory(abstract_en="Roots.")
    for code in ("fr", "es"):
        requests.ask(resource.subject, code)
    resource.abstract_fr = "Des racines."
    resource.save_revision()
    assert counts() == {(resource.subject, "fr"): 1, (resource.subject, "es"): 1}
    resource.save_revision().publish()
    assert counts() == {(resource.subject, "es"): 1}
    resource.delete()
    assert counts() == {}


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_record_without_drafts_answers_when_it_is_saved(db, code):
    person = PersonFactory()
    assert person.subject == f"initiative.person:{person.pk}"
    requests.ask(person.subject, code)
    setattr(person, f"biography_{code}", "Digs.")
    person.save()
    assert counts() == {}
