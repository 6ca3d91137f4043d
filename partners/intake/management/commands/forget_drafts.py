"""`manage.py forget_drafts`: delete what was begun, never sent, and left alone for six months."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from partners.intake.services import forget_drafts

KEPT = timedelta(days=183)


class Command(BaseCommand):
    help = "Delete submissions that nobody has written on for six months and that were never sent, with their files."

    def handle(self, *, verbosity, **options):
        forgotten = forget_drafts(timezone.now() - KEPT)
        if forgotten and verbosity:
            self.stdout.write(f"{forgotten} deleted.")
