"""In and out: a letter with a link, a press, a cookie for the desk alone."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from initiative.base import languages
from initiative.base.head import Alternate, Head, language_menu
from initiative.guard.limits import visitor
from initiative.middleware import preferred_language
from partners.desk import signing_in
from partners.desk.doors import (
    give_cookie,
    may_ask,
    may_be_written_to,
    private,
    signed_in,
    speak,
    take_cookie,
)
from partners.desk.forms import DoorForm, LanguageForm
from partners.desk.models import Representative
from partners.desk.views.pages import page

require_form = require_http_methods(["GET", "HEAD", "POST"])


@private
@require_form
def door(request):
    """Ask for a link. The answer is the same whether anybody is known by the address."""
    form = DoorForm(
        request.POST if request.method == "POST" else None, initial={"onward": request.GET.get("onward", "")}
    )
    status = 200
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if form.is_trapped:
            return show_door(request, None)
        if may_ask(visitor(request), email):
            if may_be_written_to(visitor(request), email):
                signing_in.ask_to_sign_in(email, languages.current(), form.cleaned_data["onward"])
            return show_door(request, None, email=email)
        form.add_error(None, _("Too many letters were asked for. Try again in an hour."))
        status = 429
    return show_door(request, form, status)


def show_door(request, form, status=200, **context):
    title = _("Partners’ desk")
    alternates = [Alternate(code, translate_url(request.path, code), True) for code in languages.codes()]
    head = Head(title, noindex=True)
    context |= {"form": form, "head": head, "languages": language_menu(alternates), "title": title}
    return render(request, "partners/desk/door.html", context, status=status)


@private
@require_form
def come_in(request, token):
    """By the link: a page with a button, because programs that look through letters open links; pressed, it signs in."""
    speak(request, preferred_language(request))
    link = signing_in.link_of(token)
    if link is not None:
        speak(request, link.language)
    if link is None or request.method != "POST":
        status = 200 if link else 410
        return page(request, "come_in", _("Sign in"), status=status, link=link)
    session = signing_in.sign_in(link)
    if session is None:
        return page(request, "come_in", _("Sign in"), status=410, link=None)
    response = HttpResponseRedirect(link.onward or reverse("desk:home"))
    give_cookie(response, session)
    return response


@signed_in
@require_POST
def go_out(request, people):
    """Sign out."""
    signing_in.sign_out(request.desk_session)
    response = HttpResponseRedirect(reverse("desk_door"))
    take_cookie(response)
    return response


@signed_in
@require_POST
def choose_language(request, people):
    """Speak another language, here and in letters."""
    form = LanguageForm(request.POST)
    if form.is_valid():
        mine = Representative.objects.filter(pk__in=[me.pk for me in people])
        mine.update(language=form.cleaned_data["language"])
    return HttpResponseRedirect(signing_in.own_path(request.POST.get("onward", "")) or reverse("desk:home"))


@signed_in
@require_http_methods(["GET", "HEAD"])
def home(request, people):
    """On to the organisation; a choice where somebody speaks for several."""
    if len(people) == 1:
        return HttpResponseRedirect(reverse("desk:overview", args=[people[0].organisation.slug]))
    return page(request, "home", _("Partners’ desk"), people=people)
