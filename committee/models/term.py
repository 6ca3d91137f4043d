"""Who sits in the committee, as what, and since when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from initiative.base.dates import PartialDateField


class Term(models.Model):
    """One person's time in one role. Former members stay, with the date they left."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice_chair", _("Vice-chair")
        MEMBER = "member", _("Member")

    person = models.ForeignKey(
        "initiative.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="terms"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    start = PartialDateField(_("from"), blank=True)
    end = PartialDateField(_("until"), blank=True)
    is_former = models.BooleanField(
        _("has left"), default=False, help_text=_("Also where the date of leaving isn't known.")
    )
    note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["is_former", "person__family_name", "start"]

    def __str__(self):
        return f"{self.person.name}, {self.get_role_display()}"
