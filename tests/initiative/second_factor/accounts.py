"""Ada, who has an authenticator, signs in."""

from django.urls import reverse
from django_otp.oath import totp

from initiative.second_factor.models import Authenticator

PASSWORD = "soil is alive"


def code_of(device) -> str:
    """What it shows now, as if the last code had been used long ago and nobody had guessed."""
    Authenticator.objects.filter(pk=device.pk).update(
        last_t=-1, throttling_failure_count=0, throttling_failure_timestamp=None
    )
    return f"{totp(device.bin_key):06d}"


def sign_in(client, code="", password=PASSWORD, **more):
    data = {"username": "ada", "password": password, "code": code, "next": reverse("wagtailadmin_home"), **more}
    return client.post(reverse("wagtailadmin_login"), data)
