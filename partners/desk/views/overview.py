"""What there is, what waits, what was sent, what to read."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.desk.doors import at_desk
from partners.desk.kinds import BY_KIND
from partners.desk.reading import reading_room
from partners.desk.reporting import report_unchanged
from partners.desk.views.pages import page
from partners.enums import Status
from partners.intake.handlers import handler_of
from partners.intake.models import Submission
from partners.intake.services import withdraw
from partners.models import Commitment
from resources.queries import public_path

SHOWN = 50


@at_desk
@require_safe
def overview(request, me):
    """The organisation's commitments with what is due, and what it sent with the state of each."""
    commitments = Commitment.objects.live().filter(organisation=me.organisation).order_by("due_on", "pk")
    sent = Submission.objects.filter(organisation=me.organisation, kind__in=BY_KIND).order_by("-saved", "-pk")[:SHOWN]
    return page(
        request,
        "overview",
        me.organisation.name,
        me,
        commitments=commitments,
        sent=sent,
        overdue=(Status.REPORT_DUE, Status.SILENT),
    )


@at_desk
@require_safe
def reading(request, me):
    """The reading room."""
    return page(request, "reading", _("Reading room"), me, room=reading_room(me.organisation))


def own_commitment(me, slug: str) -> Commitment:
    """A published commitment of the organisation. Raises Http404."""
    found = Commitment.objects.live().filter(organisation=me.organisation, slug=slug).first()
    if found is None:
        raise Http404("No such commitment")
    return found


def own_submission(me, reference: str) -> Submission:
    """What the organisation sent, or is writing. Raises Http404."""
    sent = Submission.objects.filter(organisation=me.organisation, kind__in=BY_KIND, reference=reference)
    found = sent.select_related("commitment", "organisation").prefetch_related("files").first()
    if found is None:
        raise Http404("No such submission")
    return found


@at_desk
@require_POST
def unchanged(request, me, commitment):
    """Nothing has changed: a report with one press."""
    submission, _now = report_unchanged(me, own_commitment(me, commitment))
    return HttpResponseRedirect(reverse("desk:sent", args=[me.organisation.slug, submission.reference]))


@at_desk
@require_safe
def sent(request, me, reference):
    """One submission: what was sent, where it stands, what was answered."""
    submission = own_submission(me, reference)
    made = submission.typed("made").get("resource")
    return page(
        request,
        "sent",
        submission.get_kind_display(),
        me,
        submission=submission,
        sections=handler_of(submission).sections(submission),
        transitions=submission.transitions.all(),
        resource_path=public_path(made) if made else "",
    )


@at_desk
@require_POST
def take_back(request, me, reference):
    """Withdraw what isn't decided on."""
    submission = own_submission(me, reference)
    withdraw(submission, me.name)
    return HttpResponseRedirect(reverse("desk:sent", args=[me.organisation.slug, reference]))
