"""A step of a submission from one state to another."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.intake.enums import State


class Transition(models.Model):
    """Who did what, when, and why. Written with each change of state, never changed."""

    submission = models.ForeignKey("intake.Submission", on_delete=models.CASCADE, related_name="transitions")
    before = models.CharField(_("before"), max_length=10, choices=State)
    after = models.CharField(_("after"), max_length=10, choices=State)
    moment = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    who = models.CharField(_("who"), max_length=254)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["moment", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.submission.reference}: {self.before} → {self.after}"
