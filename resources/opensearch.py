"""The library's search as browsers and reference managers read it (OpenSearch 1.1)."""

from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse
from django.templatetags.static import static
from django.utils.translation import gettext

from initiative.base.head import Link
from resources.citations.item import absolute
from resources.citations.text import one_line

MEDIA_TYPE = "application/opensearchdescription+xml"
# The specification's limits, in letters.
_SHORT_NAME, _DESCRIPTION = 16, 1024


def search_link(path: str) -> Link:
    """The description's announcement, for the head of the library's pages."""
    return Link("search", f"{path}opensearch.xml", MEDIA_TYPE, library_name())


def library_name() -> str:
    """What the library is called where nothing else says whose it is."""
    return gettext("%(site)s library") % {"site": gettext("4 per 1000")}


def description(path: str, language: str, told: str) -> HttpResponse:
    """How to search the library that is at a path, in a language; `told` says what is in it."""
    address = absolute(path)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(gettext('4 per 1000')[:_SHORT_NAME])}</ShortName>",
        f"<LongName>{escape(library_name())}</LongName>",
        f"<Description>{escape(one_line(told)[:_DESCRIPTION])}</Description>",
        f"<Language>{escape(language)}</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
        f'<Image width="16" height="16" type="image/svg+xml">{escape(absolute(static("favicon.svg")))}</Image>',
        _url("text/html", f"{address}?q={{searchTerms}}&page={{startPage?}}"),
        _url("application/atom+xml", f"{address}feed.atom?q={{searchTerms}}"),
        _url(MEDIA_TYPE, f"{address}opensearch.xml", rel="self"),
        "</OpenSearchDescription>",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=f"{MEDIA_TYPE}; charset=utf-8")


def _url(media_type: str, template: str, rel: str = "results") -> str:
    return f"<Url type={quoteattr(media_type)} rel={quoteattr(rel)} template={quoteattr(template)}/>"
