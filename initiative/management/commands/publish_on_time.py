"""`manage.py publish_on_time`: minute by minute, publish and expire what editors have scheduled, hand over letters, send
digests that are due, write references down, forget what limits have counted; day by day, read files that are left, remind
partners, and forget what nobody needs any more; and by night, begin `manage.py nightly` (NIGHTLY_AT)."""

import logging
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.core.management import BaseCommand, CommandError, call_command
from django.db import Error, close_old_connections
from django.utils import timezone

from initiative.keeping.duties import DAILY, TASKS, attend, done_on
from initiative.keeping.nightly import Nights

logger = logging.getLogger(__name__)

PAUSE = 60  # seconds


class Command(BaseCommand):
    help = (
        "Publish and expire what editors have scheduled, hand over letters and send digests, each minute, forget what nobody "
        "needs any more, each day, and begin what is done by night, until the process that started this one ends. `manage.py "
        "serve` starts it; elsewhere run it beside the site, or with --once from cron, each minute, which leaves nights to cron."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--once",
            action="store_true",
            help="Do once what is due each minute, what is due each day unless it was done today; end with 1 where one fails.",
        )

        parser.add_argument(
            "--alive",
            type=Path,
            metavar="FILE",
            help="Write its time anew before each thing done, so that what watches sees it.",
        )

    def handle(self, *, once, alive=None, **options):
        if once:
            self.publish_once()
            return
        try:
            self.keep_publishing(alive.touch if alive else lambda: None)
        except KeyboardInterrupt:
            return  # Ctrl-C reaches the server and this process alike

    def publish_once(self) -> None:
        """As the worker does it, so that it is seen to be there. Raises CommandError with what failed, or failed just now."""
        done = done_on(timezone.localdate())
        tasks = (*TASKS, *(name for name in DAILY if name not in done))
        if failed := [task for task in tasks if not self.attend(task)]:
            raise CommandError(f"Not done: {', '.join(failed)}. They are tried again, later each time.")

    def keep_publishing(self, is_alive: Callable[[], None]) -> None:
        parent, day, left, nights = os.getppid(), None, set(), Nights()
        while True:
            today = timezone.localdate()
            if today != day:
                day, left = today, set(DAILY)
            for task in (*TASKS, *(name for name in DAILY if name in left)):
                is_alive()
                if self.attend(task):
                    left.discard(task)
            self.begin_night(nights)
            close_old_connections()
            for _second in range(PAUSE):
                time.sleep(1)
                if os.getppid() != parent:
                    return

    def begin_night(self, nights: Nights) -> None:
        """What fails in it is told by what it begins; that it can't begin is looked at again in a minute."""
        try:
            nights.begin_if_due()
        except (Error, OSError):
            logger.exception("What is done by night can't begin.")

    def attend(self, task: str) -> bool:
        """Whether it was done; where it fails, it is tried again, later each time, and administrators see that."""
        try:
            return attend(task, partial(call_command, task, verbosity=0))
        except Error:
            logger.exception("The database doesn't answer: %s waits.", task)
            return False
