"""`manage.py write_front_pages`: what the server in front says by itself, in every language."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand
from django.template.loader import render_to_string
from django.utils import translation

from initiative.base import languages

# What is asked for too often, and what nobody is there to answer.
PAGES = ("429", "503")


class Command(BaseCommand):
    help = "Write the pages that nginx shows while the application doesn't answer, or when it is asked too often."

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", nargs="?", default=str(settings.DATA_DIR / "front"), help="where (DATA_DIR/front)"
        )

    def handle(self, *, folder, **options):
        Path(folder).mkdir(parents=True, exist_ok=True)
        for code in languages.codes():
            with translation.override(code):
                for name in PAGES:
                    page = render_to_string(f"{name}.html", {"sent": None})
                    Path(folder, f"{name}.{code}.html").write_text(page, encoding="utf-8")
