"""A sign-in of somebody who works on the site."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from initiative.staff_sessions import devices

# Whoever did nothing for so long signs in again, and everybody does after so long.
LONGEST_PAUSE = timedelta(days=3)
LONGEST = timedelta(days=14)
# Until then a device is known again.
KEPT = timedelta(days=365)


class SignInQuerySet(models.QuerySet):
    def living(self):
        """Neither ended nor over by themselves."""
        now = timezone.now()
        return self.filter(ended=False, seen__gt=now - LONGEST_PAUSE, begun__gt=now - LONGEST)

    def of(self, user):
        """Where a person is signed in, the latest seen first. A new password has ended those before it."""
        return self.living().filter(user=user, auth=user.get_session_auth_hash()).order_by("-seen", "-pk")


class SignIn(models.Model):
    """Somebody signed in with a browser. Its number is in the session."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    device = models.CharField(max_length=64)
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    # Of the password that counts, as Django has it in the session.
    auth = models.CharField(max_length=128)
    begun = models.DateTimeField(default=timezone.now)
    seen = models.DateTimeField(default=timezone.now)
    ended = models.BooleanField(default=False)

    objects = SignInQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "device"], name="sign_in_device")]

    def __str__(self):
        return devices.words(self.browser, self.system)
