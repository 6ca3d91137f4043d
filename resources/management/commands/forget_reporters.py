"""`manage.py forget_reporters`: addresses of readers whose report nobody closed in a year."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from resources.models import ProblemReport

KEPT = timedelta(days=365)


class Command(BaseCommand):
    help = "Forget the addresses in reports of problems older than a year; what they say stays."

    def handle(self, *, verbosity, **options):
        old = ProblemReport.objects.filter(reported_at__lt=timezone.now() - KEPT).exclude(email="")
        forgotten = old.update(email="")
        if forgotten and verbosity:
            self.stdout.write(f"{forgotten} forgotten.")
