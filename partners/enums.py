"""Fixed lists of the partners' room: each value is stored, each label is translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
