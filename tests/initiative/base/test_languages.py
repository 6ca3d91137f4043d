import pytest
from django.utils import translation

from initiative.base import languages


def test_own_names():
    assert [languages.own_name(code) for code in languages.codes()] == ["English", "Français", "Español", "العربية"]


@pytest.mark.parametrize(
    ("reader", "chain"),
    [
        ("en", ["en", "fr", "es", "ar"]),
        ("fr", ["fr", "en", "es", "ar"]),
        ("es", ["es", "en", "fr", "ar"]),
        ("ar", ["ar", "fr", "en", "es"]),
    ],
)
def test_fallbacks(reader, chain):
    assert languages.fallbacks(reader) == chain


@pytest.mark.parametrize(
    ("code", "reader", "name"), [("pt-br", "fr", "portugais brésilien"), ("ar", "es", "árabe"), ("zz", "en", "zz")]
)
def test_names_of_languages_come_from_cldr(code, reader, name):
    assert languages.language_name(code, reader) == name


def test_current_is_always_a_language_of_the_site():
    with translation.override("de"):
        assert languages.current() == "en"
    with translation.override("ar"):
        assert languages.current() == "ar"


@pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("he", "rtl"), ("fr", "ltr"), ("ur-PK", "rtl")])
def test_direction(code, direction):
    assert languages.direction(code) == direction


def test_words_as_a_list_of_the_language():
    assert languages.listed(["a", "b", "c"]) == "a, b and c"
    assert languages.listed(["a", "b", "c"], "or") == "a, b or c"
    with translation.override("fr"):
        assert languages.listed(["a", "b"], "or") == "a ou b"
    with translation.override("ar"):
        assert languages.listed(["أ", "ب"]) == "أ وب"
    assert languages.listed([]) == ""
