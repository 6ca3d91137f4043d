"""What accepting makes of what partners sent."""

from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from partners.desk.forms import host_of
from partners.desk.kinds import BY_KIND, FORM
from partners.enums import ReportState
from partners.intake.forms.step import StepForm
from partners.intake.models import Submission
from partners.intake.records import make_commitment, make_logo, publish_change
from partners.models import Evidence, Organisation, ProgressReport
from resources.services.proposals import draft_proposal


def _answers(submission: Submission) -> StepForm:
    """The valid form. Raises ValidationError."""
    with translation.override(submission.language):
        form = BY_KIND[submission.kind].read(submission)
        valid = form.is_valid()
    if not valid:
        raise ValidationError(_("An answer doesn’t hold any more: ask for changes."))
    return form


def _partner(submission: Submission) -> Organisation:
    if submission.organisation is None:
        raise ValidationError(_("The organisation is not there any more."))
    return submission.organisation


def accept_profile(submission: Submission, user, _organisation) -> None:
    """Write what the partner changed, and nothing else, into the organisation."""
    organisation, answers = _partner(submission), _answers(submission).cleaned_data
    changed = {name: answers[name] for name in changes_of(submission)}
    logos = submission.files_of("logo")
    logo = make_logo(logos[-1], organisation.name, user) if logos else None
    submission.organisation = publish_change(organisation, partial(_write_profile, changed, logo), user)


def changes_of(submission: Submission) -> dict[str, tuple[str, str]]:
    """Field → what it was when the form was opened, and what was typed; only where they differ."""
    before, typed = submission.typed("before"), submission.typed(FORM)
    plain = {
        name: (str(before.get(name, "")).replace("\r\n", "\n"), typed[name].replace("\r\n", "\n")) for name in typed
    }
    return {name: (was, now) for name, (was, now) in plain.items() if was.strip() != now.strip()}


def _write_profile(changed: dict, logo, organisation: Organisation) -> None:
    for name, value in changed.items():
        if name == "country":
            organisation.country_id = value or None
        else:
            setattr(organisation, name, value)
    organisation.logo = logo or organisation.logo


def accept_commitment(submission: Submission, user, _organisation) -> None:
    """Publish a new commitment."""
    submission.commitment = make_commitment(_partner(submission), _answers(submission), submission, user)


def accept_report(submission: Submission, user, _organisation) -> None:
    """Make an approved report; the status of the commitment follows from it."""
    commitment = submission.commitment
    if commitment is None or commitment.organisation_id != _partner(submission).pk:
        raise ValidationError(_("The commitment is not there any more."))
    report = ProgressReport(
        commitment=commitment,
        language=submission.language,
        state=ReportState.APPROVED,
        submitted_by=f"{submission.name}, {submission.email}",
        submitted_at=submission.sent,
    )
    if is_unchanged(submission):
        report.reported_on, report.unchanged = timezone.localdate(submission.sent), True
        report.full_clean()
        report.save()
        return
    form = _answers(submission)
    report.reported_on, report.value = form.cleaned_data["day"], form.cleaned_data.get("value")
    setattr(report, build_localized_fieldname("story", submission.language), form.cleaned_data["story"])
    report.evidence = [Evidence(title=host_of(url), url=url) for url in form.addresses] + [
        Evidence(title=file.name, file=_copy(file)) for file in submission.files_of("evidence")
    ]
    with translation.override(submission.language):
        report.full_clean()
        report.save()


def is_unchanged(submission: Submission) -> bool:
    """Whether a report only says that nothing has changed."""
    return submission.typed(FORM).get("unchanged") == "yes"


def _copy(file) -> ContentFile:
    with file.file.open("rb") as content:
        return ContentFile(content.read(), name=file.file.name.rpartition("/")[2])


def accept_resource(submission: Submission, user, _organisation) -> None:
    """Draft the work in the library; editors complete and publish it."""
    answers = _answers(submission).cleaned_data
    resource = draft_proposal(
        title=answers["title"],
        language=answers["language"],
        type_key=answers["type"],
        url=answers["url"],
        year=answers["year"],
        abstract=answers["abstract"],
        spoken=submission.language,
        mark=submission.reference,
        user=user,
    )
    submission.answers["made"] = {"resource": resource.pk}
    submission.save(update_fields=["answers"])
