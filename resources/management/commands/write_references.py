"""manage.py write_references: how each work is cited, written down for its page."""

import time

from django.core.management.base import BaseCommand
from django.db.models import F

from resources.models import Resource
from resources.services.references import write_references

# The worker has other things to do: what is left is done the next night, and written for who asks until then.
_LONGEST = 300


class Command(BaseCommand):
    help = (
        "Write down how each published resource is cited, where that isn't written yet or says something else by now."
    )

    def add_arguments(self, parser):
        parser.add_argument("--seconds", type=int, default=_LONGEST, help=f"go on for so long at most ({_LONGEST})")

    def handle(self, *args, seconds, verbosity, **options):
        missing_first = F("written_references").asc(nulls_first=True)
        keys = Resource.objects.live().order_by(missing_first).values_list("pk", flat=True)
        until = time.monotonic() + seconds
        count = write_references(keys, go_on=lambda: time.monotonic() < until)
        if count or verbosity > 1:
            self.stdout.write(f"References of {count} resources written.")
