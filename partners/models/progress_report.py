"""What an organisation reports on a commitment."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from initiative.base.records import TranslatedText
from initiative.base.validators import validate_language
from partners.enums import ReportState
from partners.status import Report


class ProgressReportQuerySet(models.QuerySet):
    def approved(self):
        """Only what readers may see."""
        return self.filter(state=ReportState.APPROVED)

    def as_told(self) -> Iterator[Report]:
        """What they say, oldest first; one statement."""
        rows = self.order_by("reported_on", "pk").values_list("reported_on", "value", "unchanged")
        return (Report(*row) for row in rows)


class ProgressReport(TranslatedText, ClusterableModel):
    """A dated report: a figure in the commitment's unit, a story, evidence, or just that nothing has changed.

    Saving or deleting one works out anew how its commitment stands.
    """

    main_text = "story"

    commitment = models.ForeignKey(
        "partners.Commitment", verbose_name=_("commitment"), on_delete=models.CASCADE, related_name="reports"
    )
    reported_on = models.DateField(_("day it speaks of"))
    value = models.DecimalField(
        _("figure"),
        max_digits=18,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("In all, in the commitment’s unit; not what was added since the last report."),
    )
    unchanged = models.BooleanField(_("nothing has changed since the last report"), default=False)
    story = models.TextField(_("what happened"), blank=True, help_text=_("Paragraphs separated by an empty line."))
    language = models.CharField(
        _("language it was written in"),
        max_length=12,
        blank=True,
        validators=[validate_language],
        help_text=_("A code such as en, fr, pt-br. Texts in other languages are marked as translations."),
    )
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.PENDING)
    decided_on = models.DateField(_("day it was checked"), null=True, blank=True)
    submitted_by = models.CharField(_("sent by"), max_length=255, blank=True, help_text=_("Never shown to readers."))
    submitted_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-reported_on", "-pk"]
        indexes = [models.Index(fields=["commitment", "state", "reported_on"], name="report_of_commitment")]

    def __str__(self):
        return f"{self.commitment}, {self.reported_on}"

    def clean(self):
        super().clean()
        errors = {}
        if self.reported_on and self.reported_on > timezone.localdate():
            errors["reported_on"] = _("This day is still to come.")
        if self.unchanged and self.value is not None:
            errors["unchanged"] = _("Either a figure, or that nothing has changed.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        if self.state != ReportState.PENDING and self.decided_on is None:
            self.decided_on = timezone.localdate()
        told_before = type(self).objects.filter(pk=self.pk).exclude(commitment=self.commitment_id).first()
        super().save(*args, **kwargs)
        for report in filter(None, (self, told_before)):
            report.commitment.recount()

    @property
    def is_translated(self) -> bool:
        """True where the reader is shown another language than it was written in."""
        return bool(self.language) and self.best("story") != "" and self.shown_language() != self.language


@receiver(models.signals.post_delete, sender=ProgressReport)
def forget(instance, **kwargs):
    """However it was deleted, its commitment stands as if it had never been."""
    instance.commitment.recount()
