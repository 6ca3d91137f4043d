"""`manage.py load_starter_content`: what a new site shows."""

from django.core.management import BaseCommand, call_command
from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update

from initiative.models import HomePage
from initiative.starter.pages import PageLoader
from initiative.starter.records import RecordLoader


class Command(BaseCommand):
    help = (
        "Load the starter content: records, pages in every language, menus. Run again, it adds what is missing and "
        "leaves alone what editors changed. All of it or, after an error, nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Only into a site without a home page.")

    def handle(self, *args, verbosity=1, if_empty=False, **options):
        if if_empty and HomePage.objects.exists():
            return
        say = self.stdout.write if verbosity else lambda line: None
        with transaction.atomic():
            # What refers to what is worked out once at the end: quicker, and pages made before their texts are counted too.
            with disable_reference_index_auto_update():
                say("Records")
                records = RecordLoader(say)
                records.load()
                say("Pages")
                pages = PageLoader(say)
                pages.load()
            call_command("rebuild_references_index", verbosity=0)
        call_command("rebuild_search", verbosity=0)
        say(self.style.SUCCESS(f"{records.made} records and {pages.made} pages are new."))
