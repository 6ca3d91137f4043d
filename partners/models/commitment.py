"""What an organisation has committed to."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from initiative.base.dates import PartialDateField
from initiative.base.head import Head
from initiative.base.querysets import DraftedQuerySet
from initiative.base.records import EditedRecord, ShownRecord


class Commitment(EditedRecord, ShownRecord):
    """One commitment: the goal, the types of action, the timetable and the resources it dedicates."""

    landmark = "commitments"
    main_text = "goal"
    preview_template = "partners/commitment.html"

    organisation = models.ForeignKey(
        "partners.Organisation", verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="commitments"
    )
    title = models.CharField(_("in one sentence"), max_length=255)
    goal = models.TextField(_("the goal it sets itself"))
    actions = models.TextField(_("the types of action"), blank=True, help_text=_("One a line."))
    timetable = models.TextField(_("the timetable"), blank=True)
    resources = models.TextField(_("the resources it dedicates"), blank=True)
    start = PartialDateField(_("start"), blank=True)
    end = PartialDateField(_("end"), blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=18, decimal_places=3, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=80, blank=True, help_text=_("Such as: hectares under winter cover."))
    sdgs = ParentalManyToManyField(
        "initiative.SustainableDevelopmentGoal", verbose_name=_("goals"), blank=True, related_name="commitments"
    )
    priorities = ParentalManyToManyField(
        "committee.ResearchPriority", verbose_name=_("research priorities"), blank=True, related_name="commitments"
    )
    topics = ParentalManyToManyField(
        "resources.Topic", verbose_name=_("topics"), blank=True, related_name="commitments"
    )

    objects = DraftedQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["organisation__name", "pk"]

    def __str__(self):
        return f"{self.organisation}: {self.title}"

    def clean(self):
        super().clean()
        if (self.baseline is None) != (self.target is None):
            raise ValidationError({"target": _("A goal that can be measured needs both a baseline and a target.")})

    @property
    def action_list(self) -> list[str]:
        """The types of action, one an item."""
        return [line.strip() for line in (self.best("actions") or "").splitlines() if line.strip()]

    def get_head(self) -> Head:
        return self.head(self.best("title"), self.best("goal"), type="article")

    def get_detail_context(self) -> dict:
        return {
            "commitment": self,
            "organisation": self.organisation,
            "priorities": self.priorities.all(),
        }
