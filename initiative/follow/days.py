"""The days on which digests go out. A day begins at five in the morning (UTC): from then on its digests are sent."""

from datetime import date, datetime, timedelta

from initiative.follow.enums import Frequency

_DAWN = timedelta(hours=5)
_PAUSES = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}


def day_of(moment: datetime) -> date:
    """The day that a moment (UTC) belongs to."""
    return (moment - _DAWN).date()


def next_day(frequency: str, moment: datetime) -> date:
    """The day of the digest after one at a moment."""
    return day_of(moment) + _PAUSES[Frequency(frequency)]


def tomorrow(moment: datetime) -> date:
    """The day after that of a moment."""
    return day_of(moment) + timedelta(days=1)
