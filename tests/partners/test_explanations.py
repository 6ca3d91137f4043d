import datetime

import pytest
from django.utils import timezone, translation

from partners.explanations import explanation
from partners.models import Commitment
from partners.status import Goal, Report, standing

D = datetime.date
TODAY = timezone.localdate()


def ago(days):
    return TODAY - datetime.timedelta(days=days)


def said(goal, *reports, unit="ha", **fields):
    """The sentences for a commitment that stands so."""
    record = Commitment(
        unit=unit,
        baseline=goal.baseline,
        target=goal.target,
        outcome=goal.outcome,
        outcome_on=goal.outcome_on,
        start=goal.starts.isoformat() if goal.starts else "",
        end=goal.ends.isoformat() if goal.ends else "",
        **fields,
    )
    record._keep(standing(goal, reports))
    return explanation(record)


def words(day):
    return f"{day.day} {day:%B %Y}"


MEASURED = Goal(ago(400), ago(400), ago(-600), 0, 100)


@pytest.mark.parametrize(
    ("goal", "reports", "sentences"),
    [
        (
            MEASURED,
            [Report(ago(0), 63)],
            [f"On {words(TODAY)}, 40% of the time had passed and 63% of the way from baseline to target was done."],
        ),
        (
            MEASURED,
            [Report(ago(0), 35)],
            [
                f"On {words(TODAY)}, 40% of the time had passed and 35% of the way from baseline to target was done.",
                "That is less than nine tenths of what the time asks for.",
            ],
        ),
        (
            Goal(ago(400), ago(400), ago(10), 0, 100),
            [Report(ago(5), 99)],
            [f"The time is over. On {words(ago(5))}, 99% of the way from baseline to target was done."],
        ),
        (
            Goal(ago(400), None, None, 0, 100),
            [Report(ago(5), 50)],
            [
                f"On {words(ago(5))}, 50% of the way from baseline to target was done.",
                "It names no start and end to compare that with.",
            ],
        ),
        (
            Goal(ago(400), ago(400), ago(-600)),
            [Report(ago(5))],
            [
                f"It reports in time: the last report is of {words(ago(5))}.",
                "Its goal has no baseline and target to measure it by.",
            ],
        ),
        (
            MEASURED,
            [Report(ago(5))],
            [f"It reports in time: the last report is of {words(ago(5))}.", "No report has given a figure yet."],
        ),
        (MEASURED, [Report(ago(5), 100)], [f"On {words(ago(5))} its report reached the target: 100 ha."]),
        (
            Goal(D(2020, 1, 1), D(2020, 1, 1), D(2090, 1, 1), 0, 100),
            [Report(D(2020, 2, 1), 5)],
            ["No report for 24 months: the last is of 1 February 2020.", "How far it is, is unknown."],
        ),
        (
            Goal(D(2020, 1, 1)),
            [],
            ["No report in 24 months, since it was announced.", "How far it is, is unknown."],
        ),
        (
            Goal(ago(500), ago(500), ago(-600), 0, 100),
            [Report(ago(400), 5)],
            [
                f"A report was due on {words(standing(Goal(ago(500)), [Report(ago(400))]).due_on)}.",
                f"The last one is of {words(ago(400))}.",
                f"On {words(ago(400))} it reported 5 ha, 5% of the way from baseline to target.",
            ],
        ),
        (
            Goal(ago(400)),
            [],
            [f"A report was due on {words(standing(Goal(ago(400)), []).due_on)}.", "None has come yet."],
        ),
        (Goal(), [], []),
        (
            Goal(outcome="completed", outcome_on=D(2024, 5, 1)),
            [],
            ["The organisation said on 1 May 2024 that it is completed."],
        ),
        (
            Goal(outcome="ended-early", outcome_on=D(2024, 5, 1)),
            [Report(D(2023, 5, 1), 7)],
            ["It ended on 1 May 2024, before its time.", "On 1 May 2023 it reported 7 ha."],
        ),
        (
            Goal(outcome="removed", outcome_on=D(2024, 5, 1)),
            [Report(D(2023, 5, 1), 7)],
            ["It was taken back on 1 May 2024. It stays here, so that the record is whole."],
        ),
    ],
)
def test_each_status_says_what_it_rests_on(goal, reports, sentences):
    assert said(goal, *reports) == sentences


def test_what_was_announced_says_when_the_first_report_is_due():
    first = standing(Goal(ago(5)), []).due_on
    assert said(Goal(ago(5))) == [f"Announced here on {words(ago(5))}.", f"The first report is due on {words(first)}."]


def test_in_the_readers_language():
    with translation.override("fr"):
        assert said(Goal(outcome="removed", outcome_on=D(2024, 5, 1))) == [
            "Il a été retiré le 1er mai 2024. Il reste ici pour que le registre soit complet."
        ]
