"""What is done again and again: a duty of the worker that fails is tried again, later each time; that, and what is no longer done
by night, is seen by who runs the site."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from initiative.keeping.models import Duty

logger = logging.getLogger(__name__)

_LONGEST_PAUSE = 60  # minutes
# The worker looks each minute.
SILENT = timedelta(minutes=10)
# Commands: due each minute, and each day.
TASKS = ("publish_scheduled", "deliver_letters", "send_digests", "forget_attempts", "tend_search", "write_references")
DAILY = ("forget_drafts", "forget_files", "forget_reporters", "forget_sign_ins", "read_files", "remind_partners")
# Commands that are called each night: those of the setting NIGHTLY are missed until they are done, the others where they once
# were done, for a while.
NIGHT = "nightly"  # which calls them, and what isn't noted by itself
NIGHTLY = ("backup", "check_files", "warm", NIGHT)
CUT_OFF = timedelta(hours=1)
OVERDUE, GIVEN_UP = timedelta(days=2), timedelta(days=60)


def attend(name: str, act: Callable[[], object]) -> bool:
    """Do something and note how it went; False where it failed, or failed so lately that it isn't tried yet.

    After the nth failure in a row the pause is 2^(n-1) minutes, an hour at most.
    """
    duty, _new = Duty.objects.get_or_create(name=name)
    now = timezone.now()
    if duty.failures and now < duty.tried + timedelta(minutes=min(2 ** (duty.failures - 1), _LONGEST_PAUSE)):
        return False
    _note(duty, tried=now)  # a long one isn't silence
    try:
        act()
    except Exception as error:  # any app's command, and the others have to go on
        logger.exception("%s failed; it is tried again.", name)
        _note_failure(duty, error)
        return False
    _note_done(duty)
    return True


@contextmanager
def noting(name: str) -> Iterator[None]:
    """Around what is done by night: how it went is noted, and what it raises is raised."""
    duty = _duty(name)
    _note(duty, tried=timezone.now(), problem="")
    try:
        yield
    except Exception as error:
        _note_failure(duty, error)
        raise
    _note_done(duty)


def _duty(name: str) -> Duty:
    try:
        return Duty.objects.get_or_create(name=name)[0]
    except Error:
        logger.warning("How %s goes can't be noted.", name)
        return Duty(name=name)


def _note_done(duty: Duty) -> None:
    now = timezone.now()
    _note(duty, tried=now, done=now, failures=0, problem="")


def _note_failure(duty: Duty, error: Exception) -> None:
    problem = f"{type(error).__name__}: {error}"[:500]
    _note(duty, tried=timezone.now(), failures=min(duty.failures + 1, 1_000), problem=problem)


def _note(duty: Duty, **facts) -> None:
    try:
        Duty.objects.filter(pk=duty.pk).update(**facts)
    except Error:  # the database is what failed
        logger.warning("That could not be noted.")


def known() -> QuerySet[Duty]:
    """The duties that there are: rows of what has another name by now, or none, tell nothing."""
    return Duty.objects.filter(name__in=(*TASKS, *DAILY, *NIGHTLY))


def failing() -> QuerySet[Duty]:
    """Those of the worker that failed when they were last tried."""
    return Duty.objects.filter(name__in=(*TASKS, *DAILY), failures__gt=0)


def missed(duties: Iterable[Duty], now: datetime) -> list[Duty]:
    """What should have been done by night, by name: what failed, wasn't done for two days, or never on a site older than that.

    `duties` are those that there are. What the setting NIGHTLY doesn't name is taken for given up after two months.
    """
    noted = {duty.name: duty for duty in duties if duty.name in NIGHTLY and duty.tried}
    found = [duty for duty in noted.values() if _is_missed(duty, now)]
    # One that is killed each time has been tried, and neither failed nor was done.
    never = set(settings.NIGHTLY) - {duty.name for duty in noted.values() if duty.done or duty.failures}
    if never and (begun := _site_began()) and begun < now - OVERDUE:
        found += [Duty(name=name) for name in never]
    return sorted(found, key=lambda duty: duty.name)


def _is_missed(duty: Duty, now: datetime) -> bool:
    if duty.name not in settings.NIGHTLY and duty.tried < now - GIVEN_UP:
        return False
    return duty.failures > 0 or (duty.done is not None and duty.done < now - OVERDUE)


def _site_began() -> datetime | None:
    """When its database was made."""
    return MigrationRecorder(connection).migration_qs.aggregate(first=Min("applied"))["first"]


def is_night_due(due: datetime) -> bool:
    """Whether the night of a moment is still to be begun: none was since then, or one was cut off an hour ago or earlier.

    A site that is younger waits for its next night.
    """
    night = Duty.objects.filter(name=NIGHT).exclude(tried=None).first()
    if night is None:
        return bool((began := _site_began()) and began < due)
    now = timezone.now()
    if not due <= night.tried <= now:  # later than now: the clock was ahead
        return True
    # One that failed has told so.
    is_cut_off = not night.problem and night.done != night.tried
    return is_cut_off and night.tried < now - CUT_OFF


def done_on(day: date) -> set[str]:
    """The names of those that were last done on a day, in the site's time."""
    return {duty.name for duty in known().exclude(done=None) if timezone.localdate(duty.done) == day}


def last_tried() -> datetime | None:
    """When the worker last began or ended anything; None where none ever has."""
    return Duty.objects.filter(name__in=(*TASKS, *DAILY)).aggregate(last=Max("tried"))["last"]


def is_silent() -> bool:
    """Whether a worker has been there and nothing was tried for ten minutes."""
    last = last_tried()
    return last is not None and last < timezone.now() - SILENT
