"""`manage.py serve`: make everything ready that isn't, then serve the site with gunicorn. `make run` calls it."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils.translation.reloader import translation_file_changed

from initiative import preflight
from initiative.base import messages
from initiative.base.storage import static_fingerprint
from initiative.health import missing_migrations
from initiative.models import HomePage
from initiative.search import generations
from initiative.search.rebuild import rebuild

ADMINISTRATOR = "admin"
# Without the letters and digits that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = "Make ready what isn't (database, starter content, translations, static files), then serve the site here."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"), help="the port on localhost (8000)")
        parser.add_argument("--dev", action="store_true", help="Django's own server, which reloads changed code")

    def handle(self, *, port, dev, **options):
        """Does not return: the server takes this process over. Raises CannotStart."""
        number = preflight.port_number(port)
        addresses = preflight.loopback_addresses(number)
        self.require_folders()
        self.compile_translations()
        try:
            self.migrate()
            if not dev:
                self.collect_static_files()
            self.load_starter_content()
            self.build_index()
            self.create_administrator()
        except OperationalError as error:
            reason = str(error).strip().partition("\n")[0]
            raise preflight.CannotStart(
                f"The database cannot be used ({reason}): see to it that it runs, or set DATABASE_URL."
            ) from error
        self.become_server(number, addresses, dev)

    def require_folders(self):
        for folder in (settings.DATA_DIR, settings.MEDIA_ROOT, settings.STATIC_ROOT):
            preflight.require_folder(Path(folder))
        if connection.vendor == "sqlite":
            preflight.require_writable(Path(settings.DATABASES["default"]["NAME"]))

    def compile_translations(self):
        try:
            written = messages.compile_stale(settings.LOCALE_PATHS)
        except messages.MessagesError as error:
            raise preflight.CannotStart(str(error)) from error
        except OSError as error:
            raise preflight.CannotStart(
                f"The translations cannot be compiled ({error.strerror}): make {error.filename} writable for this user."
            ) from error
        for path in written:
            translation_file_changed(sender=self, file_path=path)  # forget what was read before
        if written:
            self.say("Compiled the translations.")

    def migrate(self):
        steps = len(missing_migrations())
        if steps:
            wait = ", which takes about half a minute" if steps > 50 else ""
            self.say(f"Preparing the database: {steps} steps{wait} …")
            call_command("migrate", interactive=False, verbosity=0)

    def collect_static_files(self):
        stamp = settings.DATA_DIR / "static.stamp"
        fingerprint = static_fingerprint()
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        if manifest.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint:
            return
        self.say("Building the static files …")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(fingerprint, encoding="ascii")

    def load_starter_content(self):
        """Only into a site without a home: content that people changed or removed never comes back by itself."""
        if not HomePage.objects.exists():
            self.say("Loading the starter content …")
            call_command("load_starter_content", stdout=self.stdout, stderr=self.stderr)

    def build_index(self):
        """Where the site has the index of another version only."""
        if generations.problem():
            self.say("Building the search index of this version …")
            rebuild()

    def create_administrator(self):
        users = get_user_model()._default_manager
        if users.exists():
            return
        password = "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
        users.create_superuser(ADMINISTRATOR, "", password)
        self.say(
            f"\nAn administrator was made. Keep the password, it is shown only once:\n"
            f"    user      {ADMINISTRATOR}\n    password  {password}\n"
        )

    def become_server(self, port, addresses, dev):
        site = f"http://localhost:{port}/"
        announcement = (
            f"The site   {site}\nThe admin  {site.rstrip('/')}{reverse('wagtailadmin_home')}\nCtrl-C stops it."
        )
        os.environ["PORT"] = str(port)
        if dev:
            self.say(announcement)
            arguments = [str(settings.BASE_DIR / "manage.py"), "runserver", f"127.0.0.1:{port}"]
        else:
            # Said by gunicorn.conf.py once the site answers.
            os.environ |= {"ANNOUNCEMENT": announcement, "BIND": ",".join(addresses)}
            config = str(settings.BASE_DIR / "gunicorn.conf.py")
            arguments = ["-m", "gunicorn", "--config", config, "--log-level", "warning"]
        self.stdout.flush()
        self.stderr.flush()
        # It sees when the server, which takes this process' place, has ended.
        subprocess.Popen([sys.executable, str(settings.BASE_DIR / "manage.py"), "publish_on_time"])  # noqa: S603  (our own)
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606  (a shell is what we don't want)

    def say(self, sentence):
        self.stdout.write(sentence)
        self.stdout.flush()
