"""manage.py read_files: checksums and texts of documents that have none yet."""

from collections import Counter

from django.core.management.base import BaseCommand
from django.db.models import Q
from wagtail.documents import get_document_model

from resources.enums import Reading
from resources.services.file_readings import read_file


class Command(BaseCommand):
    help = "Read the checksum and the text of each document that wasn't read yet; the search finds it then."

    def add_arguments(self, parser):
        parser.add_argument("--anew", action="store_true", help="read all documents anew")

    def handle(self, *args, anew, verbosity, **options):
        documents = get_document_model().objects.order_by("pk")
        if not anew:
            documents = documents.filter(
                Q(reading__isnull=True) | Q(reading__state=Reading.WAITING) | Q(reading__sha256="")
            )
        total, states = documents.count(), Counter()
        for number, document in enumerate(documents.iterator(chunk_size=100), 1):
            state = read_file(document).state
            states[state] += 1
            if verbosity > 1:
                self.stdout.write(f"{number}/{total} {document.title}: {Reading(state).label}")
        for state in Reading:
            if states[state]:
                self.stdout.write(f"{states[state]}: {state.label}")
        if total or verbosity > 1:
            self.stdout.write(f"{total} documents read.")
