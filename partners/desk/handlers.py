"""How what partners send is read and decided on."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partners.desk.accepting import (
    accept_commitment,
    accept_profile,
    accept_report,
    accept_resource,
    changes_of,
    is_unchanged,
)
from partners.desk.kinds import BY_KIND
from partners.intake import handlers
from partners.intake.answers import rows_of
from partners.intake.enums import Kind
from partners.intake.handlers import Handler, Row, Section
from partners.intake.models import Submission

DECIDE = "intake.change_submission"


def sections(submission: Submission) -> list[Section]:
    """What was answered, with what it is about."""
    sending = BY_KIND[submission.kind]
    about = [Row(_("Organisation"), submission.organisation.name if submission.organisation else "")]
    if submission.commitment and submission.kind == Kind.REPORT:
        about.append(Row(_("Commitment"), submission.commitment.best("title")))
    if is_unchanged(submission):
        rows = [Row(_("What happened"), _("Nothing has changed since the last report."))]
    elif submission.kind == Kind.PROFILE:
        rows = changed_rows(submission)
    else:
        rows = rows_of(sending.blank(submission), submission)
    return [
        Section("about", pgettext("submission", "About"), about),
        Section("answers", submission.get_kind_display(), rows, submission.language),
    ]


def changed_rows(submission: Submission) -> list[Row]:
    """What a profile says now and is to say, field by field."""
    form, changes = BY_KIND[Kind.PROFILE].blank(submission), changes_of(submission)
    rows = {row.label: row for row in rows_of(form, submission)}
    found = []
    for name, (before, after) in changes.items():
        field = form.fields[name]
        names = dict(field.choices) if name == "country" else {}
        row = rows[str(field.label)]
        found.append(Row(row.label, names.get(after, after), before=str(names.get(before, before))))
    if logos := submission.files_of("logo"):
        found.append(Row(str(form.fields["logo"].label), files=logos))
    return found


def missing(submission: Submission) -> list[str]:
    """What isn't answered, or doesn't hold."""
    if is_unchanged(submission):
        return []
    form = BY_KIND[submission.kind].read(submission)
    return [str(form.fields[name].label) for name in form.errors if name in form.fields]


def address(submission: Submission) -> str:
    """Its page at the desk."""
    slug = submission.organisation.slug if submission.organisation else ""
    return reverse("desk:sent", args=[slug, submission.reference]) if slug else reverse("desk:home")


def register() -> None:
    """Tell the intake; called once, when the apps are ready."""
    accepts = {
        Kind.PROFILE: accept_profile,
        Kind.COMMITMENT: accept_commitment,
        Kind.REPORT: accept_report,
        Kind.RESOURCE: accept_resource,
    }
    for kind, accept in accepts.items():
        handlers.register(
            kind,
            Handler(
                # Whoever may draft in the library decides on what is meant for it.
                permission="resources.add_resource" if kind == Kind.RESOURCE else DECIDE,
                sections=sections,
                missing=missing,
                accept=accept,
                letters="partners/desk/letters",
                address=address,
            ),
        )
