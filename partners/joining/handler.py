"""How applications are read and decided on."""

from django.utils import translation
from django.utils.translation import gettext as _

from initiative.base.languages import current
from partners.intake import handlers
from partners.intake.answers import rows_of
from partners.intake.enums import Kind
from partners.intake.handlers import Handler, Row, Section
from partners.intake.models import Submission
from partners.joining.addresses import come_back
from partners.joining.services import accept
from partners.joining.steps import STEPS, Progress


def sections(submission: Submission) -> list[Section]:
    """The answers step by step, and the signatures."""
    found = [
        Section(step.name, str(step.title), rows_of(step.blank(submission), submission), submission.language)
        for step in STEPS
    ]
    rows = [
        Row(
            f"{signature.name}, {signature.function}",
            _("%(title)s, version %(number)s (%(language)s), signed on %(day)s")
            % {
                "title": signature.version.title,
                "number": signature.version.number,
                "language": signature.version.language,
                "day": f"{signature.signed:%Y-%m-%d %H:%M} UTC",
            },
            items=[f"SHA-256 {signature.version.digest}", f"SHA-256 {signature.digest}"],
        )
        for signature in submission.signatures.select_related("version")
    ]
    return [*found, Section("signature", _("Signatures"), rows)]


def missing(submission: Submission) -> list[str]:
    """What isn't answered, or doesn't hold, and what was left for later."""
    progress, found = Progress(submission), []
    for step in STEPS:
        form = progress.forms[step.name]
        found += [str(form.fields[name].label) for name in form.errors if name in form.fields]
    if not submission.files_of("logo"):
        found.append(_("Logo"))
    return found


def address(submission: Submission) -> str:
    """The applicant's own address of it, in the language it was written in."""
    with translation.override(submission.language or current()):
        return come_back(submission)


def register() -> None:
    """Tell the intake; called once, when the apps are ready."""
    handlers.register(
        Kind.APPLICATION,
        Handler(
            permission="intake.change_submission",
            sections=sections,
            missing=missing,
            accept=accept,
            letters="partners/joining/letters",
            address=address,
            joins=True,
        ),
    )
