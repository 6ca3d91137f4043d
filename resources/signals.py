"""What follows when documents are saved."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_save

from resources.enums import Reading


def _document_saved(instance, raw=False, **_signal) -> None:
    from resources.services.file_readings import note_file
    from resources.tasks import read_document

    if raw or not instance.file:
        return
    if note_file(instance).state == Reading.WAITING:
        transaction.on_commit(partial(read_document.enqueue, instance.pk), robust=True)


def connect() -> None:
    """Listen; called once, when the apps are ready."""
    post_save.connect(_document_saved, sender="wagtaildocs.Document", dispatch_uid="resources.document_saved")
