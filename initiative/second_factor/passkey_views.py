"""Add a passkey, in two steps, and remove one."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login
from wagtail.admin import messages

from initiative.accounts.letters import NO_PASSKEY, PASSKEY, tell
from initiative.accounts.password_again import PasswordAgainForm
from initiative.second_factor import passkeys
from initiative.second_factor.devices import authenticator
from initiative.second_factor.forms import PasskeyForm
from initiative.staff_sessions.services import sign_out_elsewhere


def _with_second_factor(view):
    """For whoever has an authenticator, and signed in with it, or with a passkey: others are led to their page."""

    @never_cache
    @sensitive_post_parameters("password", "passkey")
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_verified() and authenticator(request.user):
            return view(request, *args, **kwargs)
        return redirect("second_factor")

    return guarded


@_with_second_factor
def add_passkey(request):
    """First its name; then the browser makes it."""
    if "passkey" in request.POST:
        return _keep(request)
    form = PasskeyForm(request.POST if request.method == "POST" else None, user=request.user)
    options = passkeys.ask_to_add(request, form.cleaned_data["name"]) if form.is_valid() else ""
    return _page(request, gettext("Add a passkey"), "second_factor/add_passkey.html", form=form, options=options)


def _keep(request):
    added = passkeys.add(request, request.POST["passkey"])
    if added is None:
        messages.error(request, gettext("That didn’t work with the passkey. Nothing was changed; try again."))
        return redirect("add_passkey")
    sign_out_elsewhere(request)
    tell(request.user, PASSKEY)
    messages.success(request, gettext("You can sign in with the passkey “%(name)s” now.") % {"name": added.name})
    return redirect("second_factor")


@_with_second_factor
def remove_passkey(request, number: int):
    """A question; with the password the passkey is gone."""
    found = passkeys.passkeys(request.user).filter(pk=number).first()
    if found is None:
        raise Http404
    form = PasswordAgainForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        if request.user.otp_device == found:  # what this session stands on; the password was given just now
            login(request, authenticator(request.user))
        passkeys.remove(request.user, found.pk)
        sign_out_elsewhere(request)
        tell(request.user, NO_PASSKEY)
        messages.success(request, gettext("The passkey “%(name)s” was removed.") % {"name": found.name})
        return redirect("second_factor")
    return _page(request, gettext("Remove a passkey"), "second_factor/remove_passkey.html", passkey=found, form=form)


def _page(request, title: str, template: str, **context):
    context |= {"page_title": title, "header_title": title, "header_icon": "key"}
    return TemplateResponse(request, template, context)
