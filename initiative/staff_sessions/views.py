"""The page of one's own sign-ins."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from initiative.accounts.password_again import PasswordAgainForm
from initiative.staff_sessions import services
from initiative.staff_sessions.models import SignIn


@never_cache
@sensitive_post_parameters("password")
def signed_in(request):
    """Where one is signed in; POST `end` (a number) or `others`, with the password, to sign out there."""
    here = request.session.get(services.KEY)
    form = PasswordAgainForm(request.POST if request.method == "POST" else None, user=request.user)
    # Enter in the field of the password presses no button of a device.
    if form.is_valid() and {"others", "end"} & request.POST.keys():
        others, number = "others" in request.POST, request.POST.get("end", "")
        ended = services.end_others(request.user, here) if others else services.end(request.user, number)
        said = ngettext("Signed out in %(n)s place.", "Signed out in %(n)s places.", ended)
        messages.success(request, said % {"n": ended})
        return redirect("signed_in")
    title = gettext("Where you are signed in")
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "desktop",
        "here": here,
        "form": form,
        "sign_ins": SignIn.objects.of(request.user),
    }
    return TemplateResponse(request, "staff_sessions/signed_in.html", context)
