"""`manage.py forget_files`: delete private files that no record names."""

from datetime import timedelta

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from initiative.keeping.unnamed import TooManyError, forget_unnamed

KEPT = timedelta(days=30)


class Command(BaseCommand):
    help = (
        "Delete private files that no record has named for a month: what is left where a process was killed. Ends with 1 and "
        "deletes nothing where they are many."
    )

    def handle(self, *, verbosity, **options):
        try:
            forgotten = forget_unnamed(timezone.now() - KEPT)
        except TooManyError as error:
            raise CommandError(str(error)) from error
        if forgotten and verbosity:
            self.stdout.write(f"{len(forgotten)} deleted.")
