"""`manage.py remind_partners`: the letters of the day to partners whose reports are due."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from partners.desk.reminders import remind
from partners.desk.signing_in import forget


class Command(BaseCommand):
    help = (
        "Remind partners of reports: 30 days before one is due, when it is due, and 60 days before a commitment counts as "
        "silent; each once. Forget links and sessions that are over. `manage.py publish_on_time` does it each day."
    )

    def handle(self, *, verbosity, **options):
        written = remind(timezone.localdate())
        forget()
        if written and verbosity:
            self.stdout.write(f"{written} reminded.")
