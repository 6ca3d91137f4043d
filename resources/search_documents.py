"""How resources enter the search index: in every language, with the words of their topics in all of them."""

from django.apps import apps
from django.db.models import Q

from initiative.base import languages
from initiative.registry import register_public_records
from initiative.search import Document, Indexer
from initiative.search import register as register_indexer
from resources.facets import KIND, PARALLEL, facet_document
from resources.models import LibraryPage, Resource, ResourceType, Topic


def _topic_words(resource) -> str:
    """Names and synonyms of its topics (and what they are part of) in every language, so that any reader's word finds it."""
    found = []
    for topic in resource.topics.all():
        while topic is not None:
            for code in languages.codes():
                found += [topic.text_in("name", code), *topic.text_in("synonyms", code).splitlines()]
            topic = topic.parent
    return " ".join(dict.fromkeys(word for word in found if word))


def resource_documents(resource):
    """A document per language whose library is published."""
    words = _topic_words(resource)
    people = " ".join(contribution.name for contribution in resource.contributions.all())
    facts = " ".join([people, resource.container, resource.publisher, resource.doi])
    facets = facet_document(resource)
    for code in languages.codes():
        url = resource.get_url(code)
        if url:
            translation = resource.text_in("title_translation", code)
            yield Document(
                kind=KIND,
                object_id=str(resource.pk),
                language=code,
                title=PARALLEL.join(title for title in (resource.title, translation) if title),
                body=resource.best("abstract", code),
                keywords=f"{facts} {words}",
                url=url,
                date=resource.issued_on,
                shown_language=resource.shown_language(code),
                facets=facets,
            )


def _resources():
    return (
        Resource.objects.live()
        .select_related("type__parent")
        .prefetch_related(
            "contributions__person",
            "contributions__organisation",
            "files",
            "topics__parent__parent",
            "priorities",
            "places",
        )
    )


def _resources_of(record, *paths: str):
    """The resources that lead to a record by any of these paths."""
    leads = Q()
    for path in paths:
        leads |= Q(**{path: record})
    return Resource.objects.filter(leads).distinct()


def register() -> None:
    """Tell the search of resources; called once, when the apps are ready."""
    register_indexer(
        Indexer(
            kind=KIND,
            model=Resource,
            queryset=_resources,
            documents=resource_documents,
            # What is renamed is found by its new name at once.
            dependents={
                Topic: lambda topic: _resources_of(topic, "topics", "topics__parent", "topics__parent__parent"),
                ResourceType: lambda kind: _resources_of(kind, "type", "type__parent"),
                apps.get_model("initiative", "Person"): lambda person: _resources_of(person, "contributions__person"),
                apps.get_model("partners", "Organisation"): lambda made_by: _resources_of(
                    made_by, "contributions__organisation"
                ),
            },
            beneath={LibraryPage: lambda page: _resources()},
        )
    )
    register_public_records(Resource.objects.live)
