"""The map for search engines: every translated page and record, with its translations. A large site has an index of maps."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe
from wagtail.models import Page

from initiative.base import languages
from initiative.base.landmarks import page_path
from initiative.base.querysets import open_to_all
from initiative.registry import public_records

# Addresses in one map; the protocol allows five times as many.
LIMIT = 10_000
_PORTION = 500
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NAMESPACES = f'{_NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@require_safe
def sitemap(request):
    """Every address in every language in which it is written; where they are too many for one map, the index of maps."""
    whole = [(source, 0, None) for source in _sources()]
    entries = list(islice(_entries(whole), LIMIT + 1))
    return _answer(_map(entries) if len(entries) <= LIMIT else _index(len(_parts())))


@require_safe
def sitemap_part(request, number):
    """One of the maps that the index names, from 1."""
    parts = _parts()
    if not 1 <= number <= len(parts):
        raise Http404("No such part")
    return _answer(_map(_entries(parts[number - 1])))


def _answer(lines: Iterator[str]) -> HttpResponse:
    return HttpResponse("".join(lines), content_type="application/xml; charset=utf-8")


def _parts() -> list[list[tuple]]:
    """What each map holds: sources with the positions of what is taken from them, in order. To count costs a statement
    a source; a page or record counts for as many addresses as there are languages."""
    size = max(1, LIMIT // len(languages.codes()))
    parts, room = [[]], size
    for source in _sources():
        start, count = 0, source.count()
        while start < count:
            if not room:
                parts.append([])
                room = size
            end = min(count, start + room)
            parts[-1].append((source, start, end))
            room -= end - start
            start = end
    return parts


def _index(count: int) -> Iterator[str]:
    yield f"{_HEAD}<sitemapindex {_NAMESPACE}>\n"
    for number in range(1, count + 1):
        yield f"<sitemap><loc>{settings.SITE_URL}{reverse('sitemap_part', args=[number])}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def _map(entries: Iterable[str]) -> Iterator[str]:
    yield f"{_HEAD}<urlset {_NAMESPACES}>\n"
    yield from entries
    yield "</urlset>\n"


def _entries(part: Iterable[tuple]) -> Iterator[str]:
    for source, start, end in part:
        for family, changed in source.families(start, end):
            paths = {language: escape(path) for language, path in family.items()}
            links = "".join(
                f'<xhtml:link rel="alternate" hreflang="{language}" href="{settings.SITE_URL}{path}"/>'
                for language, path in paths.items()
            )
            when = f"<lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed else ""
            for path in paths.values():
                yield f"<url><loc>{settings.SITE_URL}{path}</loc>{when}{links if len(paths) > 1 else ''}</url>\n"


def _sources() -> list:
    return [_Pages(), *(_Records(records) for records in public_records())]


# A source gives families: a page or record with its translations, as language → path where its own text is written, and
# when it last changed.


class _Pages:
    def __init__(self):
        self.pages = open_to_all(Page.objects.live()).filter(
            depth__gt=1,
            alias_of__isnull=True,
            borrowed_text__isnull=True,
            locale__language_code__in=languages.codes(),
        )
        self.keys = self.pages.order_by("translation_key").values_list("translation_key", flat=True).distinct()

    def count(self) -> int:
        return self.keys.count()

    def families(self, start: int, end: int | None):
        pages = self.pages if end is None else self.pages.filter(translation_key__in=list(self.keys[start:end]))
        rows = pages.order_by("path").values_list(
            "translation_key", "locale__language_code", "url_path", "last_published_at"
        )
        families: dict = {}
        for key, language, url_path, changed in rows.iterator():
            paths, when = families.setdefault(key, ({}, changed))
            paths[language] = page_path(language, url_path)
            if when and changed and changed > when:
                families[key] = (paths, changed)
        yield from families.values()


class _Records:
    def __init__(self, records):
        self.records = records.order_by("pk")

    def count(self) -> int:
        return self.records.count()

    def families(self, start: int, end: int | None):
        for record in self.records[start:end].iterator(chunk_size=_PORTION):
            alternates = record.alternates()
            # What has no words of its own in any language is the same in all: one address is enough.
            own = [alternate for alternate in alternates if alternate.translated] or alternates[:1]
            paths = {alternate.language: alternate.url for alternate in own}
            yield paths, getattr(record, "last_published_at", None)
