"""The library's landing page: the list, and a page for each resource."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import render
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path

from initiative.base import languages
from initiative.base.head import language_menu
from initiative.base.pages import LandingPage
from initiative.search import text_asked
from resources import exports, metadata, opensearch
from resources.citations.item import absolute
from resources.feeds import library_feed
from resources.library import LibraryList
from resources.models.resource import Resource
from resources.queries import resource_by_slug, resource_page, tombstone_by_slug
from resources.suggestions import suggestions


class LibraryPage(LandingPage):
    """Search, filters, results."""

    landmark = "library"
    list_class = LibraryList

    parent_page_types = ["initiative.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("library page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        library, head = self.listed(request), context["head"]
        head.title = library.titled(head.title)
        # The language menu keeps what was asked and chosen, as each language writes it.
        head.alternates = [
            replace(alternate, url=library.url(library.number, alternate.language, alternate.url))
            for alternate in head.alternates
        ]
        head.noindex = library.url(library.number) != library.path
        head.feeds = library.feeds
        head.links = [opensearch.search_link(self.get_path())]
        context.update(library=library, results=library.results, languages=language_menu(head.alternates))
        return context

    @path("")
    def results(self, request):
        """The list; for htmx only what changes."""
        return self.list_response(request, "resources/partials/results.html")

    # Wagtail looks for routes with a slash at their end; the addresses of files have none.

    @path("export.<str:name>/")
    def export(self, request, name):
        """The list as a file, in one of the formats."""
        if name not in exports.FORMATS:
            raise Http404("No such format")
        return exports.export_response(request, name, self.listed(request).query)

    @path("feed.atom/")
    def feed(self, request):
        """What came to the list last."""
        return library_feed(self.listed(request))

    @path("suggestions.html/")
    def suggest(self, request):
        """Suggestions for what is typed so far, for the script of the search field."""
        groups = suggestions(text_asked(request.GET))
        count = sum(len(group.options) for group in groups)
        response = render(request, "resources/partials/suggestions.html", {"groups": groups, "count": count})
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    @path("opensearch.xml/")
    def search_description(self, request):
        """How to search the library, for browsers."""
        return opensearch.description(self.get_path(), languages.current(), self.introduction or self.title)

    @path("<slug:slug>/")
    def resource(self, request, slug):
        """One resource."""
        resource = resource_page(slug, Resource.RELATED)
        if resource is None:
            return self._gone(request, slug)
        head, context = resource.get_head(), resource.get_detail_context()
        metadata.describe(head, resource, context["cited"])
        response = self.show(request, resource.preview_template, head, **context)
        response["Link"] = metadata.link_header(head)
        return response

    @path("<slug:slug>/cite.<str:name>/")
    def cite(self, request, slug, name):
        """One resource as a file, in one of the formats."""
        if name not in exports.FORMATS:
            raise Http404("No such format")
        resource = resource_by_slug(slug)
        return exports.cite_response(name, resource) if resource else self._gone(request, slug)

    def _gone(self, request, slug):
        """410 with what became of a withdrawn resource, whatever format was asked for; Http404 where there never was one."""
        tombstone = tombstone_by_slug(slug)
        if tombstone is None:
            raise Http404("No such resource")
        successor = tombstone.successor if tombstone.successor and tombstone.successor.live else None
        response = self.show(
            request, "resources/withdrawn.html", tombstone.get_head(), tombstone=tombstone, successor=successor
        )
        response.status_code = 410
        if successor:
            response["Link"] = f'<{iri_to_uri(absolute(successor.path))}>; rel="successor-version"'
        return response
