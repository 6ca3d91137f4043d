"""A page that isn't written in a language shows the best published one, in the order of LANGUAGE_FALLBACKS."""

import pytest
from wagtail.models import Locale, Page

from initiative.models import BorrowedText, StandardPage
from tests.factories import add_page
from tests.reading import read


@pytest.fixture
def english(site):
    """A page as the admin makes it: written in English, with an alias in each other language."""
    page = add_page(site["home", "en"], StandardPage, title="Roots", slug="roots", introduction="What roots do.")
    for code in ("fr", "es", "ar"):
        page.copy_for_translation(Locale.objects.get(language_code=code), alias=True)
    return page


def page_in(page, code):
    return Page.objects.get(translation_key=page.translation_key, locale__language_code=code).specific


def translate(page, code, **fields):
    """What an editor does: takes the alias over, writes, publishes."""
    own = page_in(page, code)
    Page.objects.filter(pk=own.pk).update(alias_of=None)
    own = page_in(page, code)
    for name, value in fields.items():
        setattr(own, name, value)
    own.save_revision().publish()
    return own


def sources(page):
    rows = Page.objects.filter(translation_key=page.translation_key).order_by("locale__language_code")
    return dict(rows.values_list("locale__language_code", "alias_of__locale__language_code"))


def test_an_arabic_alias_follows_french_once_french_is_published(client, english):
    assert sources(english) == {"ar": "en", "en": None, "es": "en", "fr": "en"}
    translate(english, "fr", title="Racines", introduction="Ce que font les racines.")
    assert sources(english) == {"ar": "fr", "en": None, "es": "en", "fr": None}
    arabic = page_in(english, "ar")
    assert (arabic.title, arabic.introduction, arabic.slug) == ("Racines", "Ce que font les racines.", "roots")
    assert (arabic.locale.language_code, arabic.live) == ("ar", True)
    page = read(client, "/ar/roots/")
    assert (page.h1, page.main_language) == ("Racines", ("fr", "ltr"))
    assert page_in(english, "es").title == "Roots"


def test_and_what_is_published_there_later(english):
    french = translate(english, "fr", title="Racines")
    french = page_in(english, "fr")
    french.title = "Les racines"
    french.save_revision().publish()
    assert page_in(english, "ar").title == "Les racines"


def test_a_draft_is_not_followed(english):
    french = page_in(english, "fr")
    Page.objects.filter(pk=french.pk).update(alias_of=None, live=False)
    french = page_in(english, "fr")
    french.title = "Racines"
    french.save_revision()
    english.save_revision().publish()
    assert sources(english)["ar"] == "en"


def test_nor_is_a_text_that_is_borrowed_itself(english):
    Page.objects.filter(pk=page_in(english, "fr").pk).update(alias_of=None)
    BorrowedText.objects.create(page=page_in(english, "fr"), language="en")
    english.save_revision().publish()
    assert sources(english)["ar"] == "en"


def test_an_alias_goes_back_when_what_it_followed_is_unpublished(english):
    translate(english, "fr", title="Racines")
    page_in(english, "fr").unpublish()
    arabic = page_in(english, "ar")
    assert (sources(english)["ar"], arabic.title, arabic.live) == ("en", "Roots", True)


def test_or_deleted(english):
    translate(english, "fr", title="Racines")
    page_in(english, "en").delete()
    spanish = page_in(english, "es")
    assert (sources(english), spanish.title, spanish.live) == ({"ar": "fr", "es": "fr", "fr": None}, "Racines", True)


def test_without_a_published_one_it_is_unpublished_too(english):
    page_in(english, "en").unpublish()
    assert page_in(english, "ar").live is False


def test_an_alias_of_another_page_is_let_alone(english, site):
    other = page_in(english, "fr").create_alias(parent=site["about", "en"], update_slug="copy")
    translate(english, "fr", title="Racines")
    assert Page.objects.get(pk=other.pk).alias_of_id == page_in(english, "fr").pk


def test_where_nothing_changes_it_is_one_statement(english, django_assert_num_queries):
    from initiative.aliases import follow_the_best

    with django_assert_num_queries(1):
        follow_the_best(english)
