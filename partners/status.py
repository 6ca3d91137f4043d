"""How a commitment stands, worked out from its dates, its goal and its reports. Nothing is read or written here.

What time alone changes (a report falls due, silence sets in) is kept as two dates, so that the status of any day follows
from what is stored, in Python and in SQL alike, and no task has to run for it to be true.
"""

import datetime
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from partners.enums import Outcome, Status

REPORT_EVERY = 12  # months
SILENT_AFTER = 24  # months
ENOUGH = Fraction(9, 10)  # of the share of time that had passed


@dataclass(frozen=True)
class Goal:
    """What a commitment says of itself. `known_since`: the day it was first published here. An end counts to its last day."""

    known_since: datetime.date | None = None
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    baseline: Decimal | None = None
    target: Decimal | None = None
    outcome: str = ""
    outcome_on: datetime.date | None = None


@dataclass(frozen=True)
class Report:
    """What an approved report says: a figure, that nothing has changed, or only words."""

    day: datetime.date
    value: Decimal | None = None
    unchanged: bool = False


@dataclass(frozen=True)
class Standing:
    """How a commitment stands as long as no date passes.

    - `course`: a Status other than "report due" and "silent"; `rests_on`: the day of what it rests on.
    - `due_on`, `silent_on`: the days from which a report is due and it counts as silent; None where it has ended.
    - `reported_on`: of the last report. `value`, `valued_on`: the last figure, and the last day it was said to hold.
    """

    course: str
    rests_on: datetime.date | None = None
    due_on: datetime.date | None = None
    silent_on: datetime.date | None = None
    reported_on: datetime.date | None = None
    value: Decimal | None = None
    valued_on: datetime.date | None = None


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the last of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def share_done(baseline: Decimal | None, target: Decimal | None, value: Decimal | None) -> Fraction | None:
    """How much of the way from baseline to target is done, whichever way it leads: 0 at the baseline, 1 at the target. None
    where it can't be measured."""
    if baseline is None or target is None or value is None or baseline == target:
        return None
    return (Fraction(value) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))


def share_passed(starts: datetime.date | None, ends: datetime.date | None, day: datetime.date) -> Fraction | None:
    """How much of the time from start to end had passed on a day, from 0 to 1; None without both."""
    if starts is None or ends is None:
        return None
    if day >= ends:
        return Fraction(1)
    return Fraction(max(0, (day - starts).days), (ends - starts).days) if ends > starts else Fraction(0)


def standing(goal: Goal, reports: Iterable[Report]) -> Standing:
    """How a commitment stands after these reports, oldest first."""
    reported_on = value = valued_on = None
    for report in reports:
        reported_on = report.day
        if report.value is not None:
            value, valued_on = report.value, report.day
        elif report.unchanged and value is not None:
            valued_on = report.day
    known = {"reported_on": reported_on, "value": value, "valued_on": valued_on}
    if goal.outcome:
        return Standing(Status(Outcome(goal.outcome).value), goal.outcome_on, **known)
    done = share_done(goal.baseline, goal.target, value)
    if done is not None and done >= 1:
        return Standing(Status.COMPLETED, valued_on, **known)
    since = reported_on or max((day for day in (goal.known_since, goal.starts) if day), default=None)
    due_on = silent_on = None
    if since:
        due_on, silent_on = months_after(since, REPORT_EVERY), months_after(since, SILENT_AFTER)
        if goal.ends and since < goal.ends:
            due_on = min(due_on, goal.ends)  # when the time is over, somebody says how it ended
    if reported_on is None:
        return Standing(Status.ANNOUNCED, goal.known_since or goal.starts, due_on, silent_on)
    passed = share_passed(goal.starts, goal.ends, valued_on) if valued_on else None
    if done is None or passed is None:
        return Standing(Status.ON_COURSE, reported_on, due_on, silent_on, **known)
    # Nine tenths are enough on the way; once the time is over, only the target is.
    behind = passed == 1 or done < ENOUGH * passed
    return Standing(Status.BEHIND if behind else Status.ON_COURSE, valued_on, due_on, silent_on, **known)


def status_on(day: datetime.date, now: Standing) -> Status:
    """The status on a day."""
    if now.silent_on and day >= now.silent_on:
        return Status.SILENT
    if now.due_on and day >= now.due_on:
        return Status.REPORT_DUE
    return Status(now.course)
