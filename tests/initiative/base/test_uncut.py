"""Browsers cut nothing: what is too long is told of."""

import pytest
from django.core.exceptions import ValidationError

from initiative.base.uncut import EmailField, TextField


def test_what_is_too_long_is_told_of():
    for field, text in ((TextField(max_length=5), "too long"), (EmailField(max_length=5), "ada@example.org")):
        assert "maxlength" not in field.widget.attrs
        with pytest.raises(ValidationError, match="at most 5 characters"):
            field.clean(text)


def test_an_address_is_as_long_as_records_keep_it():
    assert EmailField().max_length == 254
