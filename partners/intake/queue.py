"""What waits for the secretariat."""

from partners.intake.handlers import decidable_kinds
from partners.intake.models import Submission


def received_for(user):
    """What was sent and this user may decide on."""
    return Submission.objects.received().filter(kind__in=decidable_kinds(user))


def waiting_for(user) -> int:
    """How much waits for this user's decision."""
    return received_for(user).waiting().count()
