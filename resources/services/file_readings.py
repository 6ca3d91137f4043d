"""Keeping what is known of files true: checksums at once, texts in a task."""

import hashlib
import logging

from django.db import transaction
from django.utils import timezone

from resources.enums import Reading
from resources.models import FileReading
from resources.services.pdf import PdfText, read_text

logger = logging.getLogger(__name__)


def note_file(document) -> FileReading:
    """Let a document that was saved have the checksum of its file. A new or replaced PDF waits to be read."""
    reading = FileReading.objects.without_text().filter(document=document).first()
    if reading and reading.name == document.file.name and reading.sha256:
        return reading
    reading, _made = FileReading.objects.update_or_create(
        document=document,
        defaults={
            "name": document.file.name,
            "sha256": checksum(document.file),
            "state": Reading.WAITING if is_pdf(document) else Reading.OTHER,
            "pages": None,
            "text": "",
            "read_at": None,
        },
    )
    return reading


def is_pdf(document) -> bool:
    """By its name, as Wagtail checks it."""
    return document.file_extension.lower() == "pdf"


def checksum(file) -> str:
    """SHA-256 of a stored file in hexadecimal digits; empty where the storage doesn't give it."""
    try:
        with file.storage.open(file.name, "rb") as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest()
    except OSError as error:
        logger.warning("%s has no checksum: %s", file.name, error)
        return ""


def read_file(document) -> FileReading:
    """Read the text of a document, and keep what came of it. Saving it lets the search read the resources anew."""
    reading = note_file(document)
    if not is_pdf(document):
        return reading
    try:
        found = read_text(document.file)
    except FileNotFoundError:
        found = PdfText(Reading.DAMAGED)
    except OSError as error:  # the machine is short of something: another time
        logger.warning("%s can't be read now: %s", document.file.name, error)
        return reading
    reading.state, reading.text, reading.pages = found.state, found.text, found.pages
    reading.read_at = timezone.now()
    with transaction.atomic():
        # Somebody may have replaced the file, or deleted the document, while this one was read.
        current = FileReading.objects.select_for_update().filter(document=document, name=reading.name)
        if current.exists():
            reading.save(force_update=True)
    return reading
