import pytest
from wagtail.models import Page, PageViewRestriction

from initiative.base import landmarks as module
from initiative.base.known import anew
from initiative.base.landmarks import Landmark, forget_landmarks, landmarks, page_path
from initiative.base.prepared import Prepared
from initiative.base.querysets import where_all_are_open
from tests.factories import LANDINGS, add_alias, add_page, hide_everywhere


@pytest.mark.parametrize(
    ("language", "url_path", "path"),
    [
        ("en", "/home-en/", "/en/"),
        ("fr", "/home-fr/ressources/", "/fr/ressources/"),
        ("ar", "/home/about/governance/", "/ar/about/governance/"),
    ],
)
def test_page_path(language, url_path, path):
    assert page_path(language, url_path) == path


def test_every_role_in_a_language(site):
    assert landmarks().links("fr") == {"home": "/fr/"} | {
        role: f"/fr/{slugs['fr']}/" for role, (_model, slugs) in LANDINGS.items() if role != "about"
    }


def test_one_role_is_a_page_of_the_active_language_unless_another_is_asked_for(site):
    library = site["library", "es"]
    assert landmarks().url("library") == "/en/resources/"
    assert landmarks().get("library", "es") == Landmark(
        "library", "es", "Library es", "/es/recursos/", library.pk, lang=""
    )
    assert landmarks().get("shop") is None
    assert landmarks().url("shop") == ""


def test_the_landmark_at_an_address(site):
    assert landmarks().at("/fr/comite/").role == "committee"
    assert landmarks().at("/fr/comite/ada/") is None


def test_all_of_them_cost_one_statement_and_then_none(site, django_assert_num_queries):
    landmarks()
    forget_landmarks()
    with django_assert_num_queries(1):
        landmarks()
    with django_assert_num_queries(0):
        landmarks()


def test_fallback_pages_say_that_they_are(site):
    join = site["join", "ar"]
    Page.objects.get(pk=join.pk).delete()
    assert landmarks().get("join", "ar") is None
    add_alias(site["join", "fr"], "ar")
    forget_landmarks()
    assert landmarks().get("join", "ar").lang == "fr"
    assert landmarks().get("join", "fr").lang == ""


def test_of_two_pages_with_one_role_the_first_in_the_tree_wins(site):
    first = site["join", "en"]
    add_page(site["home", "en"], type(first), title="Second", slug="second")
    forget_landmarks()
    assert landmarks().url("join") == "/en/join/"


def test_publishing_unpublishing_renaming_moving_and_deleting_are_seen_at_once(site):
    assert landmarks().url("library", "fr") == "/fr/ressources/"
    page = site["library", "fr"]
    page.unpublish()
    assert landmarks().get("library", "fr").lang == "en"
    hide_everywhere(page)
    assert landmarks().url("library", "fr") == ""

    page = site["library", "fr"]
    page.slug = "bibliotheque"
    page.save_revision().publish()
    assert landmarks().url("library", "fr") == "/fr/bibliotheque/"

    site["governance", "en"].move(site["about", "en"], pos="last-child")
    assert landmarks().url("governance", "en") == "/en/about/governance/"

    about = site["about", "en"]
    about.slug = "who-we-are"
    about.save_revision().publish()
    assert landmarks().url("governance", "en") == "/en/who-we-are/governance/"

    site["join", "en"].delete()
    assert landmarks().url("join", "en") == ""


def test_a_private_page_is_none_even_where_the_statement_was_written_while_nothing_was(site, monkeypatch):
    monkeypatch.setattr(module, "_pages_of", Prepared(module._pages_of_types))
    with anew(), where_all_are_open(True):
        assert landmarks().get("library", "en")
    PageViewRestriction.objects.create(page=site["library", "en"], restriction_type=PageViewRestriction.LOGIN)
    with anew(), where_all_are_open(False):
        assert landmarks().get("library", "en") is None
