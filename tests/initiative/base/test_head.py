import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from initiative.base.head import Alternate, Head, language_menu

ENGLISH = Alternate("en", "/en/join/", True)
FRENCH = Alternate("fr", "/fr/rejoindre/", True)
ARABIC = Alternate("ar", "/ar/join/", False)


def test_only_what_is_translated_is_announced():
    head = Head("Join", alternates=[ENGLISH, FRENCH, ARABIC])
    assert head.hreflang == [ENGLISH, FRENCH]
    assert head.default == ENGLISH


def test_one_language_alone_has_no_translations_to_announce():
    head = Head("Join", alternates=[ENGLISH, ARABIC])
    assert head.hreflang == []
    assert head.default is None


def test_a_text_in_the_language_of_the_reader_is_no_fallback():
    with translation.override("fr"):
        assert Head("Rejoindre").fallback is None
        assert Head("Rejoindre", shown_language="fr").fallback is None


def test_a_fallback_is_named_in_the_language_of_the_reader():
    with translation.override("fr"):
        french = Head("Join", shown_language="en", subject="page:1").fallback
    assert french == {"language": "en", "name": "anglais", "dir": "ltr", "subject": "page:1"}
    with translation.override("es"):
        spanish = Head("", shown_language="ar").fallback
    assert spanish == {"language": "ar", "name": "árabe", "dir": "rtl", "subject": ""}


def test_the_language_menu_has_a_row_for_every_language_of_the_site(site):
    with translation.override("ar"):
        assert language_menu([ENGLISH, ARABIC]) == [
            {"code": "en", "name": "English", "dir": "ltr", "url": "/en/join/", "current": False, "translated": True},
            {"code": "fr", "name": "Français", "dir": "ltr", "url": "/fr/", "current": False, "translated": False},
            {"code": "es", "name": "Español", "dir": "ltr", "url": "/es/", "current": False, "translated": False},
            {"code": "ar", "name": "العربية", "dir": "rtl", "url": "/ar/join/", "current": True, "translated": False},
        ]


@pytest.mark.parametrize("path", ["/en/", "/ar/", "/en/nothing/here/"])
def test_a_page_asks_for_its_letters_before_the_style_sheet_that_needs_them(client, site, path):
    """And for both before anything else: a browser would learn of the letters when it has read the style sheet."""
    head = BeautifulSoup(client.get(path).content, "lxml").head
    asked = [link.attrs for link in head.select("link[rel=preload], link[rel=stylesheet], script[src]")]
    letters = {"rel": ["preload"], "as": "font", "type": "font/woff2", "crossorigin": ""}
    assert asked[:3] == [
        letters | {"href": "/static/fonts/newsreader-latin.woff2"},
        letters | {"href": "/static/fonts/instrument-sans-latin.woff2"},
        {"rel": ["stylesheet"], "href": "/static/css/site.css"},
    ]
