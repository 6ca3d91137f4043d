"""What is done each night: where it stops, somebody sees it."""

import logging
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from initiative.keeping import database
from initiative.keeping.duties import is_night_due, noting

logger = logging.getLogger(__name__)

# How it ends where something failed that it has told itself.
TOLD = 3


class NightlyCommand(BaseCommand):
    """A command that notes with `--nightly` how it went. It is in `initiative.keeping.duties.NIGHTLY`, and acts in `act`."""

    def add_arguments(self, parser):
        parser.add_argument(
            "--nightly",
            action="store_true",
            help="As each night: note how it went, so that administrators see where it fails or isn't done any more.",
        )

    def handle(self, *args, nightly=False, **options):
        with noting(type(self).__module__.rpartition(".")[2]) if nightly else nullcontext():
            return self.act(*args, **options)


class Nights:
    """When the worker begins `manage.py nightly` (the setting NIGHTLY_AT): in a process of its own, since it takes minutes, and
    letters don't wait for it."""

    def __init__(self):
        self.process: subprocess.Popen | None = None
        self.begun: datetime | None = None

    def begin_if_due(self) -> bool:
        """Whether it was begun: once a night, and late where no worker was there in time."""
        if settings.NIGHTLY_AT is None or self._is_running():
            return False
        due = last(settings.NIGHTLY_AT, timezone.now())
        if self.begun == due or not is_night_due(due):
            return False
        if database.is_pooled():
            self.begun = due
            logger.error("What is done by night has to go past the pooler: let cron begin it (docs/operations.md).")
            return False
        self.process = subprocess.Popen([sys.executable, str(settings.BASE_DIR / "manage.py"), "nightly"])  # noqa: S603  (our own)
        self.begun = due  # where it can't begin, it is tried again in a minute
        logger.info("What is done by night was begun.")
        return True

    def _is_running(self) -> bool:
        """Whether the last one hasn't ended; where it didn't end by itself, that is told once."""
        code = self.process and self.process.poll()
        if self.process and code is None:
            return True
        if code:
            log = logger.warning if code == TOLD else logger.error
            log("What is done by night ended with %s.", code)
        self.process = None
        return False


def last(clock: time, now: datetime) -> datetime:
    """The latest moment, now or before, at which it was that time in UTC."""
    due = datetime.combine(now.astimezone(UTC), clock, UTC)
    return due if due <= now else due - timedelta(days=1)
