"""Taking a resource out of the library, in the admin: offered beside publishing, and before deleting."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import ActionMenuItem

from initiative.base.panels import localized_names
from resources.models import Resource, Tombstone
from resources.services.withdrawal import withdraw


def may_withdraw(user) -> bool:
    """Who publishes resources takes them out, too."""
    return policy_registry.get_by_type(Resource).user_has_permission(user, "publish")


def withdraw_url(resource: Resource) -> str:
    """Where a resource is taken out of the library."""
    return reverse(Resource.snippet_viewset.get_url_name("withdraw"), args=[resource.pk])


class WithdrawForm(WagtailAdminModelForm):
    """What readers are told."""

    class Meta:
        model = Tombstone
        fields = ["reason", "successor", *localized_names("note")]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True

    def clean_successor(self):
        successor = self.cleaned_data["successor"]
        if successor and successor.pk == self.instance.resource_id:
            self.add_error("successor", _("That is the resource itself. Choose another, or none."))
        return successor


class WithdrawView(WagtailAdminTemplateMixin, FormView):
    """Ask why, and do it."""

    form_class = WithdrawForm
    template_name = "resources/admin/withdraw.html"
    page_title = gettext_lazy("Withdraw")
    header_icon = "no-view"

    @cached_property
    def resource(self) -> Resource:
        return get_object_or_404(Resource, pk=self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if not may_withdraw(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.resource.title

    def get_form_kwargs(self):
        tombstone = Tombstone.objects.filter(resource=self.resource).first() or Tombstone(resource=self.resource)
        return {**super().get_form_kwargs(), "instance": tombstone, "for_user": self.request.user}

    def get_context_data(self, **kwargs):
        edit = reverse(Resource.snippet_viewset.get_url_name("edit"), args=[self.resource.pk])
        return {**super().get_context_data(**kwargs), "resource": self.resource, "edit_url": edit}

    def form_valid(self, form):
        withdraw(self.resource, self.request.user, **form.cleaned_data)
        messages.success(
            self.request, _("“%(title)s” was withdrawn. Its address says so.") % {"title": self.resource.title}
        )
        return redirect(Resource.snippet_viewset.get_url_name("list"))


class WithdrawMenuItem(ActionMenuItem):
    """Beside “Publish” and “Unpublish”."""

    name = "action-withdraw"
    label = gettext_lazy("Withdraw …")
    icon_name = "no-view"

    def is_shown(self, context):
        shown = context["view"] == "edit" and context["instance"].live and not context.get("locked_for_user")
        return shown and may_withdraw(context["request"].user)

    def get_url(self, parent_context):
        return withdraw_url(parent_context["instance"])
