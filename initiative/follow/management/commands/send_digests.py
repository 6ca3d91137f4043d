from django.core.management.base import BaseCommand, CommandError

from initiative.follow.digests import NoMailServer, send_digests


class Command(BaseCommand):
    help = (
        "Send readers what is new in what they follow, as far as it is due, and forget follows that nobody confirmed. "
        "`manage.py publish_on_time` does it each minute; a day's digests go out from five in the morning (UTC) on."
    )

    def handle(self, *args, **options):
        try:
            outcome = send_digests()
        except NoMailServer as error:
            raise CommandError(
                f"The mail server can't be reached ({error}). The rest goes out with the next run."
            ) from error
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in vars(outcome).items()))
        if outcome.failed or outcome.unsure:
            raise CommandError("Some digests failed; the log says why.")
