"""A language is offered once its home page is published."""

import pytest
from wagtail.models import Page

from initiative.base.head import Alternate, language_menu
from tests.reading import read


@pytest.fixture
def no_french_home(site):
    Page.objects.filter(pk=site["home", "fr"].pk).update(live=False)


@pytest.mark.parametrize(
    ("asked", "home"), [("fr-BE", "/en/"), ("fr, es;q=0.8", "/es/"), ("es", "/es/"), ("de", "/en/")]
)
def test_the_root_leads_to_a_home_page_that_is_there(client, no_french_home, asked, home):
    response = client.get("/", headers={"Accept-Language": asked})
    assert response.headers["Location"] == home
    assert client.get(home).status_code == 200


def test_where_the_default_language_has_none_the_first_that_has_one_stands_in(client, site, no_french_home):
    Page.objects.filter(pk=site["home", "en"].pk).update(live=False)
    assert client.get("/", headers={"Accept-Language": "fr"}).headers["Location"] == "/es/"


def test_the_menu_offers_only_languages_with_a_home_page(client, no_french_home):
    assert list(read(client, "/en/join/").languages) == ["en", "es", "ar"]
    assert list(read(client, "/en/nowhere/", status=404).languages) == ["en", "es", "ar"]
    alternates = [Alternate("en", "/en/join/", True), Alternate("fr", "/fr/rejoindre/", True)]
    assert [row["code"] for row in language_menu(alternates)] == ["en", "es", "ar"]
