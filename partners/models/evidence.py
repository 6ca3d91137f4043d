"""What a progress report rests on."""

import uuid
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

EXTENSIONS = ("csv", "docx", "jpg", "jpeg", "ods", "odt", "pdf", "png", "pptx", "txt", "webp", "xlsx")


def evidence_path(evidence, filename: str) -> str:
    """Where a file is kept: under a name that nobody can guess, since nobody may read it before the report is approved."""
    return f"evidence/{uuid.uuid4().hex}{PurePosixPath(filename).suffix.lower()}"


class Evidence(Orderable):
    """A file or an address. Files are handed out by the commitment's page, and only with an approved report."""

    report = ParentalKey(
        "partners.ProgressReport",
        verbose_name=pgettext_lazy("progress", "report"),
        on_delete=models.CASCADE,
        related_name="evidence",
    )
    title = models.CharField(_("what it is"), max_length=160, help_text=_("Such as: Field register."))
    url = models.URLField(_("address"), blank=True)
    file = models.FileField(
        _("file"), upload_to=evidence_path, blank=True, validators=[FileExtensionValidator(EXTENSIONS)]
    )

    class Meta(Orderable.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if bool(self.url) == bool(self.file):
            raise ValidationError({"file": _("Give an address or a file, one of the two.")})

    @property
    def format(self) -> str:
        """`PDF`; empty for an address."""
        return PurePosixPath(self.file.name).suffix.lstrip(".").upper() if self.file else ""
