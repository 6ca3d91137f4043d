from django.core.management.base import BaseCommand

from initiative.translations.models import Subject
from initiative.translations.tracking import refresh
from initiative.translations.works import every_subject


class Command(BaseCommand):
    help = (
        "Bring the translation board up to what the database says, for everything there is. Translations seen for the "
        "first time count as up to date; what is known of the others is kept."
    )

    def handle(self, *args, verbosity=1, **options):
        names = every_subject()
        for name in names:
            refresh(name)
        known = set(names)
        gone = [pk for pk, name in Subject.objects.values_list("pk", "subject") if name not in known]
        for pk in gone:
            Subject.objects.filter(pk=pk).delete()
        if verbosity:
            self.stdout.write(f"{len(names)} pages and records looked at; {len(gone)} of the board are gone.")
