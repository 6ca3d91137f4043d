"""What a browser calls itself, in plain words, and how it is known again."""

import re

from django.conf import settings
from django.utils.crypto import get_random_string
from django.utils.translation import gettext

from initiative.base.secret_keys import hmacs

COOKIE = f"{'__Secure-' if settings.HTTPS else ''}device"
COOKIE_AGE = 366 * 24 * 3600  # seconds; as long as a sign-in is kept

# The first that is found: most claim to be several.
_BROWSERS = [
    ("Edge", r"Edg(e|A|iOS)?/"), ("Opera", r"OPR/|Opera"), ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"), ("Chrome", r"Chrome/|CriOS/|Chromium/"), ("Safari", r"Safari/"),
]  # fmt: skip
_SYSTEMS = [
    ("Android", r"Android"), ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Windows", r"Windows"), ("ChromeOS", r"CrOS"),
    ("macOS", r"Mac OS X|Macintosh"), ("Linux", r"Linux|X11"),
]  # fmt: skip


def named(user_agent: str) -> tuple[str, str]:
    """Browser and system as people call them; empty where they don't say."""
    return _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)


def _first(names: list[tuple[str, str]], text: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, text)), "")


def words(browser: str, system: str) -> str:
    """“Firefox on Windows”, in the active language."""
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("A browser that doesn’t say its name")


def new_token() -> str:
    return get_random_string(32)


def digests(token: str) -> list[str]:
    """What is kept of a device's cookie: nobody can make the cookie of it. Today's, then what earlier secret keys made of it."""
    return [made.hexdigest() for made in hmacs("initiative.staff_sessions.device", token)]
