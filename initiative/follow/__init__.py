"""What readers follow by e-mail, without an account: asked for, confirmed from the mailbox, sent once a day or a week.

Apps say in `AppConfig.ready()` what can be followed: `register(Subject(…))`. This room knows none of them. A page leads to
the form with `follow_path("search", [("q", "soil carbon")])`; the component `follow_link` shows it.
"""

from collections.abc import Sequence

from django.urls import reverse

from initiative.base.facets import address
from initiative.follow.subjects import Item, News, Subject, register

__all__ = ["Item", "News", "Subject", "follow_path", "register"]


def follow_path(kind: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The path of the form to follow something of a kind, in the active language; `pairs` say what, as in an address."""
    return address(reverse("follow", args=[kind]), pairs)
