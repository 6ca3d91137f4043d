"""A session goes on while its sign-in is alive."""

from django.conf import settings
from django.contrib.auth import logout

from initiative.staff_sessions import devices, services


class StaffSessionMiddleware:
    """Sign out whose sign-in was ended elsewhere; give a new device the cookie by which it is known again.

    Readers without a session cost nothing, and their pages don't vary by cookie.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        if has_session and not services.is_alive(request):
            logout(request)
        response = self.get_response(request)
        if token := getattr(request, "new_device", ""):
            response.set_cookie(
                devices.COOKIE,
                token,
                max_age=devices.COOKIE_AGE,
                path=f"/{settings.ADMIN_PATH}/",
                secure=settings.HTTPS,
                httponly=True,
                samesite="Strict",
            )
        return response
