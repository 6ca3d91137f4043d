"""Parts of a translated page that are still in the source's language, because the translator left them empty.

A page keeps them in `untranslated`: `{"language": "en", "texts": {path: digest}, "parts": {part: digest}}`. A part is a
field or a block of its body. The digests tell whether somebody has written something there since.
"""

import json

from django.db.models import Model

from initiative.base.wording import digest


def part_digest(value) -> str:
    """Sixteen letters for a field's text or a block's stored value."""
    return digest(value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str))


def language_of_part(page: Model, part: str, value) -> str:
    """The language a part of a page is left in; empty where it is in the page's own.

    `part`: a field's name, or `body.<id of the block>`; `value`: what stands there, as stored.
    """
    kept = getattr(page, "untranslated", None) or {}
    mark = kept.get("parts", {}).get(part)
    return kept["language"] if mark and mark == part_digest(value) else ""
