"""Language from the address, caching for anonymous readers, and addresses that no database should see."""

import logging
import re
import time
from collections.abc import Iterable
from uuid import uuid4

from django.conf import settings
from django.http import HttpResponseBadRequest, HttpResponsePermanentRedirect
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import has_vary_header, patch_cache_control, patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language_from_path, get_supported_language_variant, gettext
from django.utils.translation.trans_real import parse_accept_lang_header
from wagtail.models import Site

from initiative import metrics
from initiative.base import languages
from initiative.base.encodings import best_encoding, pack
from initiative.base.freshness import cache_control
from initiative.base.head import Head
from initiative.base.known import anew, told_once
from initiative.base.logs import mask, request_id
from initiative.gone import address_of_file, gone_address, is_there
from initiative.guard.counts import noted
from initiative.redirects import new_address

_LONGEST_PATH = 2_000
# Compressed by their own format; office files and e-books are zip files.
_COMPRESSED = (
    "audio/",
    "font/woff",
    "image/",
    "video/",
    "application/epub+zip",
    "application/gzip",
    "application/pdf",
    "application/vnd.oasis.opendocument",
    "application/vnd.openxmlformats",
    "application/zip",
)


_WORTH_IT = 200  # bytes; Django's gzip takes the same


# As a proxy makes them; anything else isn't worth being in the log.
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
_requests = logging.getLogger("initiative.requests")


def _media_type(response) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class CompressionMiddleware(GZipMiddleware):
    """brotli or gzip for what gets smaller by it."""

    def process_response(self, request, response):
        kind = _media_type(response)
        if kind.startswith(_COMPRESSED) and kind != "image/svg+xml":
            return response
        # What is somebody's own may hold a secret: gzip as Django does it pads by a random length, so that none is guessed
        # from sizes.
        everybodys = "public" in response.headers.get("Cache-Control", "")
        if everybodys and not response.streaming and best_encoding(request.headers.get("Accept-Encoding", "")) == "br":
            return self._brotli(response)
        return super().process_response(request, response)

    def _brotli(self, response):
        if len(response.content) < _WORTH_IT or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        response.content = pack("br", response.content)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Encoding"] = "br"
        if etag := response.headers.get("ETag"):
            response.headers["ETag"] = f"W/{etag.removeprefix('W/')}"
        return response


def preferred_language(request, offered: Iterable[str] | None = None) -> str:
    """The site's language that the reader's browser asks for first, else the default. No cookie is read.

    `offered` narrows the choice; where the default isn't among them, the first of them stands in for it.
    """
    offered = list(languages.codes() if offered is None else offered) or [settings.LANGUAGE_CODE]
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            found = get_supported_language_variant(code)
        except LookupError:
            continue
        if found in offered:
            return found
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in offered else offered[0]


class RequestMiddleware:
    """Give each request an id for the log, a known proxy's where it has one; count the answer and how long it took.

    The log has neither who asked nor what they searched for.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
        mark = request_id.set(given if _REQUEST_ID.fullmatch(given) else uuid4().hex)
        begun = time.perf_counter()
        try:
            with noted():
                response = self.get_response(request)
            seconds = time.perf_counter() - begun
            metrics.answered(response.status_code, seconds)
            told = {"method": request.method, "path": mask(request.path), "status": response.status_code}
            _requests.info(
                "%(method)s %(path)s %(status)s", told, extra={**told, "milliseconds": round(seconds * 1_000, 1)}
            )
            return response
        finally:
            request_id.reset(mark)


class PathLanguageMiddleware:
    """Activate the language that the address begins with; only addresses without one follow the browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        from_path = get_language_from_path(request.path_info)
        language = from_path or preferred_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if from_path:
            response.headers.setdefault("Content-Language", language)
        elif _media_type(response) == "text/html":  # files are the same in every language
            patch_vary_headers(response, ["Accept-Language"])
            response.headers.setdefault("Content-Language", language)
        return response


