"""The files and addresses of a work, each with its own language."""

import mimetypes
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from initiative.base.languages import language_name
from initiative.base.panels import translated_panels
from initiative.base.validators import validate_language
from resources.panels import ReadingPanel


class ResourceFileQuerySet(models.QuerySet):
    def with_documents(self):
        """With what a list shows of their documents, in the same statement."""
        return self.select_related("document__reading").defer("document__reading__text")


class ResourceFile(Orderable):
    """A document kept here, or an address elsewhere."""

    resource = ParentalKey("resources.Resource", on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    url = models.URLField(_("or address"), max_length=1000, blank=True)
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        validators=[validate_language],
        help_text=_("A code such as en, fr, pt-br."),
    )
    label = models.CharField(
        _("label"), max_length=160, blank=True, help_text=_("Such as: author’s version. Empty: full text.")
    )

    objects = ResourceFileQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self):
        return self.href

    @classmethod
    def make_panels(cls):
        """Panels of the inline form; the label has one a language."""
        return [
            FieldPanel("document"),
            ReadingPanel(),
            FieldPanel("url"),
            FieldPanel("language"),
            *translated_panels("label"),
        ]

    def clean(self):
        super().clean()
        if bool(self.document_id) == bool(self.url):
            raise ValidationError({"url": _("Choose a document or give an address, one of the two.")})

    @property
    def href(self) -> str:
        """Where it is opened."""
        return self.document.url if self.document else self.url

    @property
    def format(self) -> str:
        """What it is, in a few letters: `PDF`, `XLSX`, `Web`."""
        if self.document:
            return self.document.file_extension.upper()
        extension = urlsplit(self.url).path.rpartition(".")[2].lower()
        return extension.upper() if extension in ("pdf", "csv", "xlsx", "docx", "epub", "zip", "mp3", "mp4") else "Web"

    @property
    def media_type(self) -> str:
        """Its media type, `text/html` for a web page."""
        return mimetypes.types_map.get(f".{self.format.lower()}", "text/html")

    @property
    def size(self) -> int | None:
        """Bytes, for a document kept here."""
        return self.document.file_size if self.document else None

    @property
    def reading(self):
        """What is known of a document kept here (FileReading), or None. No statement where the query brought it along."""
        return getattr(self.document, "reading", None) if self.document else None

    @property
    def sha256(self) -> str:
        """The checksum of a document kept here, in hexadecimal digits; empty where it isn't known."""
        return self.reading.sha256 if self.reading else ""

    @property
    def host(self) -> str:
        """The site an address leads to, without `www.`; empty for a document kept here."""
        return "" if self.document else (urlsplit(self.url).hostname or "").removeprefix("www.")

    @property
    def language_name(self) -> str:
        """Its language in the reader's language; empty where it isn't known."""
        return language_name(self.language) if self.language else ""
