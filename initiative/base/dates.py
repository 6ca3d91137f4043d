"""Dates of any precision, as the Library of Congress' EDTF level 0 writes them: `2022`, `2022-05`, `2022-05-31`, `a/b`."""

import datetime
import re
from calendar import monthrange
from collections.abc import Callable
from functools import lru_cache

from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiative.base.languages import babel_locale, current

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_SKELETONS = {1: "y", 2: "yMMMM"}


def _parts(text: str) -> tuple[int, ...]:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no date")
    parts = tuple(int(part) for part in match.groups() if part)
    datetime.date(*(parts + (1, 1))[:3])  # raises ValueError for a 13th month or a 30th of February
    return parts


def first_day(text: str) -> datetime.date:
    """The first day that an EDTF date or interval covers. Raises ValueError where it is neither."""
    return datetime.date(*(_parts(text.partition("/")[0]) + (1, 1))[:3])


def last_day(text: str) -> datetime.date:
    """The last day that an EDTF date or interval covers. Raises ValueError where it is neither."""
    start, slash, end = text.partition("/")
    parts = _parts(end if slash else start)
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    return datetime.date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def day_or_none(text: str, which: Callable[[str], datetime.date]) -> datetime.date | None:
    """`first_day` or `last_day` of an EDTF date; None where there is none, or one that nobody can read."""
    try:
        return which(text) if text else None
    except ValueError:
        return None


def is_over(text: str) -> bool:
    """True from the day after the last day that an EDTF date or interval covers; False without a date."""
    last = day_or_none(text, last_day)
    return last is not None and last < timezone.localdate()  # what nobody can read ends nothing


def _number(day: int, locale) -> str:
    """The number of a day: in French, the first of a month alone is the first, which CLDR has no way to say."""
    return "1er" if day == 1 and locale.language == "fr" else str(day)


def _full(day: datetime.date, locale) -> str:
    shown = format_date(day, "long", locale=locale)
    return shown.replace("1 ", f"{_number(1, locale)} ", 1) if day.day == 1 else shown


def _display_one(text: str, locale) -> str:
    parts = _parts(text)
    if len(parts) == 3:
        return _full(first_day(text), locale)
    return format_skeleton(_SKELETONS[len(parts)], first_day(text), locale=locale)


def display(text: str, language: str | None = None) -> str:
    """An EDTF date in the reader's words: `31 May 2022`, `mai 2022`, `24–26 October 2018`; empty for an empty one."""
    return _displayed(text, language or current())


# A page shows the same few again and again, and Babel takes its time for each.
@lru_cache(maxsize=4_096)
def _displayed(text: str, language: str) -> str:
    locale = babel_locale(language)
    start, slash, end = text.partition("/")
    try:
        if not slash or start == end:
            return _display_one(start, locale) if start else ""
        shown, first, last = _display_one(end, locale), _parts(start), _parts(end)
        # CLDR's own intervals shorten the months of some languages; where the day leads, as in ours, one day more is enough.
        if len(last) == 3 and first[:2] == last[:2] and shown.startswith(str(last[2])):
            return f"{_number(first[2], locale)}–{shown}" if len(first) == 3 else shown
        return f"{_display_one(start, locale)} – {shown}"
    except ValueError:
        return text  # never hide what an editor or an importer wrote


def moment(when: datetime.datetime, language: str | None = None) -> str:
    """A date with its time, in the site's time zone and the reader's words: `31 May 2022, 14:05`."""
    locale, local = babel_locale(language or current()), timezone.localtime(when)
    day, time = _full(local.date(), locale), format_time(local, "short", locale=locale)
    return get_datetime_format("medium", locale=locale).replace("'", "").format(time, day)


def validate(text: str) -> None:
    """Raise ValidationError unless `text` is an EDTF level 0 date or interval whose end isn't before its start."""
    try:
        if first_day(text) > last_day(text):
            raise ValueError
    except ValueError:
        raise ValidationError(
            _("“%(value)s” is not a date. Write 2022, 2022-05, 2022-05-31, or two of them with a slash between."),
            code="edtf",
            params={"value": text},
        ) from None


class PartialDateField(models.CharField):
    """A column that holds an EDTF level 0 date or interval; ISO text sorts by its first day."""

    default_validators = [validate]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 21)
        kwargs.setdefault(
            "help_text", _("2022, 2022-05 or 2022-05-31; for a span, two dates with a slash: 2018-10-24/2018-10-26")
        )
        super().__init__(*args, **kwargs)
