"""`manage.py publish_on_time`: minute by minute, publish and expire what editors have scheduled, hand over letters, send
digests that are due, forget what limits have counted; and day by day what nobody needs any more."""

import logging
import os
import time
from functools import partial

from django.core.management import BaseCommand, call_command
from django.db import Error, close_old_connections
from django.utils import timezone

from initiative.keeping.duties import attend

logger = logging.getLogger(__name__)

PAUSE = 60  # seconds
DAILY = ("forget_drafts", "forget_reporters", "forget_sign_ins", "read_files", "remind_partners")
TASKS = ("publish_scheduled", "deliver_letters", "send_digests", "forget_attempts")


class Command(BaseCommand):
    help = (
        "Publish and expire what editors have scheduled, hand over letters and send digests, each minute, until the process "
        "that started this one ends. `manage.py serve` starts it; elsewhere run it beside the site, or "
        "`manage.py publish_scheduled` and `manage.py deliver_letters` from cron, and once a day `manage.py send_digests`, "
        "`manage.py forget_attempts`, `manage.py remind_partners`, `manage.py forget_sign_ins`, `manage.py forget_reporters` "
        "and `manage.py forget_drafts`."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do it once and end.")

    def handle(self, *, once, **options):
        try:
            self.keep_publishing(once)
        except KeyboardInterrupt:
            return  # Ctrl-C reaches the server and this process alike

    def keep_publishing(self, once: bool) -> None:
        parent, day, left = os.getppid(), None, set()
        while True:
            today = timezone.localdate()
            if today != day:
                day, left = today, set(DAILY)
            for task in (*TASKS, *(name for name in DAILY if name in left)):
                if once:
                    call_command(task, verbosity=0)
                elif self.attend(task):
                    left.discard(task)
            if once:
                return
            close_old_connections()
            for _second in range(PAUSE):
                time.sleep(1)
                if os.getppid() != parent:
                    return

    def attend(self, task: str) -> bool:
        """Whether it was done; where it fails, it is tried again, later each time, and administrators see that."""
        try:
            return attend(task, partial(call_command, task, verbosity=0))
        except Error:
            logger.exception("The database doesn't answer: %s waits.", task)
            return False
