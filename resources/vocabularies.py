"""The terms of both vocabularies as records, known for a moment: what stands on every page needn't be read for each."""

from collections.abc import Iterable

from django.apps import apps

from initiative.base.known import Known


def _terms(model: str) -> dict[int, object]:
    return {term.pk: term for term in apps.get_model("resources", model).objects.all()}


known_records: Known[dict[int, object]] = Known("vocabularies", _terms)


def type_of(pk: int):
    """A type of resource by primary key. Others are given the same one: nobody may change it."""
    found = known_records("ResourceType").get(pk)
    return found or apps.get_model("resources", "ResourceType").objects.get(pk=pk)  # it came a moment ago


def topics_of(keys: Iterable[int]) -> list:
    """The topics of these primary keys in the order of the vocabulary, but for those that came a moment ago. As above."""
    known = known_records("Topic")
    return sorted((known[key] for key in keys if key in known), key=lambda topic: (topic.order, topic.pk))
