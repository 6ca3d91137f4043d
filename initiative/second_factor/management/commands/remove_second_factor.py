"""`manage.py remove_second_factor`: for who has lost both their phone and their recovery codes."""

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from initiative.accounts.letters import NO_SECOND_FACTOR, tell
from initiative.second_factor.devices import remove


class Command(BaseCommand):
    help = (
        "Let a person sign in with the password alone, to set a new second factor up. Be sure that it is they who ask."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        users = get_user_model()
        try:
            user = users._default_manager.get_by_natural_key(username)
        except users.DoesNotExist as error:
            raise CommandError(f"There is no user {username}.") from error
        if not remove(user):
            raise CommandError(f"{username} has no second factor.")
        tell(user, NO_SECOND_FACTOR)
        self.stdout.write(f"{username} signs in with the password alone now.")
