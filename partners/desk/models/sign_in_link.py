"""A link that signs in once."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from partners.intake.tokens import LENGTH, new_key, token

SIGN_IN = "sign in"
LASTS = timedelta(minutes=15)


class SignInLink(models.Model):
    """Asked for with an address, and good for that address alone: fifteen minutes, once."""

    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=12)
    onward = models.CharField(max_length=300, blank=True)
    asked = models.DateTimeField(default=timezone.now)
    used = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["asked"], name="sign_in_link_asked")]

    def __str__(self):
        return f"{self.email}, {self.asked:%Y-%m-%d %H:%M}"

    @property
    def token(self) -> str:
        """What stands in the letter."""
        return token(self.key, SIGN_IN)
