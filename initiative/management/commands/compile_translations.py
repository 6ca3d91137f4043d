"""`manage.py compile_translations`: Django's compilemessages, without gettext."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from initiative.base import messages


class Command(BaseCommand):
    help = "Compile the interface's messages (.po to .mo) where they have changed. Needs no gettext."
    requires_system_checks = ()

    def handle(self, **options):
        try:
            written = messages.compile_stale(settings.LOCALE_PATHS)
        except messages.MessagesError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(f"Compiled {len(written)} files." if written else "The translations are up to date.")
