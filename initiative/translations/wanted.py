"""What a reader may ask a translation of: what is public, by its subject (`page:<key>`, `resources.resource:17`)."""

import uuid
from dataclasses import dataclass

from wagtail.models import Page

from initiative.base import languages
from initiative.base.head import Head
from initiative.base.querysets import open_to_all
from initiative.registry import public_records

_MOST_DIGITS = 18


@dataclass(frozen=True)
class Wanted:
    """A public page or record as readers of the active language get it: `url` is where."""

    subject: str
    head: Head
    url: str

    @property
    def is_translated(self) -> bool:
        """True where nothing is left to wish for."""
        return self.head.fallback is None


def find(subject: str) -> Wanted | None:
    """What is called so, in the active language; None where there is no such thing, or not for everybody."""
    kind, _colon, key = subject.partition(":")
    found = _page(key) if kind == "page" else _record(kind, key)
    if found is None or not hasattr(found, "get_head"):
        return None
    head = found.get_head()
    url = next((other.url for other in head.alternates if other.language == languages.current()), "")
    return Wanted(found.subject, head, url) if url else None


def _page(key: str) -> Page | None:
    try:
        translation_key = uuid.UUID(key)
    except ValueError:
        return None
    pages = open_to_all(Page.objects.live()).filter(translation_key=translation_key)
    page = pages.filter(locale__language_code=languages.current()).first()
    return page and page.specific


def _record(kind: str, key: str):
    if not (key.isascii() and key.isdigit() and len(key) <= _MOST_DIGITS):
        return None
    sources = (source for source in public_records() if source.model._meta.label_lower == kind)
    return next((record for source in sources if (record := source.filter(pk=key).first())), None)
