"""The steps of an application, and how far somebody has come."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from partners.intake.answers import bound
from partners.intake.forms.commitment import CommitmentForm
from partners.intake.forms.step import StepForm
from partners.intake.models import Submission
from partners.joining.forms import ContactForm, DocumentsForm, OrganisationForm


@dataclass(frozen=True)
class Step:
    """One page of the form. `name` stands in its address."""

    name: str
    title: str
    form_class: type[StepForm]
    options: Callable[[Submission], dict] = lambda submission: {}

    def blank(self, submission: Submission) -> StepForm:
        """Its form, filled with what was typed, nothing said of mistakes."""
        return self.form_class(initial=submission.typed(self.name), **self.options(submission))

    def read(self, submission: Submission) -> StepForm:
        """Its form as it was sent last, to be validated. A file that was given counts."""
        form = bound(self.form_class, submission, self.name, **self.options(submission))
        for name in form.file_fields:
            form.fields[name].required = form.fields[name].required and not submission.files_of(name)
        return form


def _type_of(submission: Submission) -> dict:
    return {"partner_type": submission.typed("organisation").get("type", "")}


STEPS = [
    Step("contact", _("About you"), ContactForm),
    Step("organisation", _("Your organisation"), OrganisationForm),
    Step("commitment", _("Your commitment"), CommitmentForm),
    Step("documents", _("Documents"), DocumentsForm, _type_of),
]
CHECK = "check"
BY_NAME = {step.name: step for step in STEPS}


class Progress:
    """Which steps of an application are done. Each form is read once."""

    def __init__(self, submission: Submission):
        self.submission = submission
        self.forms = {step.name: step.read(submission) for step in STEPS}

    def is_done(self, name: str) -> bool:
        """Whether a step was sent, and nothing is wrong or missing in it."""
        return name in self.submission.answers and self.forms[name].is_valid()

    @property
    def is_complete(self) -> bool:
        """Whether it can be signed and sent."""
        return all(self.is_done(step.name) for step in STEPS)

    def next_after(self, name: str = "") -> str:
        """The first step after this one that isn't done; the check where all are."""
        names = [step.name for step in STEPS]
        later = names[names.index(name) + 1 :] if name else names
        return next((other for other in [*later, *names] if not self.is_done(other)), CHECK)
