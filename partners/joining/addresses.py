"""Where the pages of an application are, in the active language."""

from django.urls import reverse

from partners.intake.models import Submission


def begin() -> str:
    """Where anybody begins."""
    return reverse("joining:begin")


def overview(submission: Submission) -> str:
    """Where it stands, and its receipt."""
    return reverse("joining:overview", args=[submission.token])


def step(submission: Submission, name: str) -> str:
    """One step of the form, or the check."""
    return reverse("joining:step", args=[submission.token, name])


def look(submission: Submission, name: str) -> str:
    """One step with what is wrong in it, as it is kept."""
    return f"{step(submission, name)}?look"


def come_back(submission: Submission) -> str:
    """What stands in letters."""
    return f"{reverse('joining:come_back', args=[submission.letter_token])}?to={submission.address_proof}"
