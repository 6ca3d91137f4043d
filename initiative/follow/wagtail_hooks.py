from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from initiative.follow.queries import overdue_since
from initiative.follow.report import VIEW, FollowsReport, OverduePanel


class FollowsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(VIEW)


@hooks.register("register_admin_urls")
def register_report():
    return [path("follows/", FollowsReport.as_view(), name="follow_report")]


@hooks.register("register_reports_menu_item")
def register_menu_item():
    return FollowsMenuItem(
        _("Follows by e-mail"), reverse("follow_report"), name="follows", icon_name="mail", order=1200
    )


@hooks.register("register_permissions")
def register_permissions():
    return Permission.objects.filter(content_type__app_label="follow", codename__in=["view_follow", "delete_follower"])


@hooks.register("construct_homepage_panels")
def add_overdue_panel(request, panels):
    if request.user.has_perm(VIEW) and (since := overdue_since()):
        panels.append(OverduePanel(since))
