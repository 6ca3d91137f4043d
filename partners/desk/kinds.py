"""What can be sent from the desk: its form, and what it is called."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from partners.desk.forms import PledgeForm, ProfileForm, ReportForm, ResourceForm
from partners.intake.answers import bound
from partners.intake.enums import Kind
from partners.intake.forms.step import StepForm
from partners.intake.models import Submission
from partners.models import Organisation

# The only step of what is sent from the desk.
FORM = "form"
MOST_EVIDENCE = 5


@dataclass(frozen=True)
class Sending:
    """One kind. `name` stands in addresses; `subject` is the field that the submission is called by."""

    kind: Kind
    name: str
    title: str
    form_class: type[StepForm]
    subject: str = ""
    start: Callable[[Organisation], dict] = lambda organisation: {}
    options: Callable[[Submission], dict] = lambda submission: {}
    most_files: dict[str, int] = field(default_factory=dict)

    def read(self, submission: Submission) -> StepForm:
        """The form as it was sent last, to be validated."""
        return bound(self.form_class, submission, FORM, **self.options(submission))

    def blank(self, submission: Submission) -> StepForm:
        """The form with what was typed, nothing said of mistakes."""
        return self.form_class(initial=submission.typed(FORM), **self.options(submission))


def profile_of(organisation: Organisation) -> dict[str, str]:
    """What readers see of an organisation, field by field, as the form has it."""
    texts = {f"description_{code}": organisation.text_in("description", code) for code in languages.codes()}
    facts = {name: getattr(organisation, name) for name in ("name", "acronym", "website")}
    return {**facts, "country": organisation.country_id or "", **texts}


SENDINGS = [
    Sending(Kind.PROFILE, "profile", _("Update the profile"), ProfileForm, start=profile_of),
    Sending(Kind.COMMITMENT, "commitment", _("Add a commitment"), PledgeForm, subject="title"),
    Sending(
        Kind.REPORT,
        "report",
        _("Report progress"),
        ReportForm,
        options=lambda submission: {"commitment": submission.commitment},
        most_files={"evidence": MOST_EVIDENCE},
    ),
    Sending(Kind.RESOURCE, "resource", _("Propose a work for the library"), ResourceForm, subject="title"),
]
BY_NAME = {sending.name: sending for sending in SENDINGS}
BY_KIND = {sending.kind: sending for sending in SENDINGS}
