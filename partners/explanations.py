"""Why a commitment has the status it has, in the reader's sentences; each says the day of what it rests on."""

import datetime

from django.utils.translation import gettext

from initiative.base import dates
from partners.amounts import amount, percent
from partners.enums import Status
from partners.status import ENOUGH, share_done, share_passed


def day(date: datetime.date) -> str:
    """A day in the reader's words."""
    return dates.display(date.isoformat())


def explanation(commitment) -> list[str]:
    """The sentences, most important first. `commitment.status` is asked once."""
    status = commitment.status
    if status in (Status.COMPLETED, Status.ENDED_EARLY, Status.REMOVED):
        return _over(commitment, status)
    if status == Status.SILENT:
        return _silent(commitment)
    if status == Status.REPORT_DUE:
        return _due(commitment)
    if status == Status.ANNOUNCED:
        return _announced(commitment)
    return _progress(commitment)


def _over(commitment, status) -> list[str]:
    if not commitment.outcome:
        said = gettext("On %(day)s its report reached the target: %(amount)s.")
        return [said % {"day": day(commitment.rests_on), "amount": amount(commitment.value, commitment.unit)}]
    patterns = {
        Status.COMPLETED: gettext("The organisation said on %(day)s that it is completed."),
        Status.ENDED_EARLY: gettext("It ended on %(day)s, before its time."),
        Status.REMOVED: gettext("It was taken back on %(day)s. It stays here, so that the record is whole."),
    }
    found = [patterns[status] % {"day": day(commitment.outcome_on)}]
    if status != Status.REMOVED and commitment.value is not None:
        found.append(_last_figure(commitment))
    return found


def _silent(commitment) -> list[str]:
    unknown = gettext("How far it is, is unknown.")
    if commitment.reported_on:
        return [
            gettext("No report for 24 months: the last is of %(day)s.") % {"day": day(commitment.reported_on)},
            unknown,
        ]
    return [gettext("No report in 24 months, since it was announced."), unknown]


def _due(commitment) -> list[str]:
    found = [gettext("A report was due on %(day)s.") % {"day": day(commitment.due_on)}]
    if commitment.reported_on:
        found.append(gettext("The last one is of %(day)s.") % {"day": day(commitment.reported_on)})
        if commitment.value is not None:
            found.append(_last_figure(commitment))
    else:
        found.append(gettext("None has come yet."))
    return found


def _announced(commitment) -> list[str]:
    found = []
    if commitment.rests_on:
        found.append(gettext("Announced here on %(day)s.") % {"day": day(commitment.rests_on)})
    if commitment.due_on:
        found.append(gettext("The first report is due on %(day)s.") % {"day": day(commitment.due_on)})
    return found


def _progress(commitment) -> list[str]:
    done = share_done(commitment.baseline, commitment.target, commitment.value)
    if done is None:
        last = gettext("It reports in time: the last report is of %(day)s.") % {"day": day(commitment.reported_on)}
        if commitment.target is None:
            return [last, gettext("Its goal has no baseline and target to measure it by.")]
        return [last, gettext("No report has given a figure yet.")]
    starts = dates.day_or_none(commitment.start, dates.first_day)
    ends = dates.day_or_none(commitment.end, dates.last_day)
    passed = share_passed(starts, ends, commitment.valued_on)
    told = {"day": day(commitment.valued_on), "done": percent(done)}
    if passed is None:
        return [
            gettext("On %(day)s, %(done)s of the way from baseline to target was done.") % told,
            gettext("It names no start and end to compare that with."),
        ]
    if passed == 1:
        return [gettext("The time is over. On %(day)s, %(done)s of the way from baseline to target was done.") % told]
    found = [
        gettext(
            "On %(day)s, %(passed)s of the time had passed and %(done)s of the way from baseline to target was done."
        )
        % {**told, "passed": percent(passed)}
    ]
    if done < ENOUGH * passed:
        found.append(gettext("That is less than nine tenths of what the time asks for."))
    return found


def _last_figure(commitment) -> str:
    done = share_done(commitment.baseline, commitment.target, commitment.value)
    told = {"day": day(commitment.valued_on), "amount": amount(commitment.value, commitment.unit)}
    if done is None:
        return gettext("On %(day)s it reported %(amount)s.") % told
    said = gettext("On %(day)s it reported %(amount)s, %(done)s of the way from baseline to target.")
    return said % {**told, "done": percent(done)}
