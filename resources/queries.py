"""Questions about the library, asked in words. Each gives live resources, ready to be shown."""

from django.db.models import Case, Count, IntegerField, Prefetch, Q, When

from committee.queries import priorities_with_pages


def _cards():
    from resources.models import Resource

    return Resource.objects.live().for_cards()


def spotlight_resources(count: int) -> list:
    """The newest resources in the spotlight."""
    return list(_cards().with_makers().filter(spotlight=True, archived=False).newest_first()[:count])


def resources_on(priority_id: int, count: int) -> list:
    """The newest resources on a research priority."""
    return list(_cards().filter(priorities=priority_id, archived=False).newest_first()[:count])


def resources_by(person) -> list:
    """What a person made, newest first."""
    return list(_cards().filter(contributions__person=person).distinct().newest_first())


def resources_of(organisation) -> list:
    """What an organisation made, newest first."""
    return list(_cards().filter(contributions__organisation=organisation).distinct().newest_first())


def resources_in_order(keys: list[int]) -> list:
    """The resources of these primary keys, in this order; those no longer live are left out."""
    if not keys:
        return []
    from resources.models import Resource

    position = Case(*(When(pk=key, then=place) for place, key in enumerate(keys)), output_field=IntegerField())
    return list(Resource.objects.live().for_lists().filter(pk__in=keys).order_by(position))


def related_resources(resource, count: int) -> list:
    """Resources that share topics or people with this one; most shared first, then newest."""
    topics = [topic.pk for topic in resource.topics.all()]
    people = [contribution.person_id for contribution in resource.contributions.all() if contribution.person_id]
    if not topics and not people:
        return []
    shared = Count("topics", filter=Q(topics__in=topics), distinct=True) + Count(
        "contributions", filter=Q(contributions__person__in=people), distinct=True
    )
    return list(
        _cards()
        .filter(archived=False)
        .exclude(pk=resource.pk)
        .annotate(shared=shared)
        .filter(shared__gt=0)
        .order_by("-shared", "-issued_on", "pk")[:count]
    )


def resource_by_slug(slug: str):
    """The live resource of this slug with all that its page shows, or None."""
    from resources.models import Resource

    shown = (
        Resource.objects.live().for_lists().prefetch_related(Prefetch("priorities", priorities_with_pages()), "places")
    )
    return shown.filter(slug=slug).first()
