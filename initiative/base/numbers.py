"""Numbers as the reader's language writes them, by CLDR: Django's own formats differ from it."""

from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal
from babel.units import format_unit

from initiative.base.languages import babel_locale, current

_DECIMALS = 2
_STEP = 1_000  # the prefixes are those of the SI
_UNITS = ("kilobyte", "megabyte", "gigabyte")  # CLDR has no word for a single byte in some languages


def display(number: int | float | Decimal, decimals: int = _DECIMALS, language: str | None = None) -> str:
    """`12,345.5`, `12 345,5`, with at most so many decimals."""
    return _displayed(number, decimals, language or current())


# A page of the library has hundreds of counts.
@lru_cache(maxsize=4_096)
def _displayed(number: int | float | Decimal, decimals: int, language: str) -> str:
    pattern = "#,##0." + "#" * decimals
    return format_decimal(number, format=pattern, locale=babel_locale(language))


def size(count: int, language: str | None = None) -> str:
    """Bytes as a file's size: `1.2 MB`, `1,2 Mo`, `0.9 kB`; never nothing where there is something."""
    amount, step = max(count / _STEP, 0.1 if count else 0), 0
    while round(amount) >= _STEP and step < len(_UNITS) - 1:
        amount, step = amount / _STEP, step + 1
    pattern = "#,##0.#" if amount < 10 else "#,##0"
    locale = babel_locale(language or current())
    return format_unit(amount, f"digital-{_UNITS[step]}", length="short", format=pattern, locale=locale)
