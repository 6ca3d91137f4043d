"""How resources enter the search index: in every language, with the words of their topics in all of them."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Length, Substr
from wagtail.models import CollectionViewRestriction

from initiative.base import languages
from initiative.registry import register_public_records
from initiative.search import Document, Indexer
from initiative.search import register as register_indexer
from resources.facets import KIND, PARALLEL, facet_document
from resources.models import FileReading, LibraryPage, Resource, ResourceFile, ResourceType, Topic
from resources.models.versions import versions_before


def _topic_words(resource) -> str:
    """Names and synonyms of its topics (and what they are part of) in every language, so that any reader's word finds it."""
    found = []
    for topic in resource.topics.all():
        while topic is not None:
            for code in languages.codes():
                found += [topic.text_in("name", code), *topic.text_in("synonyms", code).splitlines()]
            topic = topic.parent
    return " ".join(dict.fromkeys(word for word in found if word))


def _attached(resource, code: str) -> tuple[str, str]:
    """The text of its files for readers of a language, and the language that it is in: their own, else the best other."""
    texts: dict[str, list[str]] = {}
    for file in resource.files.all():
        if file.reading and file.reading.text and not file.is_private:
            texts.setdefault(file.language or resource.language, []).append(file.reading.text)
    best = next((each for each in [*languages.fallbacks(code), *texts] if each in texts), "")
    return "\n\n".join(texts.get(best, ())), best


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
            attached, attached_language = _attached(resource, code)
            yield Document(
                kind=KIND,
                object_id=str(resource.pk),
                language=code,
                title=PARALLEL.join(title for title in (resource.title, translation) if title),
                body=resource.best("abstract", code),
                keywords=f"{facts} {words}",
                attached=attached,
                attached_language=attached_language,
                url=url,
                date=resource.issued_on,
                shown_language=resource.shown_language(code),
                facets=facets,
            )


def _files():
    """Files with what was read in them, and whether their documents are for some people only."""
    beginning = Substr(OuterRef("document__collection__path"), 1, Length("collection__path"))
    private = CollectionViewRestriction.objects.filter(collection__path=beginning)
    return ResourceFile.objects.select_related("document__reading").annotate(is_private=Exists(private))


def _resources():
    return (
        Resource.objects.live()
        .with_versions()
        .select_related("type__parent")
        .prefetch_related(
            "contributions__person",
            "contributions__organisation",
            Prefetch("files", _files()),
            "topics__parent__parent",
            "priorities",
            "places__parent__parent__parent",
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
                # Only the newest version is in the lists.
                Resource: versions_before,
                ResourceType: lambda kind: _resources_of(kind, "type", "type__parent"),
                FileReading: lambda reading: _resources_of(reading.document_id, "files__document"),
                CollectionViewRestriction: lambda restriction: Resource.objects.filter(
                    files__document__collection__path__startswith=restriction.collection.path
                ).distinct(),
                apps.get_model("initiative", "Place"): lambda place: _resources_of(
                    place, *(f"places{'__parent' * steps}" for steps in range(4))
                ),
                apps.get_model("initiative", "Person"): lambda person: _resources_of(person, "contributions__person"),
                apps.get_model("partners", "Organisation"): lambda made_by: _resources_of(
                    made_by, "contributions__organisation"
                ),
            },
            beneath={LibraryPage: lambda page: _resources()},
        )
    )
    register_public_records(Resource.objects.live)
