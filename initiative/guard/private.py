"""Passwords of private pages and documents can't be tried by the thousand."""

from datetime import timedelta
from functools import wraps

from django.shortcuts import render
from django.utils.translation import gettext

from initiative.guard.limits import Limit, visitor

# For all of them together: there is one password for whoever may read, so nobody's own is locked by others. A whole meeting may
# send the right one from one address.
BY_VISITOR = Limit("the password of something private from", times=60, period=timedelta(minutes=15))


def tried_seldom(view):
    """Refuse a view of Wagtail's that is sent a password where its sender tried too many: 429, whether it was right or not."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and not BY_VISITOR.take(visitor(request)):
            wait = gettext("Too many attempts. Wait a quarter of an hour.")
            return render(request, "429.html", {"wait": wait}, status=429)
        return view(request, *args, **kwargs)

    return guarded
