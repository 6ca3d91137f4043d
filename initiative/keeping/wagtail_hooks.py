"""Where work in the background fails, or isn't done any more, administrators see it first."""

from wagtail import hooks
from wagtail.admin.ui.components import Component

from initiative.keeping.duties import is_silent, known, overdue
from initiative.keeping.models import Duty


class DutiesPanel(Component):
    """On the admin's home page: which duties fail, whether the worker is there at all, and what cron doesn't do any more. Nothing
    where all is well."""

    name = "duties"
    template_name = "keeping/duties_panel.html"
    order = 40

    def __init__(self, failing: list[Duty], silent: bool, missed: list[Duty]):
        self.failing, self.silent, self.missed = failing, silent, missed

    def get_context_data(self, parent_context):
        return {"failing": self.failing, "silent": self.silent, "missed": self.missed}


@hooks.register("construct_homepage_panels")
def add_duties_panel(request, panels):
    if not request.user.is_superuser:
        return
    failing, silent = list(known().filter(failures__gt=0).order_by("name")), is_silent()
    missed = list(overdue().filter(failures=0).order_by("name"))
    if failing or silent or missed:
        panels.append(DutiesPanel(failing, silent, missed))
