"""Fixed lists of the partners' room: each value is stored, each label is translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnerType(models.TextChoices):
    """The seven types of partner."""

    STATES = "states", _("States and local authorities")
    INTERNATIONAL = "international", _("International organisations")
    DONORS = "donors", _("Donors and foundations")
    FARMERS = "farmers", _("Farmers’ and foresters’ organisations")
    RESEARCH = "research", _("Research and education")
    CIVIL = "civil", _("Civil society and NGOs")
    COMPANIES = "companies", _("Private companies")


class Body(models.TextChoices):
    """What an organisation can belong to."""

    FORUM = "forum", _("Forum of partners")
    CONSORTIUM = "consortium", _("Consortium of members")


class Unit(models.TextChoices):
    """What a goal is measured in. Carbon and CO₂ stay apart: they are weighed differently."""

    HECTARES = "ha", _("hectares")
    CARBON = "t-c", _("tonnes of carbon")
    CO2E = "t-co2e", _("tonnes of CO₂ equivalent")
    PEOPLE = "people", _("people")
    FARMS = "farms", _("farms")
    PERCENT = "percent", _("per cent")
    OTHER = "other", _("something else")


# Of several commitments, only these can be added up.
ADDABLE = (Unit.HECTARES, Unit.CARBON, Unit.CO2E, Unit.PEOPLE)


class Outcome(models.TextChoices):
    """How a commitment ended, where somebody has said so."""

    COMPLETED = "completed", pgettext_lazy("commitment", "Completed")
    ENDED_EARLY = "ended-early", pgettext_lazy("commitment", "Ended early")
    REMOVED = "removed", pgettext_lazy("commitment", "Removed")


class Status(models.TextChoices):
    """How a commitment stands. Worked out, never chosen: see `partners.status`."""

    ANNOUNCED = "announced", pgettext_lazy("commitment", "Announced")
    ON_COURSE = "on-course", pgettext_lazy("commitment", "On course")
    BEHIND = "behind", pgettext_lazy("commitment", "Behind")
    REPORT_DUE = "report-due", pgettext_lazy("commitment", "Report due")
    SILENT = "silent", pgettext_lazy("commitment", "Silent")
    COMPLETED = "completed", pgettext_lazy("commitment", "Completed")
    ENDED_EARLY = "ended-early", pgettext_lazy("commitment", "Ended early")
    REMOVED = "removed", pgettext_lazy("commitment", "Removed")


class ReportState(models.TextChoices):
    """Where a progress report stands with the secretariat. Readers see approved ones only."""

    PENDING = "pending", pgettext_lazy("report", "Waiting")
    APPROVED = "approved", pgettext_lazy("report", "Approved")
    DECLINED = "declined", pgettext_lazy("report", "Declined")
