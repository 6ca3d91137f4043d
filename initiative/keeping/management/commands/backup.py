"""`manage.py backup`: database, files and secret key into a folder of their own."""

from pathlib import Path

from django.core.management import CommandError

from initiative.keeping import database
from initiative.keeping.backups import back_up
from initiative.keeping.database import KeepingError
from initiative.keeping.nightly import NightlyCommand


class Command(NightlyCommand):
    help = "Write database, files and secret key into a new folder, while the site runs. Keep it as safe as the site itself."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("target", type=Path, help="where the folders of all backups are")

    def act(self, *, target, **options):
        if database.is_empty():
            raise CommandError(
                "There is nothing to back up: nobody has an account in this database. Are DATA_DIR and DATABASE_URL right?"
            )
        try:
            made = back_up(target)
        except KeepingError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made.folder}: {sum(made.rows.values())} rows, {len(made.files)} files.")
