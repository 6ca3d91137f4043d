"""`manage.py sign_out`: end the sessions of a person, or of everybody."""

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from initiative.staff_sessions.models import SignIn
from initiative.staff_sessions.services import end_others


class Command(BaseCommand):
    help = "Sign a person out on every device; `--everybody` signs out all who work on the site."

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?")
        parser.add_argument("--everybody", action="store_true")

    def handle(self, *, username, everybody, **options):
        if everybody == bool(username):
            raise CommandError("Give the name of one person, or --everybody.")
        if everybody:
            ended = SignIn.objects.living().update(ended=True)
        else:
            users = get_user_model()
            try:
                user = users._default_manager.get_by_natural_key(username)
            except users.DoesNotExist as error:
                raise CommandError(f"There is no user {username}.") from error
            ended = end_others(user, None)
        self.stdout.write(f"Sessions ended: {ended}.")
