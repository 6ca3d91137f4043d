import pytest
from django.core.exceptions import ValidationError

from initiative.base.validators import validate_language


@pytest.mark.parametrize("code", ["en", "fr", "pt-br", "zh-hans", "swa"])
def test_codes_that_the_world_knows(code):
    validate_language(code)


@pytest.mark.parametrize("code", ["", "english", "xx", "fr_FR ", "1", "en-"])
def test_others_are_refused_with_an_example(code):
    with pytest.raises(ValidationError, match=rf"“{code}” is no language code. Write en, fr, pt-br …") as refusal:
        validate_language(code)
    assert refusal.value.code == "language"
