from wagtail import hooks
from wagtail.snippets.models import register_snippet

from resources import reports
from resources.viewsets import LibraryGroup

register_snippet(LibraryGroup)


@hooks.register("register_admin_urls")
def register_report_urls():
    return reports.urls


@hooks.register("register_reports_menu_item")
def register_files_report():
    return reports.menu_item()
