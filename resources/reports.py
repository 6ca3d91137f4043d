"""What the admin's reports say of the library."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from initiative.base import numbers
from resources.models import FileReading, Resource, ResourceFile


class FilesFilterSet(WagtailFilterSet):
    class Meta:
        model = FileReading
        fields = ["state"]


class FilesReport(ReportView):
    """Each document with its checksum, and whether the search knows its text: where are the scans?"""

    model = FileReading
    page_title = _("Files and their texts")
    header_icon = "doc-full"
    index_url_name = "files_report"
    index_results_url_name = "files_report_results"
    filterset_class = FilesFilterSet
    any_permission_required = ["add", "change", "publish"]
    default_ordering = "-document"
    columns = [
        TitleColumn(
            "document.title", label=_("Document"), get_url=lambda row: reverse("wagtaildocs:edit", args=[row.pk])
        ),
        Column("get_state_display", label=_("In the search"), sort_key="state"),
        Column(
            "pages",
            label=_("Pages"),
            sort_key="pages",
            # None where the file couldn't be opened.
            accessor=lambda row: "" if row.pages is None else numbers.display(row.pages),
        ),
        NumberColumn("resource_count", label=_("Resources with it")),
        DateColumn("read_at", label=_("Read on"), sort_key="read_at"),
    ]
    list_export = ["document.title", "document.file.name", "get_state_display", "pages", "resource_count", "sha256"]
    export_headings = {
        "document.title": _("Document"),
        "document.file.name": _("File"),
        "get_state_display": _("In the search"),
        "pages": _("Pages"),
        "resource_count": _("Resources with it"),
        "sha256": "SHA-256",
    }

    @cached_property
    def permission_policy(self):
        """Who may change resources may see their files."""
        return policy_registry.get_by_type(Resource)

    def get_base_queryset(self):
        using = ResourceFile.objects.filter(document=OuterRef("document")).order_by().values("document")
        count = using.annotate(n=Count("resource", distinct=True)).values("n")
        return (
            FileReading.objects.without_text()
            .select_related("document")
            .annotate(resource_count=Coalesce(Subquery(count), 0))
        )

    def get_filename(self):
        return "files"


class _ForLibrarians(MenuItem):
    def is_shown(self, request):
        policy = policy_registry.get_by_type(Resource)
        return policy.user_has_any_permission(request.user, FilesReport.any_permission_required)


def menu_item() -> MenuItem:
    """The report in the menu of reports."""
    return _ForLibrarians(
        FilesReport.page_title, reverse("files_report"), name="files", icon_name="doc-full", order=600
    )


urls = [
    path("reports/files/", FilesReport.as_view(), name="files_report"),
    path("reports/files/results/", FilesReport.as_view(results_only=True), name="files_report_results"),
]
