"""A translation that is begun and not published still shows, and says, the language it came from."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Locale, Page

from initiative.models import BorrowedText, StandardPage
from tests.factories import add_page
from tests.reading import Reading


@pytest.fixture
def alias(site):
    """The French alias of an English page, as the admin makes it."""
    page = add_page(site["home", "en"], StandardPage, title="Roots", slug="roots", introduction="What roots do.")
    return page.copy_for_translation(Locale.objects.get(language_code="fr"), alias=True)


@pytest.fixture
def begun(alias, client):
    """The same after somebody pressed “Convert this alias”."""
    client.force_login(get_user_model().objects.create_superuser("chief", "", "a long password"))
    client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    client.logout()
    return Page.objects.get(pk=alias.pk).specific


def test_an_alias_says_whose_text_it_shows(alias, client):
    page = Reading(client.get("/fr/roots/"))
    assert page.main_language == ("en", "ltr")


def test_a_translation_begun_is_still_the_others_text(begun, client):
    assert begun.alias_of_id is None
    assert BorrowedText.objects.get(page=begun).language == "en"
    page = Reading(client.get("/fr/roots/"))
    assert page.main_language == ("en", "ltr")
    assert page.soup.find("link", rel="canonical")["href"].endswith("/en/roots/")
    assert page.soup.find("link", hreflang="fr") is None
    assert "/fr/roots/" not in client.get("/sitemap.xml").content.decode()


def test_once_published_it_is_its_own(begun, client):
    begun.title = "Racines"
    begun.save_revision().publish()
    page = Reading(client.get("/fr/roots/"))
    assert page.h1 == "Racines"
    assert page.main_language == (None, None)
    assert "/fr/roots/" in client.get("/sitemap.xml").content.decode()
