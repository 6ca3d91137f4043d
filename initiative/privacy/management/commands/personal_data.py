"""`manage.py personal_data`: what there is about a person, and away with it."""

import json

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import validate_email

from initiative.privacy.document import document
from initiative.privacy.persons import erase, export


class Command(BaseCommand):
    help = "Everything about an e-mail address as JSON (`export`), or erase it (`erase`; a trial without `--really`)."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["export", "erase", "document"])
        parser.add_argument("email", nargs="?", default="")
        parser.add_argument("--really", action="store_true", help="Erase, instead of telling what would be erased.")

    def handle(self, *, what, email, really, **options):
        if what == "document":
            self.stdout.write(document(), ending="")
            return
        email = email.strip()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email or 'Nothing'} is no e-mail address.") from error
        if what == "export":
            given = json.dumps(export(email), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            self.stdout.write(given)
            return
        told = erase(email, really)
        if not told:
            self.stdout.write("There is nothing about this address.")
            return
        self.stdout.write("Erased:" if really else "Would be erased (--really does it):")
        for line in told:
            self.stdout.write(f"  {line.kept.title}: {line.before - line.after} of {line.before}")
            if line.after:
                self.stdout.write(f"    {line.after} stay: {line.kept.stays}")
