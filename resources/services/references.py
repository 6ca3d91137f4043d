"""Writing references down before anybody asks for them."""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import Error
from django.db.models import Exists, OuterRef
from django.utils import translation

from initiative.base import languages
from initiative.base.landmarks import landmarks
from initiative.base.memory import give_back
from resources.citations import apa, apa_digest, apa_html, citation_item, item, text
from resources.models import Resource, WrittenReferences
from resources.queries import resources_in_portions

logger = logging.getLogger(__name__)

_PORTION = 50
# What makes items of records, as it was loaded.
_CODE = "".join(hashlib.sha256(Path(module.__file__).read_bytes()).hexdigest() for module in (item, text))


def write_references(go_on: Callable[[], bool] = lambda: True) -> int:
    """Write down how live resources are cited, where that isn't written yet or was made with something else, and forget it of
    those that aren't live; of how many. Ends after a portion where it isn't to `go_on`. Two statements where there is nothing to
    do, a few for each portion and one for each resource.

    A resource that can't be cited is logged, and left alone until it changes. Raises what the database raises.
    """
    is_live = Exists(Resource.objects.live().filter(pk=OuterRef("resource_id")))
    if gone := list(WrittenReferences.objects.filter(~is_live).values_list("pk", flat=True)):
        WrittenReferences.objects.filter(pk__in=gone).delete()
    made, count = _made(), 0
    waiting = list(unwritten(made).values_list("pk", flat=True))
    for start in range(0, len(waiting), _PORTION):
        keys = waiting[start : start + _PORTION]
        # Whoever changes a work from now on, or begins to write it, takes this mark away; then this isn't written.
        mark = f"… {uuid4().hex[:30]}"
        WrittenReferences.objects.bulk_create(
            (WrittenReferences(pk=key, made=mark) for key in keys),
            update_conflicts=True,
            unique_fields=["resource"],
            update_fields=["made"],
        )
        for portion in resources_in_portions(keys, _PORTION):
            for resource in portion:
                marked = WrittenReferences.objects.filter(pk=resource.pk, made=mark)
                count += marked.update(made=made, texts=_texts(resource))
        if len(keys) == _PORTION:
            give_back()
        if not go_on():
            break
    return count


def unwritten(made: str | None = None):
    """The live resources whose references aren't written, or were made with something else."""
    return Resource.objects.live().exclude(written_references__made=made or _made()).order_by("pk")


def changed(ways: list[tuple[str, int]]) -> None:
    """Something that references tell of is another now: they are to be written anew. `ways`: how it leads to them, and its
    primary key."""
    for way in dict.fromkeys(way for way, _key in ways):
        keys = [key for other, key in ways if other == way]
        WrittenReferences.objects.filter(**{f"{way}__in": keys}).update(made="")


def _made() -> str:
    """What all references hang on beside their records, in hexadecimal digits."""
    addresses = [landmarks().url(Resource.landmark, code) for code in languages.codes()]
    made = "\n".join([_CODE, apa.MAKING, settings.SITE_URL, *languages.codes(), *addresses])
    return hashlib.blake2b(made.encode(), digest_size=16).hexdigest()


def _texts(resource) -> dict[str, list[str]]:
    try:
        cited, texts = citation_item(resource), {}
        for code in languages.codes():
            with translation.override(code):
                # Of all that a reference tells, the address of a page here is another in each language.
                said = {**cited, "URL": item.work_url(resource)}
            texts[code] = [apa_digest(said, code), str(apa_html(said, code))]
    except (Error, MemoryError):
        raise  # the resource is not to blame
    except Exception:
        logger.exception("Resource %s can't be cited.", resource.pk)
        return {}
    return texts
