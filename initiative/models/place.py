"""Countries and regions of the world, named by CLDR in every language."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiative.base.languages import babel_locale, current


class Place(models.Model):
    """A country (ISO 3166-1 alpha-2) or a region (UN M49); its name is never stored."""

    code = models.CharField(
        _("code"),
        max_length=3,
        primary_key=True,
        validators=[RegexValidator(r"^([A-Z]{2}|[0-9]{3})\Z")],
        help_text=_("FR, or 002 for Africa"),
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["code"]

    def __str__(self):
        return self.name

    @property
    def is_region(self) -> bool:
        """True for a region of several countries."""
        return self.code.isdigit()

    @property
    def name(self) -> str:
        """Its name in the active language."""
        return self.name_in(current())

    name.fget.short_description = _("name")  # over its column in the admin

    def name_in(self, language: str) -> str:
        """Its name in a language; the code where CLDR has none."""
        return babel_locale(language).territories.get(self.code, self.code)
