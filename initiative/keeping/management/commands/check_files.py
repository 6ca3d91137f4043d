"""`manage.py check_files`: nightly, whether each stored file is there and is what it was."""

from django.core.management import CommandError

from initiative.keeping.fixity import check_files
from initiative.keeping.nightly import NightlyCommand


class Command(NightlyCommand):
    help = "Look at the file of each record: is it there, and is it what it was? Ends with 1 where one isn't, and names it."

    def act(self, **options):
        found = check_files()
        for what, names in (("Missing", found.missing), ("Cut or grown", found.cut), ("Changed", found.changed)):
            for name in sorted(names):
                self.stdout.write(f"{what}: {name}")
        self.stdout.write(f"{found.checked} files, {found.new} of them new.")
        if not found.is_well:
            raise CommandError("Some files aren't what they were: take them from a backup.")
