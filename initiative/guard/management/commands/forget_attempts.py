"""`manage.py forget_attempts`: what limits have counted goes after a day, whether or not anybody comes."""

from django.core.management import BaseCommand

from initiative.guard.counts import forget_old_attempts


class Command(BaseCommand):
    help = "Delete what limits have counted and don't look at any more: digests of addresses older than a day."

    def handle(self, **options):
        forget_old_attempts()
