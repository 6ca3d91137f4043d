"""A file that came with a submission."""

import secrets
from pathlib import PurePosixPath

from django.db import models

from partners.private_files import private_storage

SUFFIXES = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/csv": ".csv",
    "text/plain": ".txt",
}


def file_path(submission_file, filename: str) -> str:
    """A name of our own: the sender's is only shown."""
    return f"submissions/{secrets.token_urlsafe(16)}{PurePosixPath(filename).suffix}"


class SubmissionFile(models.Model):
    """One file, checked for what it is. `media_type` is what it was found to be, never what somebody said."""

    submission = models.ForeignKey("intake.Submission", on_delete=models.CASCADE, related_name="files")
    field = models.CharField(max_length=24)
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    file = models.FileField(upload_to=file_path, storage=private_storage)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["submission", "field", "digest"], name="submission_file_given_once")
        ]

    def __str__(self):
        return self.name
