"""What comes in, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What is sent."""

    APPLICATION = "application", pgettext_lazy("to join", "Application")
    PROFILE = "profile", _("Changes to a profile")
    COMMITMENT = "commitment", _("New commitment")
    REPORT = "report", _("Progress report")
    RESOURCE = "resource", _("Proposal for the library")


class State(models.TextChoices):
    """Where it stands."""

    DRAFT = "draft", pgettext_lazy("submission", "Being written")
    SENT = "sent", pgettext_lazy("submission", "Waiting for a decision")
    CHANGES = "changes", pgettext_lazy("submission", "Changes asked for")
    ACCEPTED = "accepted", pgettext_lazy("submission", "Accepted")
    DECLINED = "declined", pgettext_lazy("submission", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("submission", "Withdrawn")


# Who sends it may change it.
OPEN = (State.DRAFT, State.CHANGES)
# Nobody changes it any more.
CLOSED = (State.ACCEPTED, State.DECLINED, State.WITHDRAWN)


class Decision(models.TextChoices):
    """What the secretariat can say. The values are those of the states it leads to."""

    ACCEPT = "accepted", _("Accept")
    CHANGES = "changes", _("Ask for changes")
    DECLINE = "declined", _("Decline")
