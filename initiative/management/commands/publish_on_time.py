"""`manage.py publish_on_time`: minute by minute, publish and expire what editors have scheduled, hand over letters, send
digests that are due, forget what limits have counted; and day by day what nobody needs any more."""

import logging
import os
import time

from django.core.management import BaseCommand, call_command
from django.db import close_old_connections
from django.utils import timezone

logger = logging.getLogger(__name__)

PAUSE = 60  # seconds
DAILY = ("forget_drafts", "forget_reporters", "forget_sign_ins", "remind_partners")
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
        parent, day = os.getppid(), None
        while True:
            today = timezone.localdate()
            for task in (*TASKS, *(DAILY if today != day else ())):
                try:
                    call_command(task, verbosity=0)
                except Exception:
                    if once:
                        raise
                    logger.exception("%s failed; it is tried again in a minute, or tomorrow.", task)
            day = today
            if once:
                return
            close_old_connections()
            for _second in range(PAUSE):
                time.sleep(1)
                if os.getppid() != parent:
                    return
