"""What the secretariat sees of follows: counts, and a way to erase an address that somebody asks to be erased."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from initiative.follow import queries, services

VIEW, ERASE = "follow.view_follow", "follow.delete_follower"
_SHOWN = 25


class EraseForm(forms.Form):
    """An address to forget. It is typed: no page of the admin shows one."""

    email = forms.EmailField(label=_("e-mail address"), max_length=254)


class FollowsReport(WagtailAdminTemplateMixin, TemplateView):
    """What readers follow, without who they are."""

    template_name = "follow/report.html"
    page_title = _("Follows by e-mail")
    header_icon = "mail"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": reverse("follow_report"), "label": self.page_title}]

    def get_context_data(self, **kwargs):
        form = EraseForm() if self.request.user.has_perm(ERASE) else None
        return super().get_context_data(
            followed=queries.most_followed(_SHOWN),
            totals=queries.totals(),
            overdue=queries.overdue_since(),
            **{"form": form, **kwargs},
        )

    def post(self, request):
        """Erase an address, and say how many follows went with it."""
        if not request.user.has_perm(ERASE):
            raise PermissionDenied
        form = EraseForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        ended = services.erase(form.cleaned_data["email"])
        if ended:
            said = ngettext(
                "The address is erased. It followed %(n)s thing.",
                "The address is erased. It followed %(n)s things.",
                ended,
            )
            messages.success(request, said % {"n": ended})
        else:
            messages.warning(request, gettext("Nothing is followed under this address."))
        return HttpResponseRedirect(reverse("follow_report"))


class OverduePanel(Component):
    """On the admin's home page: nobody sends the digests. Not shown while somebody does."""

    name = "follow_overdue"
    template_name = "follow/overdue_panel.html"
    order = 60

    def __init__(self, since):
        self.since = since

    def get_context_data(self, parent_context):
        return {"since": self.since}
