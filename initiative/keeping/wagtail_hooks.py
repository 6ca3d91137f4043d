"""Where work in the background fails, or isn't done any more, administrators see it first."""

from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component

from initiative.keeping.duties import failing, is_silent, known, missed
from initiative.keeping.models import Duty


class DutiesPanel(Component):
    """On the admin's home page: which duties of the worker fail, whether it is there, and what should have been done by night.
    Nothing where all is well."""

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
    failed, silent = list(failing().order_by("name")), is_silent()
    not_done = missed(known(), timezone.now())
    if failed or silent or not_done:
        panels.append(DutiesPanel(failed, silent, not_done))
