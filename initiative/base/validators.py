"""Checks that more than one room needs."""

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_language(code: str) -> None:
    """Raise ValidationError unless CLDR knows the language code (BCP 47: `fr`, `pt-br`)."""
    try:
        Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        raise ValidationError(
            _("“%(code)s” is no language code. Write en, fr, pt-br …"), code="language", params={"code": code}
        ) from None
