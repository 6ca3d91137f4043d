"""`manage.py check_ready`: before and after a deployment, whether the site can do its work."""

from django.core.management import BaseCommand, CommandError

from initiative.health import problems


class Command(BaseCommand):
    help = "Say of database, migrations, cache and storage whether they work; ends with 1 where one doesn't."
    requires_system_checks = ()

    def handle(self, **options):
        found = problems()
        for name, problem in found.items():
            self.stdout.write(f"{name}: {problem or 'ready'}")
        if any(found.values()):
            raise CommandError("Not ready.")
