"""The queue as a part of the admin's menu."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from partners.intake.models import Submission
from partners.intake.moderation import DecideView, FileView, QueueView


class SubmissionViewSet(ModelViewSet):
    """Submissions are made outside and decided on here: there is nothing to add, edit or delete."""

    model = Submission
    name = "submissions"
    icon = "tasks"
    menu_label = _("Sent in")
    menu_order = 1
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = QueueView

    def get_index_view_kwargs(self, **kwargs):
        own = {"list_filter": QueueView.list_filter, "default_ordering": QueueView.default_ordering}
        return {**super().get_index_view_kwargs(**kwargs), **own}

    def get_common_view_kwargs(self, **kwargs):
        nothing = dict.fromkeys(("add_url_name", "delete_url_name", "history_url_name", "usage_url_name"))
        return super().get_common_view_kwargs(**{**nothing, **kwargs})

    @property
    def edit_view(self):
        return DecideView.as_view(index_url_name=self.get_url_name("index"), header_icon=self.icon)

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.edit_view, name="edit"),
            path("<int:pk>/files/<int:file>/", FileView.as_view(), name="file"),
        ]

    def get_permissions_to_register(self):
        # Wagtail leaves "view" out where nothing is inspected; here it opens the list.
        content_type = ContentType.objects.get_for_model(self.model)
        return Permission.objects.filter(content_type=content_type)

    def register_admin_url_finder(self):
        """Nothing refers to submissions."""
