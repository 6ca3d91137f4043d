"""The states of a translation, and the kinds of text."""

from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a translation stands. What readers ask for is work in this order."""

    MISSING = "missing", pgettext_lazy("translation", "Missing")
    DRAFT = "draft", pgettext_lazy("translation", "Draft")
    OUTDATED = "outdated", pgettext_lazy("translation", "Needs update")
    CURRENT = "current", pgettext_lazy("translation", "Up to date")
    SOURCE = "source", pgettext_lazy("translation", "Source")


class Review(models.TextChoices):
    """Where the moderation of a draft stands."""

    WAITING = "waiting", pgettext_lazy("translation", "In moderation")
    SENT_BACK = "sent_back", pgettext_lazy("translation", "Sent back")


TO_DO = (State.MISSING, State.DRAFT, State.OUTDATED)


class Kind(StrEnum):
    """How a text is written: one line, several lines, or rich text as HTML. A fact isn't: it is the source's."""

    LINE = "line"
    TEXT = "text"
    HTML = "html"
    FACT = "fact"
