"""What resources are related to, as the search index needs it: asked for a whole portion of them at once.

Prefetching would make an object of every link, and many of them of one and the same topic or place. Here each list that
editors keep is read once for all.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import CollectionViewRestriction

from initiative.base import languages
from resources.models import Contribution, Resource, ResourceFile, ResourceType, Topic


@dataclass
class Related:
    """Of one resource. A type, topic or place counts for all that it is part of."""

    types: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    # Names and synonyms of its topics in every language, so that any reader's word finds it.
    topic_words: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    priorities: list[str] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    # With what was read in them, and `is_private`: whether their documents are for some people only.
    files: list[ResourceFile] = field(default_factory=list)


def relate(resources: Sequence[Resource]) -> None:
    """Give each resource its `related`. Nine statements, however many there are."""
    if not resources:
        return
    types = _branches(ResourceType.objects.values_list("pk", "key", "parent"))
    related = {resource.pk: Related(types=types[resource.type_id]) for resource in resources}
    places = _branches(apps.get_model("initiative", "Place").objects.values_list("pk", "code", "parent"))
    for key, linked in _linked("places", related).items():
        related[key].places = _each_once(code for place in linked for code in places[place])
    priorities = dict(apps.get_model("committee", "ResearchPriority").objects.values_list("pk", "key"))
    for key, linked in _linked("priorities", related).items():
        related[key].priorities = [priorities[priority] for priority in linked]
    _relate_topics(related)
    for contribution in Contribution.objects.select_related("person", "organisation").filter(
        resource__in=list(related)
    ):
        related[contribution.resource_id].contributions.append(contribution)
    for file in _files().filter(resource__in=list(related)):
        related[file.resource_id].files.append(file)
    for resource in resources:
        resource.related = related[resource.pk]


def _relate_topics(related: dict[int, Related]) -> None:
    terms = {topic.pk: topic for topic in Topic.objects.all()}
    branches = _branches((pk, pk, topic.parent_id) for pk, topic in terms.items())
    names = {pk: _names(topic) for pk, topic in terms.items()}
    for key, linked in _linked("topics", related).items():
        branch = _each_once(term for topic in linked for term in branches[topic])
        related[key].topics = [terms[term].key for term in branch]
        related[key].topic_words = _each_once(name for term in branch for name in names[term])


def _names(topic: Topic) -> list[str]:
    return [
        name
        for code in languages.codes()
        for name in (topic.text_in("name", code), *topic.text_in("synonyms", code).splitlines())
        if name
    ]


def _linked(name: str, keys: Iterable[int]) -> dict[int, list]:
    """Resource → the keys of what a relation leads to."""
    relation = Resource._meta.get_field(name)
    own, other = relation.m2m_column_name(), relation.m2m_reverse_name()
    found = defaultdict(list)
    links = relation.remote_field.through.objects.filter(**{f"{own}__in": list(keys)})
    for resource, linked in links.order_by("pk").values_list(own, other):
        found[resource].append(linked)
    return found


def _branches(terms: Iterable[tuple]) -> dict:
    """From (key, name, parent's key) of all terms of a tree: key → its own name and those of all that it is part of."""
    known = {key: (name, parent) for key, name, parent in terms}

    def branch(key) -> list:
        found = {}
        while key in known and key not in found:
            name, parent = known[key]
            found[key], key = name, parent
        return list(found.values())

    return {key: branch(key) for key in known}


def _each_once(values: Iterable) -> list:
    return list(dict.fromkeys(values))


def _files():
    beginning = Substr(OuterRef("document__collection__path"), 1, Length("collection__path"))
    private = CollectionViewRestriction.objects.filter(collection__path=beginning)
    return ResourceFile.objects.select_related("document__reading").annotate(is_private=Exists(private))
