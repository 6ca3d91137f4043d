"""Meetings of the committee."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiative.base.dates import PartialDateField


class Meeting(models.Model):
    """One numbered meeting."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    date = PartialDateField(_("date"))
    city = models.CharField(_("city"), max_length=120, blank=True)
    place = models.ForeignKey(
        "initiative.Place",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, help_text=_("For the map on the home page; north is positive.")
    )
    longitude = models.FloatField(_("longitude"), null=True, blank=True, help_text=_("East is positive."))
    online = models.BooleanField(_("online"), default=False)
    note = models.CharField(_("note"), max_length=255, blank=True)
    report = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("report"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["number"]

    @property
    def title(self) -> str:
        """`16th meeting of the committee`, in the reader's language."""
        return gettext("Meeting %(number)s of the committee") % {"number": self.number}

    def __str__(self):
        return f"{self.number}. {self.city} ({self.date})"
