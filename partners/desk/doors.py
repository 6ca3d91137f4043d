"""Who is at the desk: the cookie says which address signed in, the address in the path which organisation it is for."""

from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from initiative.guard.limits import Limit
from initiative.guard.origin import from_this_site
from initiative.middleware import preferred_language
from partners.desk.models import DeskSession, Representative
from partners.desk.signing_in import ROOT, keep_alive, session_of
from partners.intake.uploads import watch_uploads

# Browsers take it over https alone, where the site has that.
COOKIE = "__Secure-desk" if settings.HTTPS else "desk"
BY_VISITOR = Limit("signing in from", times=20, period=timedelta(hours=1))
BY_BOTH = Limit("signing in from and as", times=5, period=timedelta(hours=1))
# What strangers can spend: beyond it nobody is told so, and nothing is sent.
BY_ADDRESS = Limit("signing in as", times=30, period=timedelta(hours=1))
LETTERS = Limit("letters to sign in as", times=10, period=timedelta(days=1))
# Left to each place when those are spent, so that a stranger elsewhere doesn't keep the owner out.
LETTERS_BY_BOTH = Limit("letters to sign in from and as", times=3, period=timedelta(days=1))


def may_ask(visitor: str, email: str) -> bool:
    """Count that somebody asks for a link, for an address in lower case; False where they did too often, and may be told so."""
    return BY_VISITOR.take(visitor) and BY_BOTH.take(f"{visitor} {email}")


def may_be_written_to(visitor: str, email: str) -> bool:
    """Count a letter to an address, known or not. False where there were too many, whoever asked for them: who asks now isn't
    told, as it says nothing of them."""
    is_seldom = LETTERS.take(email) or LETTERS_BY_BOTH.take(f"{visitor} {email}")
    return is_seldom and BY_ADDRESS.take(email)  # in the end: what isn't sent anyway spends nothing of it


def give_cookie(response, session: DeskSession) -> None:
    """Let a browser show that it signed in, on pages of the desk only, until it is closed."""
    response.set_cookie(COOKIE, session.token, path=ROOT, secure=settings.HTTPS, httponly=True, samesite="Lax")


def take_cookie(response) -> None:
    response.delete_cookie(COOKIE, path=ROOT, samesite="Lax")


def private(view):
    """A page that no cache keeps and no other site is told of, and that takes forms from this site only."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        watch_uploads(request)
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(from_this_site(guarded))


def speak(request, language: str) -> None:
    """Answer in a language: the desk's addresses have none."""
    translation.activate(language)
    request.LANGUAGE_CODE = language


def signed_in(view):
    """A page for whoever signed in: the view gets the representatives of their address, one an organisation."""

    @wraps(view)
    def found(request, *args, **kwargs):
        session = session_of(request.COOKIES.get(COOKIE, ""))
        people = list(Representative.objects.of(session.email).select_related("organisation")) if session else []
        if not people:
            speak(request, preferred_language(request))
            onward = request.path if request.method in ("GET", "HEAD") else ""
            door = reverse("desk_door")
            response = HttpResponseRedirect(f"{door}?{urlencode({'onward': onward})}" if onward else door)
            take_cookie(response)
            return response
        keep_alive(session)
        request.desk_session = session
        speak(request, people[0].language)
        response = view(request, people, *args, **kwargs)
        response.headers["Content-Language"] = translation.get_language()
        return response

    return private(found)


def at_desk(view):
    """A page of one organisation, for its own representatives: the view gets the one who asks. 404 for anybody else, as if
    there were no such organisation."""

    @wraps(view)
    def found(request, people, slug, *args, **kwargs):
        me = next((one for one in people if one.organisation.slug == slug), None)
        if me is None:
            raise Http404("No such desk")
        speak(request, me.language)
        return view(request, me, *args, **kwargs)

    return signed_in(found)
