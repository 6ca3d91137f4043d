"""`manage.py migrate`: Django's, but on PostgreSQL it never has readers queue behind it."""

import time

from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections

from initiative.base.patience import limited

PAUSE = 2  # seconds
_GIVEN_UP = ("55P03", "57014")  # lock_not_available, query_canceled


class Command(Migrate):
    help = (
        f"{Migrate.help} On PostgreSQL, a step that waits longer for a table than MIGRATION_LOCK_SECONDS, or works longer than "
        "MIGRATION_STATEMENT_SECONDS, is given up: nothing of it stays, and it can be tried again."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--tries", type=int, default=1, help="How often to try a step that is given up (1).")

    def handle(self, *args, tries=1, **options):
        connection = connections[options["database"]]
        if connection.vendor != "postgresql" or connection.in_atomic_block:
            super().handle(*args, **options)
            return
        limits = {"lock": settings.MIGRATION_LOCK_SECONDS, "statement": settings.MIGRATION_STATEMENT_SECONDS}
        with limited(options["database"], **limits):
            for left in range(tries - 1, -1, -1):
                try:
                    super().handle(*args, **options)
                    return
                except OperationalError as error:
                    if getattr(error.__cause__, "pgcode", "") not in _GIVEN_UP:
                        raise
                    reason = str(error).partition("\n")[0]
                    if not left:
                        raise CommandError(f"Given up ({reason}). The step was taken back: try again.") from error
                self.stdout.write(f"Given up for now ({reason}). Once more in {PAUSE} seconds.")
                connection.close()
                time.sleep(PAUSE)
