"""Who may speak for the organisation."""

from datetime import timedelta

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from initiative.base import languages
from initiative.guard.limits import Limit
from partners.desk.doors import at_desk
from partners.desk.forms import InviteForm
from partners.desk.models import Representative
from partners.desk.people import LastOne, invite, remove
from partners.desk.views.pages import page

INVITATIONS = Limit("invitations of", times=20, period=timedelta(days=1))


def _people(me):
    return Representative.objects.active().filter(organisation=me.organisation)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def people(request, me):
    """The list, and inviting somebody."""
    form = InviteForm(request.POST if request.method == "POST" else None, initial={"language": languages.current()})
    if form.is_bound and form.is_valid():
        if INVITATIONS.take(str(me.organisation_id)):
            invite(me.organisation, invited_by=me.name, **form.cleaned_data)
            return HttpResponseRedirect(reverse("desk:people", args=[me.organisation.slug]))
        form.add_error(None, _("Too many people were invited today. Try again tomorrow."))
    return page(request, "people", _("People"), me, form=form, people=_people(me))


@at_desk
@require_POST
def remove_person(request, me, pk):
    """Take somebody off the list."""
    person = _people(me).filter(pk=pk).first()
    if person is None:
        raise Http404("No such person")
    try:
        remove(person)
    except LastOne:
        message = _("Somebody has to stay, or nobody could come in any more. Invite another person first.")
        return page(request, "people", _("People"), me, 409, form=InviteForm(), people=_people(me), message=message)
    if person.pk == me.pk:
        return HttpResponseRedirect(reverse("desk:home"))
    return HttpResponseRedirect(reverse("desk:people", args=[me.organisation.slug]))
