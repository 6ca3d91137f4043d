"""`manage.py remake_pictures`: once after an update that has a new rule for pictures that are uploaded."""

from collections import Counter

from django.core.management import BaseCommand, CommandError

from initiative.stored_pictures import OF_NO_RECORD, WRONG, Found, remake_pictures


class Command(BaseCommand):
    help = (
        "Make stored pictures anew that have more in them than shows (where, when and with what they were taken, comments) or "
        "more pixels than one that is uploaded may have. What is in order stays as it is; a run that was broken off is taken "
        "up by the next one. Ends with 1 where somebody has to look at a file, and names it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *, dry_run, **options):
        found = Counter()
        for seen in remake_pictures(dry_run):
            found[seen.what] += 1
            if seen.what in WRONG:
                self.stderr.write(f"{seen.what}: {seen.name}")
            elif seen.what is not Found.KEPT:
                sizes = f" ({seen.size} bytes, {seen.made} after)" if seen.made else ""
                self.stdout.write(f"{seen.what}: {seen.name}{sizes}")
        pictures = found.total() - sum(found[what] for what in OF_NO_RECORD)
        nothing = " Nothing was changed: it was a dry run." if dry_run else ""
        self.stdout.write(f"{pictures} pictures, {found[Found.REMADE]} of them made anew.{nothing}")
        if wrong := sum(found[what] for what in WRONG):
            raise CommandError(f"Somebody has to look at {wrong} of the files.")
