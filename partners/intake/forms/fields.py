"""Fields as people fill them in: names in one line, numbers as they are written in each language."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from babel.numbers import format_decimal
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from initiative.base.languages import babel_locale, current
from initiative.base.uncut import Uncut

# Signs that turn the direction of what follows them: in a name they only deceive.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CANONICAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}([.,]\d{3})+", re.ASCII)
_BETWEEN_THOUSANDS = re.compile(r"[\s\u00a0\u202f\u066c'’]")


def without_controls(text: str, keep: str = "") -> str:
    """The text without characters that control something, but those of `keep`."""
    kept = (c for c in _TURNS.sub("", text) if c in keep or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept)


class _WrittenField(Uncut, forms.CharField):
    """What is typed runs as its own letters do, whatever the language of the form."""

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "dir": widget.attrs.get("dir", "auto")}


class LineField(_WrittenField):
    """One line of text, whatever was sent: no line break reaches a letter's head or a list."""

    def to_python(self, value):
        return super().to_python(" ".join(without_controls(str(value or ""), keep="\t\n\r").split()))


class TextField(_WrittenField):
    """Paragraphs, with one kind of line break."""

    widget = forms.Textarea

    def to_python(self, value):
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(without_controls(text, keep="\n\t"))


class WebAddressField(Uncut, forms.URLField):
    """The address of a site; `example.org` is enough."""

    default_error_messages = {"invalid": _("Write the web address in full, starting with https://")}

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 200)
        super().__init__(assume_scheme="https", **kwargs)
        # Django's own also lets ftp through.
        self.validators = [validator for validator in self.validators if not isinstance(validator, URLValidator)]
        self.validators.append(URLValidator(schemes=["http", "https"], message=self.default_error_messages["invalid"]))


class NumberField(forms.DecimalField):
    """A number as the reader writes it: `1,200.5`, `1 200,5`, `1.200,5`, `١٢٠٠٫٥`. Kept as `1200.5`."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Write a number, such as 1200 or 12.5.")}

    def __init__(self, **kwargs):
        super().__init__(max_digits=18, decimal_places=3, **kwargs)

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value):
        return super().to_python(plain_number(str(value or "")))

    def prepare_value(self, value):
        if isinstance(value, str) and _CANONICAL.fullmatch(value):
            return shown_number(Decimal(value))
        return value

    def kept(self, typed: str) -> str:
        """What is kept of what was typed: the number that it means, or the text itself where it means none."""
        try:
            number = self.clean(typed)
        except ValidationError:
            return typed
        return "" if number is None else f"{number.normalize():f}"


def plain_number(text: str) -> str:
    """A number without signs between its thousands, with a point before its decimals; other text as it is."""
    digits = "".join(str(unicodedata.decimal(c, c)) for c in _BETWEEN_THOUSANDS.sub("", text)).replace("\u066b", ".")
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        thousands = "," if digits.rindex(".") > digits.rindex(",") else "."
        return digits.replace(thousands, "").replace(",", ".")
    mark = "." if points else ","
    is_usual = babel_locale(current()).number_symbols["latn"]["group"] == mark
    if _THOUSANDS.fullmatch(digits) and (points + commas > 1 or is_usual):
        return digits.replace(
            mark, ""
        )  # `1,200` is more than a thousand in English, and little more than one in French
    return digits.replace(",", ".")


def shown_number(number: Decimal) -> str:
    """A number in the reader's way, in Latin digits, without signs between thousands."""
    try:
        return format_decimal(
            number.normalize(), locale=babel_locale(current()), group_separator=False, decimal_quantization=False,
            numbering_system="latn",
        )  # fmt: skip
    except InvalidOperation:
        return str(number)


class YearField(forms.IntegerField):
    """A year of four digits."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write a year, such as 2030."),
        "min_value": _("Write a year, such as 2030."),
        "max_value": _("Write a year, such as 2030."),
    }

    def __init__(self, **kwargs):
        super().__init__(min_value=1990, max_value=2100, **kwargs)

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "autocomplete": "off"}
