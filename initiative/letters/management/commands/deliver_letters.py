"""`manage.py deliver_letters`: hand over the letters that the mail server didn't take at once."""

from django.core.management.base import BaseCommand

from initiative.letters.delivery import deliver_waiting, forget_contents


class Command(BaseCommand):
    help = (
        "Hand over the letters that are waiting; forget what stood in those sent a month ago. "
        "`manage.py publish_on_time` does it each minute."
    )

    def handle(self, *, verbosity, **options):
        taken = deliver_waiting()
        forget_contents()
        if taken and verbosity:
            self.stdout.write(f"{taken} handed over.")
