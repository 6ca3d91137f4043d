"""How often a reader wants to hear."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    """How often a reader hears of what is new, if anything is."""

    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
