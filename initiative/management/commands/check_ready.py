"""`manage.py check_ready`: before and after a deployment, whether the site can do its work."""

from django.core.management import BaseCommand, CommandError

from initiative.health import background, problems


class Command(BaseCommand):
    help = (
        "Say of database, migrations, search index, cache and storage whether they are ready, and of the work in the background "
        "and Redis how it stands; ends with 1 where one of the first five isn't."
    )
    requires_system_checks = ()

    def handle(self, **options):
        found = problems()
        for name, problem in found.items():
            self.stdout.write(f"{name}: {problem or 'ready'}")
        for name, problem in background().items():
            self.stdout.write(f"background, {name}: {problem or 'well'}")
        if any(found.values()):
            raise CommandError("Not ready.")
