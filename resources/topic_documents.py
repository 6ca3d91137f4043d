"""How topics enter the search index, to be suggested and found by any of their names."""

from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q

from initiative.base import languages
from initiative.base.landmarks import landmarks
from initiative.search import Document, Indexer
from initiative.search import register as register_indexer
from resources.models import LibraryPage, Resource, Topic
from resources.suggestions import TOPIC


def topic_documents(topic):
    """A document per language whose library is published; its address is the library narrowed to the topic."""
    known = [topic.text_in("name", code) for code in languages.codes()]
    known += [line.strip() for code in languages.codes() for line in topic.text_in("synonyms", code).splitlines()]
    for code in languages.codes():
        library, name = landmarks().url("library", code), topic.best("name", code)
        if library and name:
            yield Document(
                kind=TOPIC,
                object_id=str(topic.pk),
                language=code,
                title=name,
                names=[other for other in dict.fromkeys(known) if other and other != name],
                url=f"{library}?{urlencode({'topic': topic.text_in('slug', code) or topic.key})}",
                shown_language=topic.shown_language(code),
                facets={"topic": [topic.key]},
            )


def _topics():
    """Topics that something live is about, or about a topic below them."""
    about = Resource.topics.through.objects.filter(resource__live=True)
    used = Q()
    for topic in ("topic", "topic__parent", "topic__parent__parent"):
        used |= Exists(about.filter(**{topic: OuterRef("pk")}))
    return Topic.objects.filter(used)


def _topics_of(resource):
    """The topics of a resource and what they are part of."""
    own = Topic.objects.filter(resources=resource.pk)
    above = Q(pk__in=own.values("pk")) | Q(pk__in=own.values("parent")) | Q(pk__in=own.values("parent__parent"))
    return Topic.objects.filter(above)


def register() -> None:
    """Tell the search of topics; called once, when the apps are ready."""
    register_indexer(
        Indexer(
            kind=TOPIC,
            model=Topic,
            queryset=_topics,
            documents=topic_documents,
            dependents={Resource: _topics_of},
            beneath={LibraryPage: lambda page: _topics()},
        )
    )
