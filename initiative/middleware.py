"""Language from the address, caching for anonymous readers, and addresses that no database should see."""

from django.conf import settings
from django.http import HttpResponseBadRequest
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_path, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

_LONGEST_PATH = 2_000


def preferred_language(request) -> str:
    """The site's language that the reader's browser asks for first, else the default. No cookie is read."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


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
        if not from_path:
            patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", language)
        return response


class PublicCacheMiddleware:
    """Let caches between here and an anonymous reader keep a page for a moment, and serve it stale when this is down."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.has_header("Cache-Control") or request.method not in ("GET", "HEAD"):
            return response
        user = getattr(request, "user", None)
        # Reading the session of a reader without one would make the page vary by cookie.
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and user is not None and user.is_authenticated
        if signed_in or response.cookies or response.status_code >= 500:
            patch_cache_control(response, private=True, no_store=True)
        elif response.status_code == 200:
            patch_cache_control(
                response, public=True, max_age=0, s_maxage=10, stale_while_revalidate=60, stale_if_error=86_400
            )
        return response


class PlainAddressMiddleware:
    """Answer 400 to paths that no page can have: NUL bytes, which PostgreSQL refuses, and absurd lengths."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path or len(request.path) > _LONGEST_PATH:
            return HttpResponseBadRequest("Bad request", content_type="text/plain")
        return self.get_response(request)
