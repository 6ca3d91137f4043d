"""Reminding representatives of reports: before one is due, when it is, and before silence. Each once."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from initiative.letters.services import write
from partners.desk.models import Reminder, Representative
from partners.desk.models.reminder import Occasion
from partners.intake.enums import Kind, State
from partners.intake.models import Submission
from partners.models import Commitment

SOON = datetime.timedelta(days=30)
BEFORE_SILENCE = datetime.timedelta(days=60)


def remind(today: datetime.date) -> int:
    """Write the letters of a day, and those of earlier days that weren't written; how many."""
    written = 0
    for commitment, occasion, day in due(today):
        for representative in Representative.objects.active().filter(organisation=commitment.organisation):
            written += _write(representative, commitment, occasion, day)
    return written


def due(today: datetime.date) -> Iterator[tuple[Commitment, Occasion, datetime.date]]:
    """What is to be reminded of on a day, and the day it is about. Who has sent a report that waits is left alone."""
    waiting = Submission.objects.filter(kind=Kind.REPORT, state=State.SENT).exclude(commitment=None)
    near = Q(due_on__lte=today + SOON) & (Q(silent_on=None) | Q(silent_on__gt=today))
    found = (
        Commitment.objects.live()
        .filter(near, organisation__live=True)
        .exclude(pk__in=waiting.values("commitment"))
        .select_related("organisation")
    )
    for commitment in found.order_by("pk").iterator():
        if commitment.silent_on and commitment.silent_on - BEFORE_SILENCE <= today:
            yield commitment, Occasion.SILENCE, commitment.silent_on
        elif commitment.due_on <= today:
            yield commitment, Occasion.DUE, commitment.due_on
        else:
            yield commitment, Occasion.SOON, commitment.due_on


@transaction.atomic
def _write(representative: Representative, commitment: Commitment, occasion: Occasion, day: datetime.date) -> bool:
    """Write one letter; False where it was written before."""
    reminder, is_new = Reminder.objects.get_or_create(
        representative=representative, commitment=commitment, occasion=occasion, due_on=day
    )
    if not is_new:
        return False
    organisation = commitment.organisation
    context = {
        "occasion": occasion.value,
        "day": day,
        "title": commitment.best("title", representative.language),
        "unchanged": settings.SITE_URL + reverse("desk:answer", args=[reminder.token]),
        "report": settings.SITE_URL + reverse("desk:report", args=[organisation.slug, commitment.slug]),
    }
    template = "partners/desk/letters/reminder.txt"
    write(f"reminder {reminder.pk}", representative.email, template, representative.language, context)
    return True
