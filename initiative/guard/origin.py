"""Forms are sent from this site's own pages: told by what browsers say, so that no reader needs a cookie."""

from functools import wraps

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from initiative.base.head import Head

_SAFE = ("GET", "HEAD", "OPTIONS")


def from_this_site(view):
    """Let a view be sent forms from pages of this site only; others get 403 and a page that says what to do.

    Stands in for Django's token, which would set a cookie. Every browser of the last years says where a form was on; where
    nothing is said, the form is refused.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method in _SAFE or is_from_this_site(request):
            return view(request, *args, **kwargs)
        head = Head(gettext("Sent from elsewhere"), noindex=True)
        return render(request, "guard/elsewhere.html", {"head": head, "here": request.get_full_path()}, status=403)

    return guarded


def is_from_this_site(request) -> bool:
    """Whether a browser says that a request comes from a page of this site."""
    own = {f"{request.scheme}://{request.get_host()}", settings.SITE_URL}
    if origin := request.headers.get("Origin"):
        return origin in own
    if referrer := request.headers.get("Referer"):
        return "/".join(referrer.split("/")[:3]) in own  # a parser would refuse some of what anybody can send
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
