"""`manage.py publish_on_time`: publish and expire what editors have scheduled, minute by minute."""

import logging
import os
import time

from django.core.management import BaseCommand, call_command
from django.db import close_old_connections

logger = logging.getLogger(__name__)

PAUSE = 60  # seconds


class Command(BaseCommand):
    help = (
        "Publish and expire what editors have scheduled, each minute, until the process that started this one ends. "
        "`manage.py serve` starts it; elsewhere run it beside the site, or `manage.py publish_scheduled` from cron."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do it once and end.")

    def handle(self, *, once, **options):
        try:
            self.keep_publishing(once)
        except KeyboardInterrupt:
            return  # Ctrl-C reaches the server and this process alike

    def keep_publishing(self, once: bool) -> None:
        parent = os.getppid()
        while True:
            try:
                call_command("publish_scheduled", verbosity=0)
            except Exception:
                if once:
                    raise
                logger.exception("What is scheduled could not be published; it is tried again in a minute.")
            if once:
                return
            close_old_connections()
            for _second in range(PAUSE):
                time.sleep(1)
                if os.getppid() != parent:
                    return
