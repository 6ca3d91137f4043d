"""The pages on which a reader asks for a follow, confirms it, changes it and ends it. No cache keeps them; none sets a cookie."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from initiative.base import languages
from initiative.base.head import Alternate, Head, language_menu
from initiative.follow import links, services
from initiative.follow.enums import Frequency
from initiative.follow.forms import AskForm, FrequencyForm
from initiative.follow.models import Follow
from initiative.follow.subjects import subject_of
from initiative.guard.limits import Limit, visitor
from initiative.guard.origin import from_this_site

# Forms sent from one place; an office may share an address.
FROM_VISITOR = Limit("follow visitor", times=30, period=timedelta(hours=1))

_forms = require_http_methods(["GET", "HEAD", "POST"])


def _page(request, name: str, title: str, status: int = 200, **context):
    """One of these pages, with its own address in the other languages. Robots keep out."""
    here = request.get_full_path()
    alternates = [Alternate(code, translate_url(here, code), True) for code in languages.codes()]
    head = Head(title, alternates=alternates, noindex=True)
    context = {"head": head, "languages": language_menu(alternates), **context}
    return render(request, f"follow/{name}.html", context, status=status)


@never_cache
@_forms
@from_this_site
def ask(request, kind):
    """The form to follow what the address says. Whoever's address is sent, the answer is the same."""
    subject = subject_of(kind)
    if subject is None:
        raise Http404("Nothing of this kind can be followed")
    try:
        key = subject.read(request.GET)
    except ValidationError as error:
        return _page(request, "refused", gettext("This can’t be followed"), 400, reasons=error.messages)
    form = AskForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        status = _ask(request, form, kind, key)
        if status == 303:
            return HttpResponseRedirect(reverse("follow_sent"), status=303)
    elif form.is_bound:
        status = 400
    words, title = subject.describe(key), gettext("Follow by e-mail")
    return _page(request, "ask", title, status, form=form, words=words, url=subject.url(key))


def _ask(request, form: AskForm, kind: str, key: str) -> int:
    """Do what a valid form asks for; 303 where that is done, else what went wrong is written into the form."""
    if form.is_trapped:
        return 303
    if not FROM_VISITOR.take(visitor(request)):
        form.add_error(
            None, gettext("Too many of these came from your connection. Nothing is lost: try again in an hour.")
        )
        return 429
    asked = form.cleaned_data
    try:
        services.ask(asked["email"], languages.current(), kind, key, asked["frequency"])
    except services.MailFailed:
        form.add_error(None, gettext("We can’t send mail just now; the fault is ours. Try again in some minutes."))
        return 503
    return 303


@require_safe
def sent(request):
    """What comes next: the mailbox."""
    return _page(request, "sent", gettext("One more step"))


@never_cache
@_forms
@from_this_site
def confirm(request, token):
    """The page that a confirmation leads to. Only its button confirms: mail scanners open links, but press nothing."""
    follow = _found(links.follow_of, token)
    if follow is None or services.is_expired(follow):
        return _over(request)
    words, url = follow.words, follow.url
    mine = links.mine_url(follow.follower)
    if request.method == "POST":
        try:
            if not services.confirm(follow):
                return _over(request)
        except services.TooMany:
            return _page(
                request, "too_many", gettext("You follow a great deal already"), 409, most=services.MOST, mine=mine
            )
    elif follow.confirmed_at is None:
        title = gettext("Confirm that you follow this")
        return _page(request, "confirm", title, words=words, frequency=follow.get_frequency_display())
    return _page(request, "confirmed", gettext("You follow this"), words=words, url=url, mine=mine)


@never_cache
@_forms
@from_this_site
def mine(request, token):
    """Everything an address follows, in whatever language it was asked for: to change or to stop."""
    follower = _found(links.follower_of, token)
    if follower is None:
        return _over(request)
    follows = Follow.objects.confirmed().filter(follower__email=follower.email).select_related("follower").in_order()
    done = ""
    if request.method == "POST":
        done = _change(request, follows)
        if not follows.exists():
            return _page(request, "stopped", gettext("You follow nothing any more"))
    rows = [
        {"follow": follow, "words": follow.words, "url": follow.url, "language": _other(follow.follower.language)}
        for follow in follows.all()
    ]
    # The link names the follower of one language. Where that has just gone, another of the same address leads here.
    token = links.token_of(rows[0]["follow"].follower if rows else follower)
    context = {
        "rows": rows,
        "frequencies": Frequency.choices,
        "done": done,
        "here": reverse("follow_mine", args=[token]),
        "stop": reverse("follow_stop", args=[token]),
    }
    return _page(request, "mine", gettext("What you follow"), **context)


def _other(language: str) -> str:
    """The name of a language; empty for the reader's own."""
    return "" if language == languages.current() else languages.language_name(language)


def _change(request, follows) -> str:
    """What was done with the follow that the form names, in words; empty where that made no sense."""
    asked = request.POST.get("follow", "")
    follow = next((one for one in follows.all() if one.identity.hex == asked), None)
    if follow is None:
        return ""
    if "stop" in request.POST:
        services.stop(follow)
        return gettext("You don’t follow this any more: %(words)s") % {"words": follow.words}
    form = FrequencyForm(request.POST)
    if not form.is_valid():
        return ""
    services.change(follow, form.cleaned_data["frequency"])
    return gettext("Changed: %(words)s") % {"words": follow.words}


@never_cache
@csrf_exempt  # mail programs send this by themselves (RFC 8058), and whoever has the link may stop
@_forms
def stop(request, token):
    """Ends everything and erases the address, with one click on the page's button or by the mail program itself."""
    follower = _found(links.follower_of, token)
    if request.method == "POST" and follower is not None:
        services.erase(follower.email)
        follower = None
    if follower is None:
        # Also where it had ended before: a mail program that asks again shall not believe it failed.
        return _page(request, "stopped", gettext("You follow nothing any more"))
    return _page(request, "stop", gettext("Stop all mails"), mine=links.mine_url(follower))


def _found(look_up, token: str):
    try:
        return look_up(token)
    except links.WrongLink as error:
        raise Http404("No such link") from error


def _over(request):
    return _page(request, "over", gettext("This link is no longer good"), 410)
