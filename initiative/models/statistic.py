"""Figures that change over time: each with its date and its source, never bare text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from initiative.base.dates import PartialDateField
from initiative.base.records import TranslatedText


class Statistic(TranslatedText):
    """One figure at one date."""

    main_text = "label"

    class Qualifier(models.TextChoices):
        EXACT = "exact", _("exactly")
        ABOUT = "about", _("about")
        OVER = "over", _("over")

    key = models.SlugField(_("key"), unique=True, help_text=_("A short name that never changes."))
    series = models.SlugField(
        _("series"), blank=True, db_index=True, help_text=_("Figures of one series are drawn side by side.")
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=3)
    qualifier = models.CharField(_("how exact"), max_length=8, choices=Qualifier, default=Qualifier.EXACT)
    label = models.CharField(_("what is counted"), max_length=255)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    date = PartialDateField(_("date"))
    source = models.CharField(_("source"), max_length=255, blank=True)
    source_url = models.URLField(_("where it can be read"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("statistic")
        verbose_name_plural = _("statistics")
        ordering = ["series", "date", "order"]

    def __str__(self):
        return f"{self.value:g} {self.label} ({self.date})"
