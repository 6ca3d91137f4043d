"""`manage.py forget_drafts`: delete what was begun, never sent, and left alone for six months, or for a week where nobody has
confirmed whose it is; and what was refused long ago."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from partners.intake.services import forget_drafts, forget_refused, forget_unconfirmed

KEPT = timedelta(days=183)
UNCONFIRMED_KEPT = timedelta(days=7)
REFUSED_KEPT = timedelta(days=731)


class Command(BaseCommand):
    help = (
        "Delete submissions that nobody has written on for six months and that were never sent, applications after a week where "
        "nobody has confirmed the address, and those declined or taken back two years ago, with their files."
    )

    def handle(self, *, verbosity, **options):
        now = timezone.now()
        forgotten = forget_drafts(now - KEPT) + forget_unconfirmed(now - UNCONFIRMED_KEPT)
        forgotten += forget_refused(now - REFUSED_KEPT)
        if forgotten and verbosity:
            self.stdout.write(f"{forgotten} deleted.")
