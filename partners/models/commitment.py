"""What an organisation has committed to."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from initiative.base import languages
from initiative.base.dates import PartialDateField, day_or_none, first_day, last_day
from initiative.base.head import Head
from initiative.base.querysets import DraftedQuerySet
from initiative.base.records import EditedRecord, ShownRecord
from partners.countries import country_links
from partners.enums import Outcome, Status, Unit
from partners.ledger import known_ledger
from partners.models.commitment_change import CommitmentChange
from partners.progress import Progress
from partners.status import Goal, Standing, standing, status_on


class CommitmentQuerySet(DraftedQuerySet):
    def with_status(self, day=None):
        """Each with its status on a day (today by default) as `status_then`, for filters and counts."""
        day = day or timezone.localdate()
        now = models.Case(
            models.When(silent_on__lte=day, then=models.Value(Status.SILENT.value)),
            models.When(due_on__lte=day, then=models.Value(Status.REPORT_DUE.value)),
            default=models.F("course"),
        )
        return self.annotate(status_then=now)


class Commitment(EditedRecord, ShownRecord):
    """One commitment: the goal, the types of action, the timetable and the resources it dedicates.

    It is measurable where baseline and target say so. How it stands is worked out anew with each save and each report.
    """

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
    baseline_on = PartialDateField(_("when that was measured"), blank=True)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit, blank=True)
    measure = models.CharField(
        _("what is counted"), max_length=80, blank=True, help_text=_("Such as: hectares under winter cover.")
    )
    places = ParentalManyToManyField(
        "initiative.Place",
        verbose_name=_("countries"),
        blank=True,
        related_name="commitments",
        help_text=_("Where it is carried out. Empty: in the organisation’s own country."),
    )
    sdgs = ParentalManyToManyField(
        "initiative.SustainableDevelopmentGoal", verbose_name=_("goals"), blank=True, related_name="commitments"
    )
    priorities = ParentalManyToManyField(
        "committee.ResearchPriority", verbose_name=_("research priorities"), blank=True, related_name="commitments"
    )
    topics = ParentalManyToManyField(
        "resources.Topic", verbose_name=_("topics"), blank=True, related_name="commitments"
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=12,
        choices=Outcome,
        blank=True,
        help_text=_("Only once it is over. It stays on the site."),
    )
    outcome_on = models.DateField(_("day of the outcome"), null=True, blank=True)
    outcome_note = models.TextField(_("why"), blank=True, help_text=_("Readers see this beside the outcome."))

    # How it stands (see partners.status); kept by `recount`.
    course = models.CharField(max_length=12, choices=Status, default=Status.ANNOUNCED, editable=False)
    rests_on = models.DateField(null=True, editable=False)
    due_on = models.DateField(null=True, editable=False)
    silent_on = models.DateField(null=True, editable=False)
    reported_on = models.DateField(null=True, editable=False)
    value = models.DecimalField(max_digits=18, decimal_places=3, null=True, editable=False)
    valued_on = models.DateField(null=True, editable=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["organisation__name", "pk"]
        indexes = [models.Index(models.F("start").desc(), models.F("id").desc(), name="commitment_newest")]

    def __str__(self):
        return f"{self.organisation}: {self.title}"

    def clean(self):
        super().clean()
        errors = {}
        if (self.baseline is None) != (self.target is None):
            errors["target"] = _("A goal that can be measured needs both a baseline and a target.")
        elif self.target is not None and self.baseline == self.target:
            errors["target"] = _("The target is where it starts already.")
        elif self.target is not None and not self.unit:
            errors["unit"] = _("Say what the baseline and the target are measured in.")
        starts, ends = day_or_none(self.start, first_day), day_or_none(self.end, last_day)
        if starts and ends and ends < starts:
            errors["end"] = _("It can’t end before it starts.")
        if bool(self.outcome) != bool(self.outcome_on):
            errors["outcome_on"] = _("An outcome has a day, and a day has an outcome.")
        elif self.outcome_on and self.outcome_on > timezone.localdate():
            errors["outcome_on"] = _("This day is still to come.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        before = CommitmentChange.told_of(self) if self.pk and kwargs.get("update_fields") is None else None
        if kwargs.get("update_fields") is None:
            self._keep(self.standing())
        super().save(*args, **kwargs)
        if before:
            CommitmentChange.note(self, before)

    def standing(self) -> Standing:
        """How it stands after its approved reports."""
        known_since = timezone.localdate(self.first_published_at) if self.first_published_at else None
        goal = Goal(
            known_since=known_since,
            starts=day_or_none(self.start, first_day),
            ends=day_or_none(self.end, last_day),
            baseline=self.baseline,
            target=self.target,
            outcome=self.outcome,
            outcome_on=self.outcome_on,
        )
        return standing(goal, self.reports.approved().as_told() if self.pk else [])

    def recount(self) -> None:
        """Work out anew how it stands, after a report came or went. Touches nothing else, drafts neither."""
        self._keep(self.standing())
        type(self).objects.filter(pk=self.pk).update(**{name: getattr(self, name) for name in _KEPT})
        known_ledger.forget()

    def _keep(self, now: Standing) -> None:
        for name in _KEPT:
            setattr(self, name, getattr(now, name))

    @property
    def status(self) -> Status:
        """How it stands today."""
        return status_on(timezone.localdate(), self)

    @property
    def action_list(self) -> list[str]:
        """The types of action, one an item."""
        return [line.strip() for line in (self.best("actions") or "").splitlines() if line.strip()]

    @property
    def public_reports(self) -> list:
        """Its approved reports with their evidence: those that `commitment_by_slug` brought along, else one by one."""
        if "approved_reports" in self.__dict__:
            return self.approved_reports
        return list(self.reports.approved().prefetch_related("evidence")) if self.pk else []

    def get_head(self) -> Head:
        language = self.best_language("title")
        return self.head(
            self.best("title"),
            self.best("goal"),
            title_language="" if language == languages.current() else language,
            type="article",
        )

    def get_detail_context(self) -> dict:
        return {
            "commitment": self,
            "organisation": self.organisation,
            "priorities": self.priorities.all(),
            "progress": Progress(self),
            "places": country_links(self.places.all()),
        }


_KEPT = ("course", "rests_on", "due_on", "silent_on", "reported_on", "value", "valued_on")
