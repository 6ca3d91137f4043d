"""Somebody is signed in at the desk."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from partners.intake.tokens import LENGTH, new_key, token

SESSION = "desk session"
LASTS = timedelta(hours=12)


class DeskSession(models.Model):
    """From signing in to signing out, or twelve hours after the last page. The cookie holds a token of its key."""

    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    email = models.EmailField(max_length=254)
    begun = models.DateTimeField(default=timezone.now)
    seen = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["seen"], name="desk_session_seen")]

    def __str__(self):
        return f"{self.email}, {self.begun:%Y-%m-%d %H:%M}"

    @property
    def token(self) -> str:
        """What stands in the cookie."""
        return token(self.key, SESSION)
