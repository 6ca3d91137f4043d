"""The few pages that aren't in the page tree."""

import logging
import posixpath
import sys
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.translation import get_language_from_path, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.defaults import server_error
from django.views.static import serve

from initiative import health, metrics
from initiative.base import languages
from initiative.base.disk import StorageError
from initiative.base.drawing import DrawingError
from initiative.base.head import Alternate, Head, language_menu
from initiative.base.landmarks import landmarks
from initiative.guard.counts import give_back
from initiative.guard.limits import Limit, visitor
from initiative.middleware import preferred_language
from initiative.share_pictures import card_of, draw, share_path, stored
from initiative.site_search import SiteSearch
from initiative.translations.wanted import find

logger = logging.getLogger(__name__)

_FOR_EVER = "public, max-age=31536000, immutable"
# Each takes a second and some room: who wants all of them at once gets the common one.
_MANY_PICTURES = Limit("pictures for links", times=120, period=timedelta(hours=1))


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
    # An address chosen so that it isn't found is not told either.
    admin = ["Disallow: /admin/"] if settings.ADMIN_PATH == "admin" else []
    lines = [
        "User-agent: *",
        *admin,
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _closed_paths(language: str) -> list[str]:
    with translation.override(language):
        return [reverse("search"), reverse("report_problem", args=["x"]).removesuffix("x/")]


@require_safe
def security(request):
    """Whom to tell of a hole (RFC 9116)."""
    until = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.SECURITY_EMAIL}",
        f"Expires: {until.isoformat()}",
        f"Preferred-Languages: {', '.join(languages.codes())}",
        f"Canonical: {settings.SITE_URL}{reverse('security')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request):
    """Alive: the process answers. Nothing is looked up."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


@never_cache
@require_safe
def readyz(request):
    """Ready: 200 where everything the site works with does, else 503; it may have been so two seconds ago. What it is just now,
    only staff and who has the token are told, and how it stands with the work in the background, without which readers have
    their pages."""
    if health.may_see_details(request):
        found = health.problems()
        ready = not any(found.values())
        told = {"ready": ready, "problems": found, "background": health.background()}
        return JsonResponse(told, status=200 if ready else 503)
    ready = health.is_ready()
    return HttpResponse("ready" if ready else "not ready", content_type="text/plain", status=200 if ready else 503)


@never_cache
@require_safe
def show_metrics(request):
    """Counters for Prometheus, for who has the token; to others, staff among them, there is no such page."""
    if not health.has_token(request):
        raise Http404("No such page")
    return HttpResponse("\n".join([*metrics.lines(), ""]), content_type="text/plain; version=0.0.4; charset=utf-8")


@require_safe
def picture(request, path):
    """A picture that editors uploaded, for sites without a front server, or with a bucket. A path written any other way than
    the plain one is not found: it could lead out of the folders of pictures."""
    if posixpath.normpath(path) != path:
        raise Http404("No such picture")
    response = _from_bucket(path) if settings.S3_BUCKET else serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _from_bucket(path: str) -> FileResponse | HttpResponse:
    try:
        content = default_storage.open(path)
    except FileNotFoundError:
        raise Http404("No such picture") from None
    except OSError:  # a cache in front gives the one it has
        return HttpResponse(status=503, headers={"Cache-Control": "no-store", "Retry-After": "30"})
    return FileResponse(content, filename=posixpath.basename(path), headers={"Cache-Control": "public, max-age=86400"})


@require_safe
def share_picture(request, language, kind, key, digest):
    """The picture for links to a public page or record. What isn't public has none; an old address leads to the new one."""
    if language not in languages.codes():
        raise Http404("No such language")
    with translation.override(language):
        found = find(f"{kind}:{key}")
        here = share_path(found.head) if found else ""
        if not here:
            raise Http404("No picture of what is not public")
        if here != request.path:
            return HttpResponseRedirect(here)
        card = card_of(found.head)
        picture = stored(card, found.subject)
        if picture is None:
            if not _MANY_PICTURES.take(visitor(request)):
                return _common_picture()
            try:
                picture = draw(card, found.subject)
            except DrawingError:
                # It stays counted: one that can't be drawn would be tried with each request, and nobody is refused anything.
                logger.exception("No picture for links to %s.", found.subject)
                return _common_picture()
    return HttpResponse(
        picture,
        content_type="image/png",
        headers={"Cache-Control": _FOR_EVER, "X-Content-Type-Options": "nosniff"},
    )


def _common_picture() -> HttpResponseRedirect:
    return HttpResponseRedirect(static("art/share.png"), headers={"Cache-Control": "no-store"})


def no_door(request):
    """404 where Wagtail would let one sign in."""
    raise Http404


def not_found(request, exception=None):
    """404, in the language of the address, with the search at hand."""
    return render(request, "404.html", {"head": Head(gettext("Page not found"), noindex=True)}, status=404)


def forbidden(request, exception=None):
    """403, in the language of the address."""
    return render(request, "403.html", {"head": Head(gettext("Not allowed"), noindex=True)}, status=403)


def failed(request):
    """503 where the database is away, or a file can't be kept or drawn, with all that was sent and a button to send it again; 500
    for any other mistake."""
    error = sys.exc_info()[1]
    if not isinstance(error, (OperationalError, InterfaceError, StorageError, DrawingError)):
        return server_error(request)
    give_back()  # and of a mistake nothing: somebody may have found out how to cause it, and would try passwords without end
    no_room = isinstance(error, StorageError)
    context = {"sent": None, "no_room": no_room}
    # A form of the admin may hold a password, unless it brought a file.
    if request.method == "POST" and (get_language_from_path(request.path) or no_room):
        try:
            sent = [(name, value) for name, values in request.POST.lists() for value in values]
            context |= {"sent": sent, "had_files": bool(request.FILES), "address": request.get_full_path()}
        except UnreadablePostError:
            pass  # who sent it is gone
    page = render_to_string("503.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": "5", "Cache-Control": "private, no-store"})
