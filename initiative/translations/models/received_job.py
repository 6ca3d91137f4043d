"""A job that came back from whoever translated it."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# As long as somebody may want to read what was said about it.
KEPT = datetime.timedelta(days=60)


class ReceivedJobQuerySet(models.QuerySet):
    def of(self, user):
        """Those that somebody sent, newest first."""
        return self.filter(user=user).order_by("-received_at", "-pk")

    def forget_old(self) -> None:
        """Delete what nobody asks for any more."""
        self.filter(received_at__lt=timezone.now() - KEPT).delete()


class ReceivedJob(models.Model):
    """A file as it was read, and what came of it.

    `texts`: `jobs.unit.Received` as JSON, until they are taken; `findings`: `jobs.findings.Finding` as JSON; `taken`:
    `{"title", "cell", "count", "step"}` of each page and record that was written; `good`: how many texts could be.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=12)
    to_moderation = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)
    texts = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    taken = models.JSONField(default=list)
    good = models.PositiveIntegerField(default=0)

    objects = ReceivedJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("translations received")
        verbose_name_plural = _("translations received")
        default_permissions = ()
        indexes = [models.Index(fields=["user", "received_at"], name="translation_job_of_user")]

    def __str__(self):
        return self.name
