"""How far a page or record is translated into one language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.base.rights import codename
from initiative.translations.enums import TO_DO, Review, State


class TranslationQuerySet(models.QuerySet):
    def to_do(self):
        """What somebody should write: missing, begun, or behind its source."""
        return self.filter(state__in=TO_DO)


class Translation(models.Model):
    """One cell of the board. `owner`, `note` and `job` are people's; the rest follows from the texts.

    - `behind`: path → what the source said when this text was made from it, null where it said nothing; only the paths
      where it says something else now.
    - `drafted_from`: the same for texts of an unpublished draft, all that were written in it.
    - `written`, `drafted`: path → digest of the published text, and of the draft's; no draft: null.
    - `machine`: path → digest of a text that a machine wrote and nobody confirmed yet; `machine_made`: the latest text has
      some, `machine_shown`: the published one has.
    """

    subject = models.ForeignKey("translations.Subject", on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=State, default=State.MISSING)
    review = models.CharField(max_length=9, choices=Review, blank=True)
    since = models.DateTimeField()
    words_to_do = models.PositiveIntegerField(default=0)
    parts_left = models.PositiveIntegerField(default=0)
    machine_made = models.BooleanField(default=False)
    machine_shown = models.BooleanField(default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who takes care of it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translations_cared_for",
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    behind = models.JSONField(default=dict)
    drafted_from = models.JSONField(default=dict)
    written = models.JSONField(default=dict)
    drafted = models.JSONField(null=True)
    machine = models.JSONField(default=dict)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        default_permissions = ()
        permissions = [
            (codename(code), f"Can write {languages.language_name(code, 'en')}") for code in languages.codes()
        ]
        constraints = [models.UniqueConstraint(fields=["subject", "language"], name="translation_language")]
        indexes = [models.Index(fields=["language", "state", "subject"], name="translation_state")]

    def __str__(self):
        return f"{self.subject} ({self.language}): {self.get_state_display()}"

    @property
    def is_source(self) -> bool:
        """Whether the others are made from this one."""
        return self.state == State.SOURCE

    @property
    def is_begun(self) -> bool:
        """Whether a text of its own says something, published or not."""
        return self.state != State.MISSING
