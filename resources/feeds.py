"""Any search of the library as an Atom feed (RFC 4287): what came into the library last, newest first."""

import datetime
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.html import escape
from django.utils.translation import gettext

from initiative.search import every_match
from resources.citations import citation_item
from resources.citations.item import absolute, full_name, page_url, whole_date
from resources.citations.text import one_line, paragraphs, readable
from resources.library import LibraryList
from resources.opensearch import library_name
from resources.queries import latest_published

NEWEST = 50
# Atom wants a date; a library without anything hasn't changed since.
_NEVER = datetime.datetime(2015, 12, 1, tzinfo=datetime.UTC)


def library_feed(library: LibraryList) -> HttpResponse:
    """The newest of what a list shows."""
    found = None if library.is_everything else {int(object_id) for _kind, object_id in every_match(library.query)}
    resources = latest_published(NEWEST, found)
    feed = _Feed(
        title=one_line(": ".join(part for part in (library_name(), library.title) if part)),
        link=absolute(library.url()),
        description="",
        language=library.language,
        feed_url=absolute(library.feed_url),
        feed_guid=absolute(library.feed_url),
    )
    for resource in resources:
        feed.add_item(resource.title, page_url(resource), "", resource=resource, updateddate=_updated(resource))
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def _updated(resource) -> datetime.datetime:
    return resource.last_published_at or resource.first_published_at or _NEVER


def entry_id(identity: str) -> str:
    """The name of a resource for ever, whatever becomes of its address: `urn:uuid:…`, or a tag (RFC 4151)."""
    try:
        return uuid.UUID(identity).urn
    except ValueError:
        return f"tag:{urlsplit(settings.SITE_URL).hostname},2015:resource/{identity}"


class _Feed(Atom1Feed):
    """Atom with several authors an entry, the language of each text, the versions before and after it (RFC 5829), and date
    and DOI of the work as journals' feeds give them (PRISM)."""

    def root_attributes(self):
        return {**super().root_attributes(), "xmlns:prism": "http://prismstandard.org/namespaces/basic/2.0/"}

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=_NEVER)

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        handler.startElement("author", {})
        handler.addQuickElement("name", gettext("4 per 1000"))
        handler.endElement("author")

    def add_item_elements(self, handler, item):
        resource = item["resource"]
        cited = citation_item(resource)
        handler.addQuickElement("title", cited["title"], {"xml:lang": resource.language})
        handler.addQuickElement("link", "", {"href": item["link"], "rel": "alternate", "type": "text/html"})
        handler.addQuickElement("id", entry_id(str(resource.identity)))
        handler.addQuickElement("updated", rfc3339_date(item["updateddate"]))
        if resource.first_published_at:
            handler.addQuickElement("published", rfc3339_date(resource.first_published_at))
        for relation, version in (("predecessor-version", "replaces"), ("successor-version", "replaced_by")):
            if address := cited.get("custom", {}).get(version):
                handler.addQuickElement("link", "", {"href": address, "rel": relation, "type": "text/html"})
        if date := whole_date(cited):
            handler.addQuickElement("prism:publicationDate", date)
        if "DOI" in cited:
            handler.addQuickElement("prism:doi", cited["DOI"])
        for name in [name for role in ("author", "editor", "director") for name in cited.get(role, [])]:
            handler.startElement("author", {})
            handler.addQuickElement("name", full_name(name))
            handler.endElement("author")
        if summary := paragraphs(resource.best("abstract")):
            html = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in summary.split("\n\n"))
            language = {"xml:lang": resource.shown_language()}
            handler.addQuickElement("summary", html, {"type": "html", **language})
        for topic in resource.topics.all():
            handler.addQuickElement("category", "", {"term": topic.key, "label": readable(topic.best("name"))})
