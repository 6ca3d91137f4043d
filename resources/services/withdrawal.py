"""Taking works out of the library without letting their addresses die."""

from django.db import transaction
from django.utils import timezone

from resources.enums import Withdrawal
from resources.models import Resource, Tombstone


@transaction.atomic
def withdraw(resource: Resource, user=None, **told) -> Tombstone:
    """Unpublish a resource for good. Its page says so from now on, with what is `told`: `reason`, `note_en` …, `successor`.

    Publishing it again undoes this.
    """
    tombstone = bury(resource, **told)
    if resource.live:
        resource.unpublish(user=user, log_action=True)
    return tombstone


def bury(resource: Resource, **told) -> Tombstone:
    """Keep what readers of a resource's address are told once it is gone. What was told before stays, unless told anew."""
    tombstone, _made = Tombstone.objects.update_or_create(
        resource=resource,
        defaults=told,
        create_defaults={
            "slug": resource.slug,
            "identity": str(resource.identity),
            "title": resource.title,
            "language": resource.language,
            "makers": ", ".join(contribution.name for contribution in resource.makers),
            "issued": resource.issued,
            "doi": resource.doi,
            "withdrawn_on": timezone.localdate(),
            "reason": Withdrawal.UNKNOWN,
            **told,
        },
    )
    return tombstone


def leave_word(resource: Resource) -> None:
    """Keep what readers are told of a resource that is about to be deleted, if they could ever read it."""
    if resource.live or resource.first_published_at:
        tombstone = bury(resource)
        # The deletion has looked already for what points to it.
        Tombstone.objects.filter(pk=tombstone.pk).update(resource=None)


def came_back(resource: Resource) -> None:
    """Forget that a resource was withdrawn: it is published again."""
    Tombstone.objects.filter(resource=resource).delete()
