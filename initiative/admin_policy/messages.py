"""What the admin says once, on the next page (“Saved”), in a cookie that is bound to the host as the session's is.

Not in the session alone: who has just signed out is told so, and has none. One made for that sentence would keep pages from being
everybody's to them for two weeks.
"""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

COOKIE = f"{'__Host-' if settings.HTTPS else ''}messages"


class _BoundCookie(CookieStorage):
    cookie_name = COOKIE


class MessageStorage(FallbackStorage):
    """As Django's, under that name; what is too long for a cookie waits in the session. For MESSAGE_STORAGE."""

    storage_classes = (_BoundCookie, SessionStorage)
