"""Signing an application, and what accepting it makes."""

import logging
from functools import partial

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from initiative.base.dates import is_over
from initiative.base.drawing import DrawingError
from initiative.base.languages import current
from partners.desk.people import invite
from partners.intake.models import Submission
from partners.intake.records import free_slug, make_commitment, make_logo, publish_change, publish_new, set_texts
from partners.intake.services import send, tell
from partners.joining.declaration import digest, fingerprint, statement_of, wording_for
from partners.joining.doors import BY_ADDRESS
from partners.joining.models import Signature
from partners.joining.pdf import signed_declaration
from partners.joining.steps import Progress
from partners.models import Declaration, Membership, Organisation

logger = logging.getLogger(__name__)


class ChangedMeanwhile(Exception):
    """What was shown to who signs isn't what there is now."""


def sign_and_send(
    submission: Submission, shown: str, name: str, function: str, publish: bool
) -> tuple[Submission, bool]:
    """Sign in the active language, send, and write the receipt; and whether it was done now.

    `shown`: the fingerprint of what was shown. Raises ChangedMeanwhile where that is something else by now.
    """
    wording = wording_for(submission.typed("organisation").get("body", ""))
    statement = statement_of(submission)
    if wording is None or shown != fingerprint(wording, statement):
        raise ChangedMeanwhile
    signature = Signature(
        submission=submission,
        version=wording.kept(),
        name=name,
        function=function,
        signed=timezone.now(),
        language=current(),
        statement=statement,
        digest=digest(statement),
        agreed_to_publish=publish,
    )
    # Drawn before the database is locked: it takes a moment.
    wanted = submission.is_open and submission.address_confirmed
    pdf = _drawn(signature, submission) if wanted else b""

    def keep_signature(locked: Submission) -> None:
        if statement_of(locked) != statement:
            raise ChangedMeanwhile
        signature.save()

    return send(submission, keep_signature, partial(write_receipt, pdf=pdf))


def _drawn(signature: Signature, submission: Submission) -> bytes:
    """The PDF; nothing where it can't be drawn: the page of the application draws it when it is asked for."""
    try:
        return signed_declaration(signature, submission)
    except DrawingError:
        logger.exception("What was signed couldn't be drawn: %s", submission.reference)
        return b""


def write_receipt(submission: Submission, pdf: bytes) -> None:
    """Write that it came, with a PDF of what was signed. To an address that nobody has confirmed goes no word and no file of
    whoever gave it, and only so much a day: it may be a stranger's. The receipt on the page tells as much."""
    if submission.address_confirmed and pdf:
        tell(submission, "received", (f"{submission.reference}.pdf", pdf))
    elif submission.address_confirmed:
        tell(submission, "received", wording="received_undrawn")
    elif BY_ADDRESS.take(submission.email.lower()):
        tell(submission, "received", wording="received_unconfirmed")


def accept(submission: Submission, user, organisation: Organisation | None) -> None:
    """Make, or bring up to date, the organisation with its membership and signature, and make its commitment; all published.

    Raises ValidationError where an answer doesn't hold any more.
    """
    with translation.override(submission.language):
        progress = Progress(submission)
        complete = progress.is_complete
    if not complete:
        raise ValidationError(_("Something is missing in it: ask for changes."))
    facts = progress.forms["organisation"].cleaned_data
    change = partial(_bring_in, submission, facts, _logo_of(submission, facts["organisation"], user))
    if organisation is None:
        organisation = Organisation(slug=free_slug(Organisation, facts["organisation"], submission))
        change(organisation)
        publish_new(organisation, user)
    else:
        publish_change(organisation, change, user)
    submission.organisation = organisation
    submission.commitment = make_commitment(organisation, progress.forms["commitment"], submission, user)
    invite(organisation, submission.name, submission.email, submission.language, told=False)
    if signature := submission.signatures.last():
        signature.declaration = organisation.declarations.get(joint_declaration=signature.version.joint_declaration)
        signature.save(update_fields=["declaration"])


def _bring_in(submission: Submission, facts: dict, logo, organisation: Organisation) -> None:
    """Write into an organisation what an application says; what isn't said there stays as it is."""
    organisation.name = facts["organisation"]
    organisation.acronym = facts["acronym"] or organisation.acronym
    organisation.type = facts["type"]
    organisation.country_id = facts["country"]
    organisation.website = facts["website"] or organisation.website
    organisation.logo = logo or organisation.logo
    organisation.listed = True
    set_texts(organisation, {"description": facts["description"]}, submission.language)
    present = {membership.body for membership in organisation.memberships.all() if not is_over(membership.until)}
    if facts["body"] not in present:
        organisation.memberships.add(Membership(body=facts["body"], since=timezone.localdate().isoformat()))
    if signature := submission.signatures.last():
        joint = signature.version.joint_declaration
        if not any(one.joint_declaration_id == joint.pk for one in organisation.declarations.all()):
            signed = timezone.localdate(signature.signed).isoformat()
            organisation.declarations.add(Declaration(joint_declaration=joint, signed=signed))


def _logo_of(submission: Submission, name: str, user):
    """The last logo that was sent, as a picture of the site; None where none was."""
    logos = submission.files_of("logo")
    return make_logo(logos[-1], name, user) if logos else None