class SafetyHeadersMiddleware:
    """What browsers may do with an answer, besides what Django's and the content security policy say of it.

    Static files are answered before: what a page is made of obeys the page's policy, and has no use for 200 bytes of its own.
    """

    # A page has no use for these, so nothing that gets into one has. Films in a frame play, and fill the screen.
    PERMISSIONS = ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer",
            "microphone", "midi", "payment", "serial", "usb",
        )
    )  # fmt: skip

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.PERMISSIONS)
        # Open data is read across origins by its own headers.
        if "Access-Control-Allow-Origin" not in response.headers:
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class FilmMiddleware:
    """Let a page with a film, and no other, show it in a frame (static/js/video.js): inside the content security policy's."""

    HOST = "https://www.youtube-nocookie.com"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if _media_type(response) == "text/html" and not response.streaming and b' data-video="' in response.content:
            response._csp_update = {"frame-src": [self.HOST]}
        return response


class DocumentMiddleware:
    """Let what an editor uploaded run nothing, wherever a browser opens it: Wagtail's own header forbids loading alone."""

    WAGTAILS, POLICY = "default-src 'none'", "default-src 'none'; sandbox"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.headers.get("Content-Security-Policy") == self.WAGTAILS:
            response.headers["Content-Security-Policy"] = self.POLICY
        return response


class PublicCacheMiddleware:
    """Let caches between here and an anonymous reader keep a page for a moment, and serve it stale when this is down."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if has_vary_header(response, "Cookie"):
            # Whoever the cookie stands for: staff, or somebody who knows the password of a page or document.
            patch_cache_control(response, private=True, no_store=True)
            return response
        if response.has_header("Cache-Control") or request.method not in ("GET", "HEAD"):
            return response
        user = getattr(request, "user", None)
        # Reading the session of a reader without one would make the page vary by cookie.
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and user is not None and user.is_authenticated
        if signed_in or response.cookies or response.status_code >= 500:
            patch_cache_control(response, private=True, no_store=True)
        elif response.status_code in (200, 304):
            response.headers["Cache-Control"] = cache_control()
        return response


class AtOnceMiddleware:
    """Show whoever is signed in what is there now, whichever worker they come to: nothing that is only known for a moment. To
    others, one state of it for the whole page.

    It stands behind those that say who is signed in: anybody can bring a cookie of that name, and to read everything anew takes
    several times as long as to make a page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Reading the session of a reader without one would make the page vary by cookie.
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        with anew() if signed_in else told_once():
            return self.get_response(request)


class PlainRequestMiddleware:
    """Answer 400 to what no browser sends: paths with NUL bytes, which PostgreSQL refuses, or of absurd lengths."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path or len(request.path) > _LONGEST_PATH:
            return HttpResponseBadRequest("Bad request", content_type="text/plain")
        return self.get_response(request)


class OldAddressMiddleware:
    """Of what isn't found: send readers of an old address on, where Wagtail knows only the page above it or the file's new name
    (301), and say of what was deleted that it was (410)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        if get_language_from_path(request.path):
            return self._of_page(request) or response
        asked = request.resolver_match
        if asked and asked.url_name == "wagtaildocs_serve":
            return self._of_document(request, int(asked.args[0])) or response
        return response

    def _of_page(self, request):
        gone, moved = gone_address(request.path), ""
        if gone is None:
            moved = new_address(request.path, Site.find_for_request(request))
            gone = gone_address(moved) if moved else None
        elif is_there(gone.page_path):
            gone, moved = None, gone.page_path
        if gone:
            return _taken_away(request, gone)
        return _lead_on(request, moved) if moved else None

    def _of_document(self, request, pk: int):
        known = gone_address(request.path)
        if known is None:
            return None
        moved = address_of_file(pk, request.path)
        if moved is None:
            return _taken_away(request, known)
        if not moved:
            return None
        response = _lead_on(request, moved)
        # Not for ever: a file may get back a name that it had.
        response.headers["Cache-Control"] = cache_control()
        return response


def _taken_away(request, gone):
    context = {"head": Head(gettext("Taken away"), noindex=True), "gone_on": gone.gone_on}
    return render(request, "410.html", context, status=410)


def _lead_on(request, path: str) -> HttpResponsePermanentRedirect:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{iri_to_uri(path)}?{query}" if query else iri_to_uri(path))
