"""Writing references down before anybody asks for them."""

import hashlib
import logging
from collections.abc import Callable

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import translation

from initiative.base import languages
from initiative.base.landmarks import landmarks
from resources.citations import apa_digest, apa_html, citation_item
from resources.citations.apa import making
from resources.citations.item import work_url
from resources.models import Resource, WrittenReferences
from resources.queries import resources_in_portions

logger = logging.getLogger(__name__)

_PORTION = 50


def write_references(go_on: Callable[[], bool] = lambda: True) -> int:
    """Write down how live resources are cited, where that isn't written yet or was made in another way, and forget it of those
    that aren't live; of how many. Ends after a portion where it isn't to `go_on`. Two statements where there is nothing to do.

    A resource that can't be cited is logged, and left alone until it changes.
    """
    is_live = Exists(Resource.objects.live().filter(pk=OuterRef("resource_id")))
    WrittenReferences.objects.filter(~is_live).delete()
    made, count = _made(), 0
    waiting = list(unwritten(made).values_list("pk", flat=True))
    for start in range(0, len(waiting), _PORTION):
        keys = waiting[start : start + _PORTION]
        # Whoever changes a work from now on takes its row away, and then nothing is written of how it was before.
        WrittenReferences.objects.bulk_create((WrittenReferences(pk=key) for key in keys), ignore_conflicts=True)
        for portion in resources_in_portions(keys):
            for resource in portion:
                texts = _texts(resource)
                count += WrittenReferences.objects.filter(pk=resource.pk).update(made=made, texts=texts)
        if not go_on():
            break
    return count


def unwritten(made: str | None = None):
    """The live resources whose references aren't written, or were made in another way."""
    return Resource.objects.live().exclude(written_references__made=made or _made()).order_by("pk")


def _made() -> str:
    """What all references hang on beside their records, in hexadecimal digits."""
    addresses = [landmarks().url(Resource.landmark, code) for code in languages.codes()]
    made = "\n".join([making(), settings.SITE_URL, *languages.codes(), *addresses])
    return hashlib.blake2b(made.encode(), digest_size=16).hexdigest()


def _texts(resource) -> dict[str, list[str]]:
    try:
        cited, texts = citation_item(resource), {}
        for code in languages.codes():
            with translation.override(code):
                # Of all that a reference tells, the address of a page here is another in each language.
                item = {**cited, "URL": work_url(resource)}
            texts[code] = [apa_digest(item, code), str(apa_html(item, code))]
    except Exception:
        logger.exception("Resource %s can't be cited.", resource.pk)
        return {}
    return texts
