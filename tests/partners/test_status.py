"""Every rule of a commitment's status, at its boundary."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from partners.enums import Status
from partners.status import Goal, Report, months_after, share_done, share_passed, standing, status_on

D = datetime.date
# Ten years of equal length would have leap days: a thousand days make shares exact.
START = D(2020, 1, 1)
END = START + datetime.timedelta(days=1000)
MEASURED = Goal(known_since=START, starts=START, ends=END, baseline=Decimal(0), target=Decimal(100))


def after(days: int) -> datetime.date:
    return START + datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (D(2024, 1, 1), 12, D(2025, 1, 1)),
        (D(2024, 1, 31), 1, D(2024, 2, 29)),
        (D(2023, 1, 31), 1, D(2023, 2, 28)),
        (D(2024, 2, 29), 12, D(2025, 2, 28)),
        (D(2024, 2, 29), 24, D(2026, 2, 28)),
        (D(2024, 12, 15), 24, D(2026, 12, 15)),
        (D(2024, 11, 30), 1, D(2024, 12, 30)),
        (D(2024, 12, 31), 1, D(2025, 1, 31)),
    ],
)
def test_months_later(day, months, later):
    assert months_after(day, months) == later


@pytest.mark.parametrize(
    ("baseline", "target", "value", "share"),
    [
        (1200, 4000, 2960, Fraction(1760, 2800)),
        (0, 100, 0, 0),
        (0, 100, 100, 1),
        (0, 100, 150, Fraction(3, 2)),
        (100, 0, 25, Fraction(3, 4)),  # a goal that leads down
        (0, 100, -10, Fraction(-1, 10)),
        ("0.1", "0.4", "0.2", Fraction(1, 3)),
        (5, 5, 5, None),
        (None, 100, 5, None),
        (0, None, 5, None),
        (0, 100, None, None),
    ],
)
def test_the_share_that_is_done(baseline, target, value, share):
    amounts = [None if amount is None else Decimal(amount) for amount in (baseline, target, value)]
    assert share_done(*amounts) == share


@pytest.mark.parametrize(
    ("starts", "ends", "day", "share"),
    [
        (START, END, after(-5), 0),
        (START, END, after(0), 0),
        (START, END, after(375), Fraction(3, 8)),
        (START, END, after(999), Fraction(999, 1000)),
        (START, END, after(1000), 1),
        (START, END, after(2000), 1),
        (START, START, after(-1), 0),
        (START, START, after(0), 1),
        (None, END, after(1), None),
        (START, None, after(1), None),
    ],
)
def test_the_share_of_time_that_has_passed(starts, ends, day, share):
    assert share_passed(starts, ends, day) == share


@pytest.mark.parametrize(
    ("value", "course"),
    [
        ("35.999", Status.BEHIND),
        ("36", Status.ON_COURSE),  # exactly nine tenths of four tenths
        ("36.001", Status.ON_COURSE),
        ("40", Status.ON_COURSE),
        ("0", Status.BEHIND),
        ("99.999", Status.ON_COURSE),
        ("100", Status.COMPLETED),
        ("120", Status.COMPLETED),
    ],
)
def test_nine_tenths_of_the_time_that_has_passed_is_enough(value, course):
    found = standing(MEASURED, [Report(after(400), Decimal(value))])
    assert (found.course, found.rests_on) == (course, after(400))


@pytest.mark.parametrize(("value", "course"), [("64.001", Status.BEHIND), ("64", Status.ON_COURSE)])
def test_a_goal_that_leads_down_is_measured_alike(value, course):
    goal = Goal(START, START, END, Decimal(100), Decimal(0))
    assert standing(goal, [Report(after(400), Decimal(value))]).course == course


@pytest.mark.parametrize(
    ("days", "value", "course"),
    [
        (999, "89.910", Status.ON_COURSE),
        (999, "89.909", Status.BEHIND),
        (1000, "99.999", Status.BEHIND),  # the time is over
        (1500, "99.999", Status.BEHIND),
        (1500, "100", Status.COMPLETED),
        (0, "0", Status.ON_COURSE),
        (0, "-1", Status.BEHIND),
    ],
)
def test_once_the_time_is_over_only_the_target_is_enough(days, value, course):
    assert standing(MEASURED, [Report(after(days), Decimal(value))]).course == course


@pytest.mark.parametrize(
    "goal",
    [
        Goal(START, START, END),
        Goal(START, START, END, None, Decimal(100)),
        Goal(START, START, END, Decimal(0), None),
        Goal(START, START, END, Decimal(5), Decimal(5)),
        Goal(START, None, END, Decimal(0), Decimal(100)),
        Goal(START, START, None, Decimal(0), Decimal(100)),
    ],
)
def test_what_cannot_be_measured_is_never_behind(goal):
    found = standing(goal, [Report(after(900), Decimal(1))])
    assert (found.course, found.rests_on) == (Status.ON_COURSE, after(900))


def test_a_measurable_goal_without_a_figure_is_never_behind():
    assert standing(MEASURED, [Report(after(900))]).course == Status.ON_COURSE


def test_the_last_figure_counts_on_the_last_day_it_was_said_to_hold():
    told = standing(MEASURED, [Report(after(100), Decimal(10)), Report(after(110))])
    assert (told.course, told.rests_on, told.reported_on) == (Status.ON_COURSE, after(100), after(110))
    assert (told.value, told.valued_on) == (Decimal(10), after(100))
    # A hundred days later the same ten per cent are too few.
    unchanged = standing(MEASURED, [Report(after(100), Decimal(10)), Report(after(200), unchanged=True)])
    assert (unchanged.course, unchanged.rests_on, unchanged.value) == (Status.BEHIND, after(200), Decimal(10))
    nothing = standing(MEASURED, [Report(after(100), unchanged=True)])
    assert (nothing.course, nothing.value, nothing.valued_on) == (Status.ON_COURSE, None, None)


def test_a_later_figure_takes_completion_back():
    reports = [Report(after(100), Decimal(100)), Report(after(200), Decimal(10))]
    assert standing(MEASURED, reports[:1]).course == Status.COMPLETED
    assert standing(MEASURED, reports).course == Status.BEHIND


@pytest.mark.parametrize("outcome", ["completed", "ended-early", "removed"])
def test_what_has_been_said_to_be_over_is_over(outcome):
    goal = Goal(START, START, END, Decimal(0), Decimal(100), outcome, D(2021, 5, 1))
    found = standing(goal, [Report(after(400), Decimal(1))])
    assert (found.course, found.rests_on) == (outcome, D(2021, 5, 1))
    assert (found.due_on, found.silent_on) == (None, None)
    assert status_on(D(2100, 1, 1), found) == outcome


@pytest.mark.parametrize(
    ("goal", "rests_on", "due_on", "silent_on"),
    [
        (Goal(), None, None, None),
        (Goal(known_since=D(2024, 5, 1)), D(2024, 5, 1), D(2025, 5, 1), D(2026, 5, 1)),
        # Nobody is asked for reports from before it was here, nor before it begins.
        (Goal(D(2024, 5, 1), D(2016, 1, 1)), D(2024, 5, 1), D(2025, 5, 1), D(2026, 5, 1)),
        (Goal(D(2024, 5, 1), D(2025, 1, 1)), D(2024, 5, 1), D(2026, 1, 1), D(2027, 1, 1)),
        (Goal(None, D(2025, 1, 1)), D(2025, 1, 1), D(2026, 1, 1), D(2027, 1, 1)),
        # When the time is over, somebody says how it ended.
        (Goal(D(2024, 5, 1), D(2024, 6, 1), D(2024, 12, 31)), D(2024, 5, 1), D(2024, 12, 31), D(2026, 6, 1)),
        (Goal(D(2024, 5, 1), D(2016, 1, 1), D(2020, 1, 1)), D(2024, 5, 1), D(2025, 5, 1), D(2026, 5, 1)),
    ],
)
def test_before_the_first_report_it_is_announced(goal, rests_on, due_on, silent_on):
    found = standing(goal, [])
    assert (found.course, found.rests_on, found.due_on, found.silent_on) == (
        Status.ANNOUNCED,
        rests_on,
        due_on,
        silent_on,
    )


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (D(2020, 12, 31), Status.ON_COURSE),
        (D(2021, 1, 31), Status.ON_COURSE),
        (D(2021, 2, 1), Status.REPORT_DUE),  # exactly twelve months after the last report
        (D(2022, 1, 31), Status.REPORT_DUE),
        (D(2022, 2, 1), Status.SILENT),  # exactly twenty-four
        (D(2030, 1, 1), Status.SILENT),
    ],
)
def test_time_alone_makes_a_report_due_and_then_silence(day, status):
    assert status_on(day, standing(MEASURED, [Report(D(2020, 2, 1), Decimal(10))])) == status


def test_the_end_makes_a_report_due():
    found = standing(MEASURED, [Report(after(900), Decimal(90))])
    assert status_on(after(999), found) == Status.ON_COURSE
    assert status_on(after(1000), found) == Status.REPORT_DUE
    said = standing(MEASURED, [Report(after(1000), Decimal(90))])
    assert (said.due_on, status_on(after(1000), said)) == (months_after(after(1000), 12), Status.BEHIND)
