"""What a reader reported of a resource."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.enums import Problem, ReportState


class ProblemReport(models.Model):
    """A reader's word to the editors. The address is for an answer: once the report is done, it is forgotten."""

    resource = models.ForeignKey(
        "resources.Resource",
        verbose_name=_("resource"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="problem_reports",
    )
    title = models.CharField(_("title"), max_length=500, editable=False)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem, editable=False)
    text = models.TextField(_("what the reader wrote"), editable=False)
    email = models.EmailField(_("e-mail for an answer"), blank=True, editable=False)
    language = models.CharField(_("language of the reader"), max_length=12, editable=False)
    reported_at = models.DateTimeField(_("reported"), default=timezone.now, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=ReportState, default=ReportState.NEW)
    note = models.TextField(_("note of the editors"), blank=True)

    class Meta:
        verbose_name = _("reported problem")
        verbose_name_plural = _("reported problems")
        ordering = ["-state", "-reported_at"]
        indexes = [models.Index(fields=["state", "reported_at"], name="problem_report_state")]

    def __str__(self):
        return f"{self.get_problem_display()}: {self.title}"

    def save(self, *args, **kwargs):
        if self.state == ReportState.DONE:
            self.email = ""
        super().save(*args, **kwargs)
