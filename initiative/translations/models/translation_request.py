"""How often readers have asked for a translation. Nothing is kept of who asked."""

from collections.abc import Iterable

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TranslationRequestQuerySet(models.QuerySet):
    def counts(self, subjects: Iterable[str] | None = None) -> dict[tuple[str, str], int]:
        """(subject, language) → how often it was asked for; all of them, or those of some subjects. One statement."""
        found = self if subjects is None else self.filter(subject__in=list(subjects))
        return {(one.subject, one.language): one.count for one in found}


class TranslationRequest(models.Model):
    """How often one page or record was asked for in one language. It goes once that translation is published.

    `subject` is what the page or record calls itself in every language: `page:<translation key>`,
    `resources.resource:17` (see `BasePage.subject` and `TranslatedText.subject`).
    """

    subject = models.CharField(_("page or record"), max_length=120)
    language = models.CharField(_("language"), max_length=12)
    count = models.PositiveIntegerField(_("times"), default=1)
    first_asked = models.DateField(_("first asked"), default=timezone.localdate)
    last_asked = models.DateField(_("last asked"), default=timezone.localdate)

    objects = TranslationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a translation")
        verbose_name_plural = _("requests for translations")
        constraints = [models.UniqueConstraint(fields=["subject", "language"], name="translation_request_subject")]

    def __str__(self):
        return f"{self.subject} ({self.language}): {self.count}"
