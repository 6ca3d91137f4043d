"""The report that takes one press: nothing has changed."""

from django.utils import timezone

from partners.desk.kinds import FORM
from partners.desk.models import Representative
from partners.intake.enums import Kind
from partners.intake.models import Submission
from partners.intake.services import begin, send
from partners.models import Commitment


def report_unchanged(representative: Representative, commitment: Commitment) -> tuple[Submission, bool]:
    """Send in that nothing has changed, and whether it was sent now: once a day, however often it is pressed."""
    submission, _new = begin(
        f"unchanged {commitment.pk} {timezone.localdate()}",
        Kind.REPORT,
        organisation=representative.organisation,
        commitment=commitment,
        subject=commitment.best("title", representative.language)[:255],
        name=representative.name,
        email=representative.email,
        language=representative.language,
        answers={FORM: {"unchanged": "yes"}},
    )
    return send(submission) if submission.is_open else (submission, False)
