"""Passwords of private pages and documents: asked for without telling what is there, and not to be tried by the thousand."""

from datetime import timedelta
from functools import wraps

from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from initiative.base.head import Head
from initiative.guard.limits import Limit, visitor

# For all of them together: there is one password for whoever may read, so nobody's own is locked by others. A whole meeting may
# send the right one from one address.
BY_VISITOR = Limit("the password of something private from", times=60, period=timedelta(minutes=15))

# What Wagtail shows in their place, and in answer to a password that is wrong (settings).
TEMPLATE = "guard/private.html"


class PrivateMiddleware:
    """Of a page that asks for a password, tell neither Wagtail's success nor what Wagtail would have its template know: title,
    summary, and addresses in all languages are as private as the page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        """403 in the place of what is asked for, 422 where a wrong password was sent; kept by nobody."""
        if response.template_name != TEMPLATE:
            return response
        form, action = response.context_data["form"], response.context_data["action_url"]
        form.fields["password"].widget.attrs["autocomplete"] = "current-password"
        if form.has_error("password"):
            wrong = gettext("Write it again, or ask whoever gave it to you.")
            form.errors["password"] = form.error_class([wrong])
        head = Head(gettext("This is not public"), noindex=True)
        response.context_data = {"form": form, "action_url": action, "head": head}
        response.status_code = 422 if form.is_bound else 403
        response.headers["Cache-Control"] = "private, no-store"
        return response


def tried_seldom(view):
    """Refuse a view of Wagtail's that is sent a password where its sender tried too many: 429, whether it was right or not."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and not BY_VISITOR.take(visitor(request)):
            wait = gettext("Too many attempts. Wait a quarter of an hour.")
            return render(request, "429.html", {"wait": wait}, status=429)
        return view(request, *args, **kwargs)

    return guarded


def leading_on(view):
    """Let a view of Wagtail's that is sent the right password lead to the first page where what was sent with it is no path of
    this site: Wagtail would say that the password is wrong, lead to a page that there isn't, or fail."""

    @wraps(view)
    def guided(request, *args, **kwargs):
        then = request.POST.get("return_url", "").strip()
        if not _is_path(then):
            request.POST = request.POST.copy()
            request.POST["return_url"] = "/"
        return view(request, *args, **kwargs)

    return guided


def _is_path(address: str) -> bool:
    return address.startswith("/") and "\x00" not in address and url_has_allowed_host_and_scheme(address, None)
