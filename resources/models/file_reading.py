"""What is known of a document kept here, beyond what Wagtail knows: its checksum, and the text in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.enums import Reading


class FileReadingQuerySet(models.QuerySet):
    def without_text(self):
        """Without the text itself, which only the search needs."""
        return self.defer("text")


class FileReading(models.Model):
    """A document's checksum and text. `name` is the stored file that both were read from, so that a replaced file shows."""

    document = models.OneToOneField(
        "wagtaildocs.Document",
        verbose_name=_("document"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="reading",
    )
    name = models.CharField(max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=Reading, default=Reading.WAITING)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    text = models.TextField(_("text"), blank=True)
    read_at = models.DateTimeField(_("read on"), null=True)

    objects = FileReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-document"]

    def __str__(self):
        return self.document.title
