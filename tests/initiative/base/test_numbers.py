"""Numbers, sizes and lists are written as CLDR has them, not as Django does."""

from decimal import Decimal

import pytest
from django.utils import translation

from initiative.base.lists import comma, listed, named
from initiative.base.numbers import display, size


@pytest.mark.parametrize(
    ("number", "en", "fr", "es", "ar"),
    [
        (0, "0", "0", "0", "0"),
        (1234, "1,234", "1\u202f234", "1.234", "1,234"),
        (12345.678, "12,345.68", "12\u202f345,68", "12.345,68", "12,345.68"),
        (Decimal("4.50"), "4.5", "4,5", "4,5", "4.5"),
        (Decimal("-0.4"), "-0.4", "-0,4", "-0,4", "-0.4"),
    ],
)
def test_numbers(number, en, fr, es, ar):
    assert [display(number, language=code) for code in ("en", "fr", "es", "ar")] == [en, fr, es, ar]


@pytest.mark.parametrize(
    ("count", "en", "fr"),
    [
        (0, "0 kB", "0\u202fko"),
        (1, "0.1 kB", "0,1\u202fko"),
        (900, "0.9 kB", "0,9\u202fko"),
        (12_345, "12 kB", "12\u202fko"),
        (999_600, "1 MB", "1\u202fMo"),
        (1_234_567, "1.2 MB", "1,2\u202fMo"),
        (3 * 10**12, "3,000 GB", "3\u202f000\u202fGo"),
    ],
)
def test_sizes_of_files(count, en, fr):
    assert (size(count, "en"), size(count, "fr")) == (en, fr)


def test_a_size_in_arabic():
    assert size(52 * 1024 * 1024, "ar") == "55 م.ب"


@pytest.mark.parametrize(
    ("language", "three"), [("en", "a, b and c"), ("fr", "a, b et c"), ("es", "a, b y c"), ("ar", "a وb وc")]
)
def test_lists(language, three):
    assert [listed(items, language) for items in ("", "a", "abc")] == ["", "a", three]


def test_names_are_separated_as_the_language_does_and_isolated_where_it_runs_the_other_way():
    assert (comma(), named(["Ada Loam", "Bo Peat"])) == (", ", "Ada Loam, Bo Peat")
    with translation.override("ar"):
        assert (comma(), named(["Ada Loam", "Bo Peat"])) == ("، ", "\u2068Ada Loam\u2069، \u2068Bo Peat\u2069")
