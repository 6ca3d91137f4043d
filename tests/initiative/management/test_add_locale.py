"""A language that is new in the settings gets its tree: everything is there, in the best language it is written in."""

import io

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page

from initiative.search import Query, search
from tests.factories import ResourceFactory, add_article
from tests.reading import read


@pytest.fixture
def without_spanish(site):
    """As if Spanish had never been there."""
    add_article(site, title="Loam", slug="loam")
    ResourceFactory(slug="roots", title="Roots of loam")
    Page.objects.get(pk=site["home", "es"].pk).delete()
    Locale.objects.get(language_code="es").delete()


def add(code) -> str:
    said = io.StringIO()
    call_command("add_locale", code, stdout=said)
    return said.getvalue()


def test_everything_is_there_and_says_its_language(client, without_spanish):
    assert client.get("/es/").status_code == 404
    assert add("es").splitlines() == ["Español: a new locale.", "14 pages, 14 of them in its tree."]
    for path, title in {"/es/": "Home en", "/es/resources/": "Library en", "/es/news/loam/": "Loam"}.items():
        page = read(client, path)
        assert (page.language, page.main_language, page.h1) == (("es", "ltr"), ("en", "ltr"), title)
        assert page.canonical == path.replace("/es/", "/en/")
    assert "es" not in read(client, "/en/news/loam/").hreflang
    found = {hit.url for hit in search(Query(text="loam", language="es")).hits}
    assert {"/es/news/loam/", "/es/resources/roots/"} <= found


def test_again_it_adds_nothing(without_spanish):
    add("es")
    before = Page.objects.count()
    assert add("es").startswith("Español: the locale was there.")
    assert Page.objects.count() == before


def test_a_language_that_the_settings_do_not_have_is_refused(db):
    with pytest.raises(CommandError, match=r"pt is no language of this site: add it to LANGUAGES"):
        add("pt")
