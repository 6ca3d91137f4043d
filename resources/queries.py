"""Questions about the library, asked in words. Each gives live resources, ready to be shown."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.apps import apps
from django.db.models import F, Prefetch, Q
from modeltranslation.utils import build_localized_fieldname

from committee.queries import priorities_of, priorities_with_pages
from initiative.base import languages
from initiative.base.facets import Option, with_what_is_above
from initiative.base.known import Known
from initiative.base.prepared import Prepared
from initiative.base.records import bring_along
from initiative.queries import places_of
from resources.surroundings import surroundings
from resources.vocabularies import topics_of, type_of

_NEWEST = 24
# A database takes only so many in one statement.
_PARAMETERS = 1_000
# So many whole resources are in memory at a time. What a worker once took it keeps: with 100, 5 MiB more.
PORTION = 50


def _term_options(model: str, reader: str) -> list[Option]:
    """The terms of a vocabulary as options of a facet: each under what it is part of, with its slug in every language and,
    where its name isn't translated, in the best other."""
    options = []
    for term in apps.get_model("resources", model).objects.as_tree():
        shown = term.shown_language(reader)
        slugs = {code: slug for code in languages.codes() if (slug := term.text_in("slug", code))}
        marked = "" if shown == reader else shown
        options.append(
            Option(term.key, term.best("name", reader), slugs, term.depth, getattr(term, "soil", ""), marked)
        )
    return options


known_terms: Known[list[Option]] = Known("terms", _term_options)


def topic_options() -> list[Option]:
    """Every topic as the option of a facet, each under what it is part of. One statement, and none for some seconds."""
    return known_terms("Topic", languages.current())


def type_options() -> list[Option]:
    """Every type of resource as an option, each under what it is part of. One statement, and none for some seconds."""
    return known_terms("ResourceType", languages.current())


def topic_keys(topics: Iterable) -> list[str]:
    """The keys of topics and of all that they are part of, each once."""
    return [topic.key for topic in with_what_is_above(topics)]


def _cards():
    from resources.models import Resource

    return Resource.objects.current().for_cards()


def spotlight_resources(count: int) -> list:
    """The newest resources in the spotlight, as rows."""
    from resources.models import Resource
    from resources.rows import work_rows

    lit = Resource.objects.current().filter(spotlight=True).newest_first()
    return work_rows(list(lit.values_list("pk", flat=True)[:count]))


def resources_on(priority_id: int, count: int) -> list:
    """The newest resources on a research priority."""
    return list(_cards().filter(priorities=priority_id).newest_first()[:count])


def resources_by(person) -> list:
    """The newest of what a person made."""
    return list(_cards().filter(contributions__person=person).distinct().newest_first()[:_NEWEST])


def resources_of(organisation) -> list:
    """The newest of what an organisation made, as tiles. One statement where that is nothing, else two, and one more where any
    has a picture; each but for that written once."""
    from resources.tiles import work_tiles

    keys = [pk for pk, _issued in _made_by(organisation.pk)]
    tiles = work_tiles(keys)
    return [tiles[key] for key in keys if key in tiles]


def _made_by_organisation(organisation: int):
    from resources.models import Contribution, Resource

    made = Contribution.objects.filter(organisation=organisation).values("resource")
    return Resource.objects.current().filter(pk__in=made).newest_first().values_list("pk", "issued_on")[:_NEWEST]


_made_by = Prepared(_made_by_organisation)


def resources_in(place: str) -> list:
    """The newest resources about a place (its code), as rows."""
    from resources.rows import works_in

    return works_in(place, _NEWEST)


