"""Amounts in the reader's words: `2,960 ha`, `1 200 personnes`."""

from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_percent
from django.utils.translation import gettext, ngettext

from initiative.base import numbers
from initiative.base.languages import babel_locale, current
from partners.enums import Unit


def number(value: Decimal) -> str:
    """A number as the reader's language writes it, with no more decimals than it has."""
    return numbers.display(value, decimals=3)


def amount(value: Decimal, unit: str) -> str:
    """A number with its unit. Where the unit is something else, the number alone: what is counted stands beside it."""
    shown = number(value)
    if unit == Unit.PEOPLE:
        return ngettext("%(n)s person", "%(n)s people", int(abs(value))) % {"n": shown}
    if unit == Unit.FARMS:
        return ngettext("%(n)s farm", "%(n)s farms", int(abs(value))) % {"n": shown}
    # Translators: each an amount with its unit, such as "2,960 ha".
    patterns = {
        Unit.HECTARES: gettext("%(n)s ha"),
        Unit.CARBON: gettext("%(n)s t C"),
        Unit.CO2E: gettext("%(n)s t CO₂e"),
        Unit.PERCENT: gettext("%(n)s%%"),
    }
    return patterns.get(unit, "%(n)s") % {"n": shown}


def signed(value: Decimal, unit: str) -> str:
    """A change with its sign: `+ 610 ha`."""
    return f"{'−' if value < 0 else '+'} {amount(abs(value), unit)}"


def percent(share: Fraction) -> str:
    """A share in whole per cent, rounded towards nothing done: 89.9 % never reads as 90."""
    return format_percent(Decimal(int(share * 100)) / 100, locale=babel_locale(current()))
