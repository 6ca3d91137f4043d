"""The site's secret key, and those that were before it: what they made is good until the settings forget them."""

from django.conf import settings
from django.utils.crypto import salted_hmac


def hmacs(purpose: str, value: str) -> list:
    """HMACs (SHA-256) of a value for a purpose, as `hmac.HMAC`: with today's key first, then with each that was before."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [salted_hmac(purpose, value, secret=key, algorithm="sha256") for key in keys]
