"""The few pages that aren't in the page tree."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from django.views.static import serve

from initiative.base import languages
from initiative.base.head import Alternate, Head, language_menu
from initiative.base.landmarks import landmarks
from initiative.middleware import preferred_language
from initiative.site_search import SiteSearch


@require_safe
def choose_language(request):
    """`/` leads to the home page in the language the browser asks for, of those published; no other address is ever
    redirected by language."""
    homes = landmarks()
    offered = [code for code in languages.codes() if homes.get("home", code)]
    return HttpResponseRedirect(f"/{preferred_language(request, offered or None)}/")


@require_safe
def search_site(request):
    """Everything public that matches, by kind."""
    found = SiteSearch(request.GET, request.path)
    here = reverse("search")
    alternates = [Alternate(code, found.url(path=translate_url(here, code)), True) for code in languages.codes()]
    head = Head(found.titled(gettext("Search")), alternates=alternates, noindex=True)
    return render(
        request, "initiative/search.html", {"found": found, "head": head, "languages": language_menu(alternates)}
    )


@require_safe
def robots(request):
    """What robots may read, and where the map is."""
    # Forms and results, in every language: nothing for an index, and without end.
    closed = [path for code in languages.codes() for path in _closed_paths(code)]
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _closed_paths(language: str) -> list[str]:
    with translation.override(language):
        return [reverse("search"), reverse("report_problem", args=["x"]).removesuffix("x/")]


@require_safe
def healthz(request):
    """Alive: the process answers. Nothing is looked up."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def picture(request, path):
    """A picture that editors uploaded, for sites without a front server. A path written any other way than the plain one
    is not found: it could lead out of the folders of pictures."""
    if posixpath.normpath(path) != path:
        raise Http404("No such picture")
    return serve(request, path, document_root=settings.MEDIA_ROOT)


def not_found(request, exception=None):
    """404, in the language of the address, with the search at hand."""
    return render(request, "404.html", {"head": Head(gettext("Page not found"), noindex=True)}, status=404)


def forbidden(request, exception=None):
    """403, in the language of the address."""
    return render(request, "403.html", {"head": Head(gettext("Not allowed"), noindex=True)}, status=403)
