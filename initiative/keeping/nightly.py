"""What is done each night: where it stops, somebody sees it."""

import logging
import subprocess
import sys
from contextlib import nullcontext
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from initiative.keeping.duties import begun_before, noting

logger = logging.getLogger(__name__)


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
        if settings.NIGHTLY_AT is None or (self.process and self.process.poll() is None):
            return False
        due = last(settings.NIGHTLY_AT, timezone.now())
        if (self.begun and self.begun >= due) or not begun_before(due):
            return False
        self.process = subprocess.Popen([sys.executable, str(settings.BASE_DIR / "manage.py"), "nightly"])  # noqa: S603  (our own)
        self.begun = due
        logger.info("What is done each night was begun.")
        return True


def last(clock: time, now: datetime) -> datetime:
    """The latest moment, now or before, at which it was that time where the site is."""
    local = timezone.localtime(now)
    due = local.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return due if due <= local else due - timedelta(days=1)
