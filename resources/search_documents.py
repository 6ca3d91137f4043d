"""How resources enter the search index: in every language, with the words of their topics in all of them."""

from django.apps import apps
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from initiative.base import languages
from initiative.registry import register_public_records
from initiative.search import Document, Indexer
from initiative.search import register as register_indexer
from resources.facets import KIND, PARALLEL, facet_document
from resources.models import FileReading, LibraryPage, Resource, ResourceType, Topic
from resources.models.versions import newer, versions_before
from resources.search_related import relate


def _attached(resource, code: str) -> tuple[str, str]:
    """The text of its files for readers of a language, and the language that it is in: their own, else the best other."""
    texts: dict[str, list[str]] = {}
    for file in resource.related.files:
        if file.reading and file.reading.text and not file.is_private:
            texts.setdefault(file.language or resource.language, []).append(file.reading.text)
    best = next((each for each in [*languages.fallbacks(code), *texts] if each in texts), "")
    return "\n\n".join(texts.get(best, ())), best


def resource_documents(resource):
    """A document per language whose library is published, of a resource with its `related`."""
    related = resource.related
    people = " ".join(contribution.name for contribution in related.contributions)
    facts = [people, resource.container, resource.publisher, resource.doi, *related.topic_words]
    facets = facet_document(resource, related)
    for code, url in resource.get_urls().items():
        translation = resource.text_in("title_translation", code)
        attached, attached_language = _attached(resource, code)
        yield Document(
            kind=KIND,
            object_id=str(resource.pk),
            language=code,
            title=PARALLEL.join(title for title in (resource.title, translation) if title),
            body=resource.best("abstract", code),
            keywords=" ".join(facts),
            attached=attached,
            attached_language=attached_language,
            url=url,
            date=resource.issued_on,
            shown_language=resource.shown_language(code),
            facets=facets,
        )


def _resources():
    # All that is asked of versions is whether a newer one is published.
    return Resource.objects.live().annotate(newer_identity=newer("identity"))


def _resources_of(record, *paths: str):
    """The resources that lead to a record by any of these paths."""
    leads = Q()
    for path in paths:
        leads |= Q(**{path: record})
    return Resource.objects.filter(leads).distinct()


def _resources_in(collection):
    """The resources with a file in a collection or below it."""
    return Resource.objects.filter(files__document__collection__path__startswith=collection.path).distinct()


def register() -> None:
    """Tell the search of resources; called once, when the apps are ready."""
    register_indexer(
        Indexer(
            kind=KIND,
            model=Resource,
            queryset=_resources,
            documents=resource_documents,
            prepare=relate,
            # What is renamed is found by its new name at once.
            dependents={
                Topic: lambda topic: _resources_of(topic, "topics", "topics__parent", "topics__parent__parent"),
                # Only the newest version is in the lists.
                Resource: versions_before,
                ResourceType: lambda kind: _resources_of(kind, "type", "type__parent"),
                FileReading: lambda reading: _resources_of(reading.document_id, "files__document"),
                # A document, or a collection, may be moved to where it is private.
                get_document_model(): lambda document: _resources_of(document.pk, "files__document"),
                Collection: _resources_in,
                CollectionViewRestriction: lambda restriction: _resources_in(restriction.collection),
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
