"""Commands that cron calls each night: where cron stops, somebody sees it."""

from contextlib import nullcontext

from django.core.management import BaseCommand

from initiative.keeping.duties import noting


class NightlyCommand(BaseCommand):
    """A command that notes with `--nightly` how it went. It is in `initiative.keeping.duties.NIGHTLY`, and acts in `act`."""

    def add_arguments(self, parser):
        parser.add_argument(
            "--nightly",
            action="store_true",
            help="As cron calls it: note how it went, so that administrators see where it fails or isn't done any more.",
        )

    def handle(self, *args, nightly=False, **options):
        with noting(type(self).__module__.rpartition(".")[2]) if nightly else nullcontext():
            return self.act(*args, **options)
