"""What a progress report rests on."""

import uuid
from functools import partial
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from initiative.base.file_kinds import refuse_another_kind
from initiative.virus_scan.clamd import refuse_viruses
from partners.private_files import private_storage

EXTENSIONS = ("csv", "docx", "jpg", "jpeg", "ods", "odt", "pdf", "png", "pptx", "txt", "webp", "xlsx")


def evidence_path(evidence, filename: str) -> str:
    """Where a file is kept in the private storage: under a name of our own."""
    return f"evidence/{uuid.uuid4().hex}{PurePosixPath(filename).suffix.lower()}"


class EvidenceFile(FieldFile):
    """A file without a public address: `url` is where the secretariat reads it."""

    @property
    def url(self):
        return reverse("evidence", args=[self.instance.pk])


class EvidenceFileField(models.FileField):
    """A file in the private storage."""

    attr_class = EvidenceFile


class Evidence(Orderable):
    """A file or an address. Files have no address of their own: those of an approved report are handed out below the page of
    its commitment, all others to the secretariat alone."""

    report = ParentalKey(
        "partners.ProgressReport",
        verbose_name=pgettext_lazy("progress", "report"),
        on_delete=models.CASCADE,
        related_name="evidence",
    )
    title = models.CharField(_("what it is"), max_length=160, help_text=_("Such as: Field register."))
    url = models.URLField(_("address"), blank=True)
    file = EvidenceFileField(
        _("file"),
        upload_to=evidence_path,
        storage=private_storage,
        blank=True,
        validators=[FileExtensionValidator(EXTENSIONS)],
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
        if self.file and not self.file._committed:
            self._look_into(self.file)

    @staticmethod
    def _look_into(file) -> None:
        """Raises ValidationError for a new file that isn't what its ending says, or has a virus."""
        if PurePosixPath(file.name).suffix.lstrip(".").lower() not in EXTENSIONS:
            return  # the field says so
        content = file.read()
        file.seek(0)
        try:
            refuse_another_kind(PurePosixPath(file.name).name, content)
            refuse_viruses(content)
        except ValidationError as error:
            raise ValidationError({"file": error}) from error

    @property
    def format(self) -> str:
        """`PDF`; empty for an address."""
        return PurePosixPath(self.file.name).suffix.lstrip(".").upper() if self.file else ""

    @property
    def file_name(self) -> str:
        """What the file is called where it is saved: its title, with its ending."""
        ending = f".{self.format.lower()}"
        return f"{self.title.removesuffix(ending)[:80]}{ending}"


@receiver(models.signals.post_delete, sender=Evidence)
def forget_file(instance, **kwargs):
    """What nobody keeps on the site isn't kept on its disk either."""
    if instance.file:
        transaction.on_commit(partial(instance.file.storage.delete, instance.file.name))
