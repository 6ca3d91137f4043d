"""References that were written down when a work was published, and whether they still say what the record says."""

from django.utils.safestring import SafeString, mark_safe

from initiative.base import languages
from resources.citations.apa import apa_digest, apa_html


def reference(resource, item: dict) -> SafeString:
    """The reference of a resource that `item` says in CSL-JSON, in APA style and the active language, as HTML: as it was written
    down, where that was of the same words, else written now. No statement of a resource read with its `written_references`."""
    language = languages.current()
    written = getattr(resource, "written_references", None)
    digest, html = written.texts.get(language, ("", "")) if written else ("", "")
    return mark_safe(html) if digest == apa_digest(item, language) else apa_html(item, language)  # noqa: S308  (ours)
