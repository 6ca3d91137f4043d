"""The lines of a page's head: a work's page has fifty, so drawn here instead of by a template for each."""

from collections.abc import Iterator
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from initiative.base.head import Head

register = template.Library()


@register.simple_tag
def head_lines(head: Head, site_url: str) -> SafeString:
    """Where the page is in other languages, its feeds, typed links and statements about its work: a line each. Nothing of a page
    without a head. `site_url` goes before paths."""
    lines = _lines(head, escape(site_url)) if head else ()
    return mark_safe("\n  ".join(lines))  # noqa: S308  (each part escaped below)


def _lines(head: Head, site_url: str) -> Iterator[str]:
    for other in head.hreflang:
        yield f'<link rel="alternate" hreflang="{escape(other.language)}" href="{site_url}{escape(str(other.url))}">'
    if default := head.default:
        yield f'<link rel="alternate" hreflang="x-default" href="{site_url}{escape(str(default.url))}">'
    for feed in head.feeds:
        title, address = escape(str(feed.title)), escape(str(feed.url))
        yield f'<link rel="alternate" type="{escape(feed.type)}" title="{title}" href="{address}">'
    for link in head.links:
        rest = f"{_said('type', link.type)}{_said('title', link.title)}"
        yield f'<link rel="{escape(link.rel)}" href="{escape(str(link.href))}"{rest}>'
    for meta in head.metas:
        content = escape(str(meta.content))
        yield f'<meta name="{escape(meta.name)}" content="{content}"{_said("lang", meta.language)}>'


def _said(attribute: str, value) -> str:
    return f' {attribute}="{escape(str(value))}"' if value else ""
