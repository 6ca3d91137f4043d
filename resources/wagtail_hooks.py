from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.documents import get_document_model
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from initiative.base.head import Head
from initiative.search import changed
from resources import reports
from resources.enums import ReportState
from resources.models import ProblemReport, Resource, Tombstone
from resources.queries import is_withdrawn
from resources.viewsets import KeptRecords, LibraryGroup
from resources.withdrawing import WithdrawMenuItem

for kept in (Tombstone, ProblemReport):
    register_permission_policy(kept, KeptRecords(kept))
register_snippet(LibraryGroup)


@hooks.register("register_admin_urls")
def register_report_urls():
    return reports.urls


@hooks.register("register_reports_menu_item")
def register_files_report():
    return reports.menu_item()


@hooks.register("register_snippet_action_menu_item")
def register_withdraw_action(model):
    return WithdrawMenuItem(order=35) if model is Resource else None


class ProblemReportsPanel(Component):
    """On the admin's home page: how many reports of readers wait."""

    name = "problem_reports"
    template_name = "resources/admin/problem_reports.html"
    order = 60

    def __init__(self, count):
        self.count = count

    def get_context_data(self, parent_context):
        url = reverse(ProblemReport.snippet_viewset.get_url_name("list"))
        return {"count": self.count, "url": f"{url}?state={ReportState.NEW}"}


@hooks.register("construct_homepage_panels")
def add_problem_reports_panel(request, panels):
    policy = ProblemReport.snippet_viewset.permission_policy
    count = ProblemReport.objects.filter(state=ReportState.NEW).count()
    if count and policy.user_has_permission(request.user, "change"):
        panels.append(ProblemReportsPanel(count))


@hooks.register("before_serve_document")
def refuse_withdrawn_documents(document, request):
    """What was taken out of the library isn't handed out any more, whoever kept its address."""
    if is_withdrawn(document.pk):
        head = Head(gettext("Withdrawn"), noindex=True)
        return render(request, "resources/withdrawn_file.html", {"head": head}, status=410)
    return None


@hooks.register("after_bulk_action")
def index_documents_moved_together(request, action_type, objects, action):
    """Into a private collection, perhaps; Wagtail moves them without a signal."""
    if action_type == "add_to_collection" and action.model is get_document_model():
        changed(objects)
