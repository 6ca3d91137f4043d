"""What is suggested while one types."""

import datetime

import pytest

from initiative.search import suggest
from tests.initiative.search.library import document, store

pytestmark = pytest.mark.django_db

EVERYTHING = {"resource": 20, "page": 20, "event": 20}


def suggested(text, language="en", kinds=EVERYTHING, **more) -> list[str]:
    return [suggestion.object_id for suggestion in suggest(text, language, kinds, **more)]


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Those that begin so come first, then the newest.
        ("soil", "carbon health biochar"),
        ("SÓI", "carbon health biochar"),
        ("soils", "health biochar"),
        ("ca", "carbon"),
        ("pe", "health"),
        # All words; only the last one may be begun.
        ("soil car", "carbon"),
        ("carbon so", "carbon"),
        ("tropical soil", "biochar"),
        ("soi carbon", ""),
        ("soil zebra", ""),
        ("healthy soils for he", "health"),
        # Stop words count as little as in a search.
        ("the colour of ea", "colour"),
        ("a tropical so", "biochar"),
        # A single letter begins too much: alone nothing, after words those words are looked at.
        ("s", ""),
        ("soil c", "carbon health biochar"),
        ("soil   ", "carbon health biochar"),
        # Keywords and contents are not names.
        ("agrofor", ""),
        ("charcoal", ""),
        ("", ""),
        # Nonsense
        ("?!", ""),
        ("%", ""),
        ("so%", "carbon health biochar espanol"),
        ("so_", "carbon health biochar espanol"),
        ("so\x00il", ""),
        ("' OR 1=1 --", ""),
        ("so" * 5_000, ""),
        ("soil " * 5_000, "carbon"),
        ("annual", "meeting"),
        ("init", "welcome"),
    ],
)
def test_suggests(text, expected):
    assert suggested(text) == expected.split()


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "foret", "foret"),
        ("fr", "l'agrofo", "foret"),
        ("fr", "OEUV", "oeuvre"),
        ("fr", "sequ", "carbon"),
        ("es", "suelos deg", "suelo"),
        ("es", "ano inter", "ano"),
        ("ar", "الترب", "turba"),
        ("ar", "والكر", "turba"),
    ],
)
def test_suggests_in_other_languages(language, text, expected):
    assert suggested(text, language) == expected.split()


@pytest.mark.usefixtures("library")
def test_kinds_in_their_order_and_no_more_of_each_than_asked():
    assert suggested("soil", kinds={"page": 5, "resource": 2}) == ["carbon", "health"]
    assert suggested("init", kinds={"resource": 5}) == []
    store(document("soils", "Soils week", kind="event"), source="events")
    assert suggested("soil", kinds={"event": 1, "resource": 1}) == ["soils", "carbon"]


@pytest.mark.usefixtures("library")
def test_what_has_a_value_can_be_left_out():
    assert suggested("soil", without={"type": ["report"], "nonsense": ["x"]}) == ["health", "biochar"]
    assert suggested("soil", without={"topic": ["soil", "zebra"]}) == []


@pytest.mark.parametrize(
    ("language", "title", "typed"), [("ar", "Soil zero", "soil"), ("es", "Año de suelos", "año de sue")]
)
def test_titles_that_begin_so_come_first_whatever_letters_a_language_keeps_apart(language, title, typed):
    newer = [
        document(f"newer-{number}", f"Healthy {title} {number}", language=language, date=datetime.date(2024, 1, 1))
        for number in range(20)
    ]
    store(document("first", title, language=language, date=datetime.date(2001, 1, 1)), *newer)
    assert suggested(typed, language)[0] == "first"
