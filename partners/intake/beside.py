"""What a page says beside the answers that somebody typed: which page it is, at which press, and what it takes back. Made by the
site and its scripts; anything else is as if it weren't there."""

import re
import secrets

from django.http import QueryDict

_PAGE = re.compile(r"[\w.-]{1,40}", re.ASCII)
_PRESS = re.compile(r"[\w.-]{16,64}", re.ASCII)
_LONGEST = 15  # digits of milliseconds, and of a key


def new_press() -> str:
    """A number for a page that is opened: sent twice, it begins one submission."""
    return secrets.token_urlsafe(24)


def press_of(data: QueryDict) -> str:
    """The number of the page that is open; a new one where it has none."""
    given = data.get("press", "")
    return given if _PRESS.fullmatch(given) else new_press()


def turn_of(data: QueryDict) -> dict:
    """How an open page numbers what it sends, as `services.keep` takes it: `{"page", "turn"}`, empty and 0 where it doesn't."""
    page = data.get("page", "")
    return {"page": page if _PAGE.fullmatch(page) else "", "turn": _number(data.get("turn", ""))}


def dropped(data: QueryDict) -> int:
    """The key of a file that is taken back; 0 for none."""
    return _number(data.get("drop", ""))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else 0
