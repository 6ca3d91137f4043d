"""What stays of a work that was taken out of the library: its address answers for ever, and says what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from initiative.base import dates, languages
from initiative.base.head import Head
from initiative.base.records import ShownRecord
from initiative.base.validators import validate_language
from resources.enums import Withdrawal


class Tombstone(ShownRecord):
    """A withdrawn work: what it was called, why it went, and what to read instead. `resource` is gone where it was deleted.

    Made by `resources.services.withdrawal`, never by hand.
    """

    landmark = "library"
    has_tombstone = True
    main_text = "note"

    resource = models.OneToOneField(
        "resources.Resource",
        verbose_name=_("resource"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="tombstone",
    )
    identity = models.CharField(max_length=80, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=500, editable=False)
    language = models.CharField(max_length=12, editable=False, validators=[validate_language])
    makers = models.TextField(_("made by"), blank=True, editable=False)
    issued = dates.PartialDateField(_("date"), blank=True, editable=False)
    doi = models.CharField(_("DOI"), max_length=255, blank=True, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), editable=False)

    reason = models.CharField(_("reason"), max_length=12, choices=Withdrawal, blank=True, default=Withdrawal.UNKNOWN)
    note = models.TextField(
        _("note"), blank=True, help_text=_("What readers should know besides. Paragraphs separated by an empty line.")
    )
    successor = models.ForeignKey(
        "resources.Resource",
        verbose_name=_("read instead"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Another resource that readers are shown in its place."),
    )

    class Meta:
        verbose_name = _("withdrawn resource")
        verbose_name_plural = _("withdrawn resources")
        ordering = ["-withdrawn_on", "-pk"]

    def __str__(self):
        return self.title

    @property
    def date_display(self) -> str:
        """The date of the work in the reader's words; empty where it has none."""
        return dates.display(self.issued)

    @property
    def title_direction(self) -> str:
        """`rtl` or `ltr`, of the title's language."""
        return languages.direction(self.language)

    def get_head(self) -> Head:
        return Head(self.title, alternates=self.alternates(), noindex=True)
