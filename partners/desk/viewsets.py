"""Representatives in the admin: the secretariat invites the first, and sees who speaks for whom."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from partners.desk.models import Representative
from partners.desk.people import invite


class InviteView(generic.CreateView):
    """Adding somebody tells them, as it does at the desk."""

    def save_instance(self):
        given = self.form.instance
        return invite(
            given.organisation,
            given.name,
            given.email,
            given.language,
            invited_by=self.request.user.get_full_name() or self.request.user.get_username(),
        )


class RemoveView(generic.DeleteView):
    """Removing somebody keeps who they were, for what they sent."""

    def delete_action(self):
        Representative.objects.filter(pk=self.object.pk, removed=None).update(removed=timezone.now())


_DATES = [
    DateColumn("since", label=_("Since"), sort_key="since"),
    DateColumn("removed", label=_("Removed on"), sort_key="removed"),
]


class RepresentativeViewSet(ModelViewSet):
    model = Representative
    name = "representatives"
    icon = "group"
    menu_label = _("Representatives")
    list_display = ["name", "organisation", "email", "language", *_DATES]
    list_filter = ["organisation", "language"]
    search_fields = ["name", "email", "organisation__name"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    add_view_class = InviteView
    delete_view_class = RemoveView
    panels = [FieldPanel("organisation"), FieldPanel("name"), FieldPanel("email"), FieldPanel("language")]
    add_to_reference_index = False

    def get_common_view_kwargs(self, **kwargs):
        # Django's views also take DELETE, which would forget who was removed, and PUT.
        return super().get_common_view_kwargs(**{"http_method_names": ["get", "head", "options", "post"], **kwargs})
