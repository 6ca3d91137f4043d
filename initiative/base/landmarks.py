"""The pages that everything else links to by role (library, committee, join …), in every language, from one query."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.encoding import iri_to_uri
from wagtail.models import Page, get_page_models

from initiative.base import languages
from initiative.base.known import Known
from initiative.base.prepared import Prepared
from initiative.base.querysets import borrowed_language, open_to_all, where_all_are_open


@dataclass(frozen=True)
class Landmark:
    """One live page with a role, open to all. `url` is a path on this site; `lang` is the language of its title and text
    where that isn't the tree's, else empty."""

    role: str
    language: str
    title: str
    url: str
    page_id: int
    lang: str


class Landmarks:
    """All landmarks, found by role and language."""

    def __init__(self, rows: list[Landmark]):
        self._rows = {(row.role, row.language): row for row in rows}

    def get(self, role: str, language: str | None = None) -> Landmark | None:
        """The page of this role in a language (the active one by default), or None where it isn't published, or private."""
        return self._rows.get((role, language or languages.current()))

    def url(self, role: str, language: str | None = None) -> str:
        """The path of that page, or an empty string."""
        found = self.get(role, language)
        return found.url if found else ""

    def at(self, url: str) -> Landmark | None:
        """The landmark at a path (encoded or as the reader sees it), or None."""
        url = iri_to_uri(url)
        return next((row for row in self._rows.values() if row.url == url), None)

    def links(self, language: str | None = None) -> dict[str, str]:
        """Role → path of every landmark in a language."""
        language = language or languages.current()
        return {row.role: row.url for row in self._rows.values() if row.language == language}


def page_path(language: str, url_path: str) -> str:
    """A page's path on this site from Wagtail's `url_path` (`/home-fr/ressources/` → `/fr/ressources/`), in ASCII: slugs
    may be in any script."""
    _empty, _home, rest = url_path.split("/", 2)
    return iri_to_uri(f"/{language}/{rest}")


def _read() -> list[Landmark]:
    roles = {
        content_type.pk: model.landmark
        for model, content_type in ContentType.objects.get_for_models(*get_page_models()).items()
        if getattr(model, "landmark", "")
    }
    return [
        Landmark(roles[content_type], language, title, page_path(language, url_path), pk, borrowed)
        for content_type, language, title, url_path, pk, borrowed in _pages_of.among(*roles)
    ]


def _pages_of_types(*content_types: int):
    with where_all_are_open(False):  # the statement outlives the request that knew so
        pages = open_to_all(Page.objects.live())
    return (
        pages.filter(content_type__in=content_types)
        .annotate(borrowed=borrowed_language())
        .order_by("-path")  # of two pages with one role, the first in the tree wins
        .values_list("content_type", "locale__language_code", "title", "url_path", "pk", "borrowed")
    )


_pages_of = Prepared(_pages_of_types)


landmarks: Known[Landmarks] = Known("landmarks", lambda: Landmarks(_read()))
forget_landmarks = landmarks.forget
