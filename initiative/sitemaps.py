"""The map for search engines: every translated page and record, with its translations."""

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from initiative.base import languages
from initiative.base.landmarks import page_path
from initiative.registry import public_records

_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def _families():
    """Each page or record: language → path where its own text is written, and when it last changed."""
    pages: dict = {}
    rows = (
        Page.objects.live()
        .public()
        .filter(depth__gt=1, alias_of__isnull=True, locale__language_code__in=languages.codes())
        .order_by("path")
        .values_list("translation_key", "locale__language_code", "url_path", "last_published_at")
    )
    for key, language, url_path, changed in rows.iterator():
        paths, when = pages.setdefault(key, ({}, changed))
        paths[language] = page_path(language, url_path)
        if when and changed and changed > when:
            pages[key] = (paths, changed)
    yield from pages.values()
    for queryset in public_records():
        for record in queryset.iterator(chunk_size=500):
            paths = {alternate.language: alternate.url for alternate in record.alternates() if alternate.translated}
            yield paths, getattr(record, "last_published_at", None)


def _entries():
    for paths, changed in _families():
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{settings.SITE_URL}{path}"/>'
            for language, path in paths.items()
        )
        when = f"<lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed else ""
        for path in paths.values():
            yield f"<url><loc>{settings.SITE_URL}{path}</loc>{when}{links if len(paths) > 1 else ''}</url>\n"


@require_safe
def sitemap(request):
    """Every address in every language in which it is written; paths are ASCII, so nothing needs escaping."""
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMESPACES}>\n{"".join(_entries())}</urlset>\n'
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
