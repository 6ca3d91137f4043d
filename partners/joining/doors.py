"""Who comes in to an application: whoever has its secret address, from pages of this site, seldom enough."""

from datetime import timedelta
from functools import wraps

from django.http import Http404
from django.views.decorators.cache import never_cache

from initiative.guard.limits import Limit
from initiative.guard.origin import from_this_site
from partners.intake.models import Submission
from partners.intake.models.submission import WRITE
from partners.intake.tokens import key_of
from partners.intake.uploads import watch_uploads

# Applications that may be begun from one place; letters that may be caused to one address, whatever they say.
BY_VISITOR = Limit("applications from", times=10, period=timedelta(hours=1))
BY_ADDRESS = Limit("application letters to", times=5, period=timedelta(days=1))
# A declaration is drawn anew each time, which takes a good part of a second.
DRAWN = Limit("declarations drawn of", times=30, period=timedelta(hours=1))


def private(view):
    """A page that no cache keeps, whose address isn't told to other sites, and that takes forms from this site only."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        watch_uploads(request)
        response = view(request, *args, **kwargs)
        # Not `no-referrer`: browsers would then say of our own forms that they come from nowhere.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(from_this_site(guarded))


def secret(view):
    """A private page whose address is known to one person; robots that were shown it don't tell."""

    @wraps(view)
    def unlisted(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return private(unlisted)


def with_submission(view):
    """A secret page of one application, which the view gets. 404 for a token that is none."""

    @wraps(view)
    def found(request, token, *args, **kwargs):
        return view(request, by_token(token, WRITE), *args, **kwargs)

    return secret(found)


def by_token(token: str, purpose: str) -> Submission:
    """The application that a token opens. Raises Http404."""
    submission = Submission.objects.filter(key=key_of(token, purpose) or "", kind="application").first()
    if submission is None:
        raise Http404("No such application")
    return submission