def resources_in_order(keys: list[int]) -> list:
    """The resources of these primary keys, in this order; those no longer live are left out."""
    if not keys:
        return []
    from resources.models import Resource

    found = {resource.pk: resource for resource in Resource.objects.live().for_rows().filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def titles_of(keys: list[int], language: str) -> dict[int, tuple[str, str, str]]:
    """Resource → its title, the language of that, and its translation into another language (or nothing)."""
    if not keys:
        return {}
    from resources.models import Resource

    translated = build_localized_fieldname("title_translation", language)
    rows = Resource.objects.filter(pk__in=keys).values_list("pk", "title", "language", translated)
    return {pk: (title, own, "" if own == language else translation or "") for pk, title, own, translation in rows}


def works_of(keys: list[int]) -> dict:
    """Primary key → resource with its type, of those that are live."""
    if not keys:
        return {}
    from resources.models import Resource

    return Resource.objects.live().select_related("type").in_bulk(keys)


def resources_in_portions(keys: Iterable[int], size: int = PORTION) -> Iterator[list]:
    """The resources of these primary keys with all that is public of them, in this order and at most `size` at a time;
    those no longer live are left out. Six statements a portion."""
    from resources.models import Resource

    keys = iter(keys)
    while portion := list(islice(keys, size)):
        shown = Resource.objects.live().for_lists().prefetch_related("priorities", "places")
        found = {resource.pk: resource for resource in shown.filter(pk__in=portion)}
        works = [found[key] for key in portion if key in found]
        del shown, found  # who has them may let go of one after the other
        yield works
        del works


def latest_published(count: int, among: set[int] | None = None) -> list:
    """The resources that came into the library last, newest first; `among` narrows them to these primary keys, else those
    in the archive and versions that newer ones replace are left out."""
    from resources.models import Resource

    last = (F("first_published_at").desc(nulls_last=True), "-pk")
    if among is None:
        return list(Resource.objects.current().for_lists().order_by(*last)[:count])
    newest = Resource.objects.live().order_by(*last)
    if len(among) > _PARAMETERS:
        keys = newest.values_list("pk", flat=True).iterator(chunk_size=_PARAMETERS)
        among = set(islice((key for key in keys if key in among), count))
    return list(newest.for_lists().filter(pk__in=among)[:count])


def published_between(since, until, organisation=None) -> list[int]:
    """The keys of the resources that were first published after `since` and not after `until`, newest first; with an
    organisation those it made, but neither archived ones nor versions that newer ones replace."""
    from resources.models import Resource

    new = Resource.objects.live().filter(first_published_at__gt=since, first_published_at__lte=until)
    if organisation is not None:
        new = new.current().filter(contributions__organisation=organisation).distinct()
    return list(new.order_by("-first_published_at", "-pk").values_list("pk", flat=True))


def news_of_organisation(organisation, since, until):
    """What an organisation made that came into the library in between, as a digest tells it (`initiative.follow.News`)."""
    from resources.follow_subjects import told

    return told(published_between(since, until, organisation))


def new_on(topics: Iterable[int], priorities: Iterable[int], count: int) -> list:
    """The resources on any of these topics and research priorities that came into the library last, newest first."""
    touched = Q(topics__in=list(topics)) | Q(priorities__in=list(priorities))
    newest = _cards().with_makers().filter(touched, archived=False).distinct()
    return list(newest.order_by(F("first_published_at").desc(nulls_last=True), "-pk")[:count])


def public_path(pk: int) -> str:
    """Where readers find the resource of this primary key; empty while it isn't published."""
    from resources.models import Resource

    found = Resource.objects.live().filter(pk=pk).first()
    return found.get_url() if found else ""


def resource_by_slug(slug: str):
    """The live resource of this slug with all that is public of it, or None. Six statements."""
    from resources.models import Contribution, Resource, ResourceFile

    shown = Resource.objects.live().with_versions().select_related("type", "cover")
    return (
        shown.filter(slug=slug)
        .prefetch_related(
            Prefetch("contributions", Contribution.objects.with_pages()),
            Prefetch("files", ResourceFile.objects.with_documents()),
            Prefetch("priorities", priorities_with_pages()),
            "topics",
            "places",
        )
        .first()
    )


def resource_page(slug: str, related: int):
    """The same with what its page shows around it, in its `surroundings`: at most `related` other resources, and its other
    versions. Five statements, one more where any of the others has a picture for its cover."""
    resource = _resource.first(slug)
    if resource is None:
        return None
    resource.type = type_of(resource.type_id)
    bring_along(resource, "contributions", _contributions(resource.pk))
    bring_along(resource, "files", _files(resource.pk))
    around = resource.surroundings = surroundings(resource, related, as_published=True)
    bring_along(resource, "topics", topics_of(around.own_keys["topics"]))
    bring_along(resource, "places", places_of(around.own_keys["places"]))
    bring_along(resource, "priorities", priorities_of(around.own_keys["priorities"]))
    for direction, version in (("newer", around.newer), ("older", around.older)):
        for column in ("identity", "slug"):
            setattr(resource, f"{direction}_{column}", getattr(version, column, None))
    return resource


def _resource_called(slug: str):
    from resources.models import Resource

    return Resource.objects.live().select_related("cover", "written_references").filter(slug=slug).order_by()


def _contributions_to(resource: int):
    from resources.models import Contribution

    return Contribution.objects.with_pages().filter(resource=resource)


def _files_of(resource: int):
    from resources.models import ResourceFile

    return ResourceFile.objects.with_documents().filter(resource=resource)


_resource = Prepared(_resource_called)
_contributions = Prepared(_contributions_to)
_files = Prepared(_files_of)


def live_resource(slug: str):
    """The live resource of this slug by itself, or None. One statement."""
    from resources.models import Resource

    return Resource.objects.live().select_related("type").filter(slug=slug).first()


def tombstone_by_slug(slug: str):
    """What is told of a withdrawn resource at its address, or None, with what its successor's card
    shows. One statement."""
    from resources.models import Tombstone

    return Tombstone.objects.select_related("successor__type", "successor__cover").filter(slug=slug).first()


def is_withdrawn(document_id: int) -> bool:
    """True for a document of resources that were all taken out of the library. Two statements at most."""
    from resources.models import ResourceFile

    files = ResourceFile.objects.filter(document=document_id)
    return files.filter(resource__tombstone__isnull=False).exists() and not files.filter(resource__live=True).exists()
