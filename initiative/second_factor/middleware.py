"""Where a second factor is required, nobody works in the admin without, or is anybody elsewhere."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse

from initiative.second_factor.devices import authenticator

# What one may do without: sign in and out, get a new password, set a second factor up, and what these pages are made of.
_FREE = (
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
)


class SecondFactorMiddleware:
    """Lead staff who have no second factor to where they set it up, and who didn't use theirs to the door. To other pages they
    are readers like all."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.STAFF_SECOND_FACTOR:
            return self.get_response(request)
        if not request.path.startswith(f"/{settings.ADMIN_PATH}/"):
            # Reading the session of a reader without one would make the page vary by cookie.
            is_back = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
            if is_back and not request.user.is_verified():
                request.user = AnonymousUser()
            return self.get_response(request)
        if request.path == reverse("second_factor") or request.path.startswith(tuple(reverse(name) for name in _FREE)):
            return self.get_response(request)
        if not request.user.is_authenticated or request.user.is_verified():
            return self.get_response(request)
        if authenticator(request.user) is None:
            return redirect("second_factor")
        logout(request)
        return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
