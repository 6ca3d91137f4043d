"""Writing references down before anybody asks for them: once a work is published, and each night what has changed since."""

from collections.abc import Callable, Iterable
from itertools import takewhile

from django.utils import translation

from initiative.base import languages
from resources.citations import apa_digest, apa_html, citation_item
from resources.citations.item import work_url
from resources.models import WrittenReferences
from resources.queries import resources_in_portions


def write_references(keys: Iterable[int], go_on: Callable[[], bool] = lambda: True) -> int:
    """Write down how the live resources of these primary keys are cited in each language, where that isn't written yet or says
    something else by now; of how many. Ends before a portion where it isn't to `go_on`. Seven statements a portion, and one
    more where anything is to be written."""
    count = 0
    for portion in takewhile(lambda _portion: go_on(), resources_in_portions(keys)):
        there = WrittenReferences.objects.in_bulk([resource.pk for resource in portion])
        written = [
            WrittenReferences(resource=resource, texts=texts)
            for resource in portion
            if (texts := _texts(resource, before := _before(there, resource))) != before
        ]
        WrittenReferences.objects.bulk_create(
            written, update_conflicts=True, unique_fields=["resource"], update_fields=["texts"]
        )
        count += len(written)
    return count


def _before(there: dict[int, WrittenReferences], resource) -> dict[str, list[str]]:
    return there[resource.pk].texts if resource.pk in there else {}


def _texts(resource, before: dict[str, list[str]]) -> dict[str, list[str]]:
    texts, cited = {}, citation_item(resource)
    for code in languages.codes():
        with translation.override(code):
            # Of all that a reference tells, the address of a page here is another in each language.
            item = {**cited, "URL": work_url(resource)}
        digest = apa_digest(item, code)
        written = before.get(code)
        texts[code] = written if written and written[0] == digest else [digest, str(apa_html(item, code))]
    return texts
