"""What there is to translate: a row per page (in all its languages) and per record."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class Subject(models.Model):
    """A published page or record with its source language, and what it says there.

    Worked out from the page or record whenever that changes (`tracking.refresh`); nothing here is edited by hand.
    `texts`: path → wording, see `initiative.base.wording`. `last_edit`: path → what the source said before it was last
    published with other words, null where it said nothing.
    """

    subject = models.CharField(max_length=120, unique=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=12)
    is_public = models.BooleanField(default=True)
    in_spotlight = models.BooleanField(default=False)
    words = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    last_edit = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("text to translate")
        verbose_name_plural = _("texts to translate")
        default_permissions = ()
        indexes = [models.Index(fields=["is_public", "content_type"], name="translation_subject_kind")]

    def __str__(self):
        return self.title

    @property
    def is_page(self) -> bool:
        """Whether it is a page, with one of its own in each language's tree."""
        return self.subject.startswith("page:")

    @property
    def kind_name(self) -> str:
        """What kind of page or record it is, in the reader's language."""
        model = self.content_type.model_class()
        return capfirst(str(model._meta.verbose_name)) if model else ""
