"""`manage.py forget_sign_ins`: what nobody needs to know of who signed in where."""

from django.core.management import BaseCommand, call_command

from initiative.staff_sessions.services import forget


class Command(BaseCommand):
    help = "Delete sign-ins not seen for a year, and sessions that are over."

    def handle(self, *, verbosity, **options):
        forgotten = forget()
        call_command("clearsessions")
        if verbosity:
            self.stdout.write(f"Sign-ins forgotten: {forgotten}.")
