from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from partners.amounts import amount, number, percent, signed


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("2960", "ha", {"en": "2,960 ha", "fr": "2 960 ha", "es": "2.960 ha", "ar": "2,960 هكتار"}),
        ("1000.500", "t-c", {"en": "1,000.5 t C", "fr": "1 000,5 t C"}),
        ("0", "t-co2e", {"en": "0 t CO₂e", "fr": "0 t éq. CO₂"}),
        ("1", "people", {"en": "1 person", "fr": "1 personne", "ar": "شخص واحد"}),
        ("2", "people", {"en": "2 people", "fr": "2 personnes", "ar": "شخصان"}),
        ("5", "people", {"ar": "5 أشخاص"}),
        ("1200", "farms", {"en": "1,200 farms", "es": "1.200 explotaciones"}),
        ("37.5", "percent", {"en": "37.5%", "fr": "37,5 %"}),
        ("12", "other", {"en": "12", "fr": "12"}),
        ("12", "", {"en": "12"}),
        ("1E+3", "ha", {"en": "1,000 ha"}),
        ("-3", "ha", {"en": "-3 ha"}),
    ],
)
def test_amounts_in_the_readers_words(value, unit, words):
    for language, shown in words.items():
        with translation.override(language):
            assert amount(Decimal(value), unit).replace("\u202f", " ").replace("\xa0", " ") == shown


def test_a_change_has_its_sign():
    assert signed(Decimal("610.000"), "ha") == "+ 610 ha"
    assert signed(Decimal(-2), "people") == "− 2 people"
    assert signed(Decimal(0), "other") == "+ 0"


def test_numbers_have_no_more_decimals_than_they_have():
    assert [number(Decimal(value)) for value in ("10", "10.000", "10.250", "1234567.1")] == [
        "10",
        "10",
        "10.25",
        "1,234,567.1",
    ]


def test_shares_never_say_more_than_is_done():
    assert [percent(Fraction(*share)) for share in ((0, 1), (899, 1000), (9, 10), (1, 1), (3, 2))] == [
        "0%",
        "89%",
        "90%",
        "100%",
        "150%",
    ]
