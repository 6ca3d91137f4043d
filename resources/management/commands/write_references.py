"""manage.py write_references: how each work is cited, written down for its page."""

import time

from django.core.management.base import BaseCommand

from resources.services.references import unwritten, write_references

# The worker has other things to do each minute. Whoever comes to a page before its turn waits some milliseconds longer.
_LONGEST = 20


class Command(BaseCommand):
    help = "Write down how each published resource is cited, where that isn't written yet or was made in another way."

    def add_arguments(self, parser):
        parser.add_argument("--seconds", type=int, default=_LONGEST, help=f"go on for so long at most ({_LONGEST})")

    def handle(self, *args, seconds, verbosity, **options):
        until = time.monotonic() + seconds
        count = write_references(go_on=lambda: time.monotonic() < until)
        if verbosity and (count or verbosity > 1):
            self.stdout.write(f"References of {count} resources written; {unwritten().count()} are left.")
