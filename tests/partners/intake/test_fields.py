"""Numbers as people write them, names in one line."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from partners.intake.forms.fields import LineField, NumberField, TextField, WebAddressField, YearField


@pytest.mark.parametrize(
    ("language", "typed", "number"),
    [
        ("en", "1200", "1200"),
        ("en", "1,200", "1200"),
        ("en", "1,200.5", "1200.5"),
        ("en", "1,200,000", "1200000"),
        ("en", "12.345", "12.345"),
        ("en", "0,125", "0.125"),  # no thousands begin with nothing
        ("fr", "1 200,5", "1200.5"),
        ("fr", "1\u202f200", "1200"),
        ("fr", "1,200", "1.2"),
        ("es", "1.200", "1200"),
        ("es", "1.200,5", "1200.5"),
        ("ar", "١٢٠٠٫٥", "1200.5"),
        ("ar", "١٬٢٠٠", "1200"),
        ("en", "1'200", "1200"),
        ("en", "-3.5", "-3.5"),
    ],
)
def test_a_number_is_read_as_it_is_written_in_each_language(language, typed, number):
    with translation.override(language):
        field = NumberField()
        assert field.clean(typed) == Decimal(number)
        assert field.kept(typed) == number


@pytest.mark.parametrize("typed", ["twelve", "1..2", "NaN", "Infinity", "1e400", "--1", "1234567890123456.5"])
def test_what_is_no_number_is_kept_as_it_was_typed(typed):
    field = NumberField(required=False)
    with pytest.raises(ValidationError):
        field.clean(typed)
    assert field.kept(typed) == typed
    assert field.prepare_value(typed) == typed


def test_a_number_is_shown_as_the_reader_writes_it():
    for language, shown in (("en", "1200.5"), ("fr", "1200,5"), ("es", "1200,5"), ("ar", "1200.5")):
        with translation.override(language):
            assert NumberField().prepare_value("1200.5") == shown
            assert NumberField().clean(shown) == Decimal("1200.5")
    assert NumberField().prepare_value("2000.000") == "2000"


def test_a_name_is_one_line_without_tricks():
    assert LineField().clean("  Ada\r\nBcc: all@example.org\x00 ") == "Ada Bcc: all@example.org"
    assert LineField().clean("gro.\u202eelpmaxe") == "gro.elpmaxe"
    assert LineField().clean("<script>alert(1)</script>") == "<script>alert(1)</script>"
    assert TextField().clean("One\r\n\r\nTwo\x07\tThree") == "One\n\nTwo\tThree"


@pytest.mark.parametrize(
    ("typed", "address"),
    [("example.org", "https://example.org"), ("http://example.org/a?b", "http://example.org/a?b"), ("", "")],
)
def test_an_address_may_be_short(typed, address):
    assert WebAddressField(required=False).clean(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["valle hondo", "javascript:alert(1)", "ftp://example.org", "data:text/html,x", "//", "http://[", "a" * 300],
)
def test_other_addresses_are_refused(typed):
    with pytest.raises(ValidationError):
        WebAddressField().clean(typed)


def test_a_year_has_four_digits():
    assert YearField().clean("٢٠٣٠") == 2030
    for typed in ("30", "20300", "soon", "2030.5"):
        with pytest.raises(ValidationError, match="Write a year, such as 2030"):
            YearField().clean(typed)


@pytest.mark.parametrize("field", [LineField, TextField])
def test_what_is_typed_runs_as_its_letters_do_unless_the_form_knows_better(field):
    assert field().widget.attrs["dir"] == "auto"
    assert field(widget=forms.TextInput({"dir": "ltr"})).widget.attrs["dir"] == "ltr"


@pytest.mark.parametrize("field", [LineField, TextField])
def test_browsers_cut_nothing_that_is_pasted_and_what_is_too_long_is_told_of(field):
    assert "maxlength" not in field(max_length=5).widget.attrs
    with pytest.raises(ValidationError, match="at most 5 characters"):
        field(max_length=5).clean("too long")
