"""Which requests read from the replica, and what becomes of them when it fails."""

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from initiative.admin_policy import messages
from initiative.base import replica
from initiative.finding import serve as serve_page


class ReplicaMiddleware:
    """Pages of the tree, and what they give as files, for who brings no cookie of the site."""

    def __init__(self, get_response):
        self.get_response = get_response
        self._own = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, messages.COOKIE}

    def __call__(self, request):
        if not self._may_read(request) or replica.watch.problem():
            return self.get_response(request)
        with replica.reading() as turn:
            response = self.get_response(request)
        if response.status_code < 500 or not turn.used:
            return response
        # One of the two is away since the last look, or the replica broke a statement off to follow on. Nothing was sent, so it
        # is asked again, and where it isn't the database's fault gives the same.
        if replica.watch.doubt():
            with replica.reading():
                return self.get_response(request)
        return self.get_response(request)

    def _may_read(self, request) -> bool:
        if (
            request.method not in ("GET", "HEAD")
            or "Authorization" in request.headers
            or self._own & set(request.COOKIES)
        ):
            return False
        language = get_language_from_path(request.path_info)
        if not language:
            return False
        with override(language):
            try:
                return resolve(request.path_info).func is serve_page
            except Resolver404:
                return False
