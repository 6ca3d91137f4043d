"""`manage.py restore`: a site from a backup."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from initiative.keeping.backups import restore
from initiative.keeping.database import KeepingError


class Command(BaseCommand):
    help = "Let an empty site be what a backup has. Stop the application first. Rows and checksums are compared in the end."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="the folder of one backup")
        parser.add_argument(
            "--replace", action="store_true", help="Even where the site is in use: what it has is lost."
        )

    def handle(self, *, folder, replace, **options):
        try:
            restored = restore(folder, replace)
        except KeepingError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored {sum(restored.rows.values())} rows and {len(restored.files)} files, each as it was."
        )
