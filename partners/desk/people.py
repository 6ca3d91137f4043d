"""Who may speak for an organisation: invited and removed by those who do."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from initiative.letters.services import write
from partners.desk.models import DeskSession, Representative
from partners.models import Organisation


class LastOne(Exception):
    """Without this representative nobody could come in any more."""


@transaction.atomic
def invite(
    organisation: Organisation, name: str, email: str, language: str, invited_by: str = "", told: bool = True
) -> Representative:
    """Let somebody speak for an organisation, and tell them, unless another letter does. Who does already stays as they are,
    and gets no letter."""
    representative, is_new = Representative.objects.get_or_create(
        organisation=organisation,
        email=email.lower(),
        removed=None,
        defaults={"name": name, "language": language, "invited_by": invited_by},
    )
    if is_new and told:
        with translation.override(language):
            address = settings.SITE_URL + reverse("desk_door")
        context = {"organisation": organisation, "invited_by": invited_by, "address": address}
        template = "partners/desk/letters/invited.txt"
        write(f"invited {representative.pk}", representative.email, template, language, context)
    return representative


@transaction.atomic
def remove(representative: Representative) -> None:
    """Let somebody speak for the organisation no more; who is signed in for nothing else is signed out.

    Raises LastOne.
    """
    # The organisation is locked, so that two who remove one another at once don't leave it without anybody.
    organisation = Organisation.objects.select_for_update().get(pk=representative.organisation_id)
    others = Representative.objects.filter(organisation=organisation, removed=None).exclude(pk=representative.pk)
    if not others.exists():
        raise LastOne
    Representative.objects.filter(pk=representative.pk, removed=None).update(removed=timezone.now())
    if not Representative.objects.of(representative.email).exists():
        DeskSession.objects.filter(email=representative.email).delete()
