"""`manage.py seal_seeds`: before an old secret key is left out, or a version comes back that is from before seeds were sealed."""

from binascii import hexlify

from django.core.management import BaseCommand
from django.db import transaction

from initiative.second_factor.models import Authenticator
from initiative.second_factor.seeds import SeedError


class Command(BaseCommand):
    help = (
        "Seal the seeds of all authenticators with today's SECRET_KEY. With --open keep them in clear instead, "
        "as versions read them that are from before seeds were sealed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--open", action="store_true")

    @transaction.atomic
    def handle(self, **options):
        lost = 0
        found = list(Authenticator.objects.select_for_update().order_by("pk"))
        for device in found:
            try:
                seed = device.bin_key
            except SeedError as error:
                lost += 1
                self.stderr.write(f"That of account {device.user_id} stays as it is: {error}.")
                continue
            if options["open"]:
                Authenticator.objects.filter(pk=device.pk).update(key=hexlify(seed).decode())
            else:
                device.save()
        self.stdout.write(f"{len(found) - lost} seeds are {'in clear' if options['open'] else 'sealed'} now.")
