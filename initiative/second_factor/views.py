"""Set a second factor up, get new recovery codes, give it up."""

from datetime import timedelta

import django_otp
from django.conf import settings
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from initiative.accounts.letters import AUTHENTICATOR, NO_SECOND_FACTOR, RECOVERY_CODES, tell
from initiative.guard.limits import Limit, visitor
from initiative.second_factor import devices
from initiative.second_factor.forms import REPLACED, WRONG, CodeForm
from initiative.second_factor.models import Passkey
from initiative.second_factor.passkeys import passkeys
from initiative.staff_sessions.services import sign_out_elsewhere

# Each takes the place of another session's: who knows the password, and is elsewhere, keeps its owner from confirming theirs so
# often and no longer. One needs one, and another for each session in which one begins.
SEEDS = Limit("seeds of a second factor", times=5, period=timedelta(minutes=15))


@never_cache
@sensitive_post_parameters("code", "password")
def second_factor(request):
    """One page: what one has, or a picture to read and a field for the first code."""
    device = devices.authenticator(request.user)
    passkey = request.user.otp_device if isinstance(request.user.otp_device, Passkey) else None
    form = CodeForm(request.POST if request.method == "POST" else None, user=request.user, by_passkey=bool(passkey))
    if device is None:
        return _set_up(request, form)
    codes: list[str] = []
    if form.is_valid():
        code = form.cleaned_data["code"]
        used = devices.check(request.user, code) if code else passkey
        if used is None:
            form.add_error("code", WRONG)
        elif "remove" in request.POST:
            devices.remove(request.user)
            tell(request.user, NO_SECOND_FACTOR)
            sign_out_elsewhere(request)
            messages.success(request, gettext("You sign in with your password alone now."))
            return redirect("second_factor")
        else:
            django_otp.login(request, passkey or device)
            codes = devices.new_recovery_codes(request.user)
            tell(request.user, RECOVERY_CODES)
    return _page(request, form=form, device=device, codes=codes)


def _set_up(request, form):
    is_right = form.is_valid()
    device = devices.waiting(request.user, request.session)
    if device is None:
        if not SEEDS.take(f"{visitor(request)} {request.user.pk}"):
            wait = gettext("Too many attempts. Wait a quarter of an hour.")
            return render(request, "429.html", {"wait": wait}, status=429)
        device = devices.new_authenticator(request.user, request.session)
        if form.is_bound:
            form.add_error("code", REPLACED)
    elif is_right:
        if devices.confirm(device, form.cleaned_data["code"]):
            django_otp.login(request, device)
            sign_out_elsewhere(request)
            messages.success(request, gettext("From now on you sign in with your password and a code."))
            tell(request.user, AUTHENTICATOR)
            return _page(request, device=device, codes=devices.new_recovery_codes(request.user))
        form.add_error("code", WRONG)
    return _page(request, form=form, secret=devices.secret(device), picture=devices.picture(device))


def _page(request, **context):
    context |= {
        "page_title": gettext("Second factor"),
        "header_title": gettext("Second factor"),
        "header_icon": "lock",
        "is_required": settings.STAFF_SECOND_FACTOR,
        "codes_left": devices.recovery_codes_left(request.user),
        "passkeys": passkeys(request.user),
    }
    return TemplateResponse(request, "second_factor/second_factor.html", context)
