"""Where work in the background fails, administrators see it first."""

from wagtail import hooks
from wagtail.admin.ui.components import Component

from initiative.keeping.duties import is_silent, known
from initiative.keeping.models import Duty


class DutiesPanel(Component):
    """On the admin's home page: which duties of the worker fail, and whether it is there at all. Nothing where all is well."""

    name = "duties"
    template_name = "keeping/duties_panel.html"
    order = 40

    def __init__(self, failing: list[Duty], silent: bool):
        self.failing, self.silent = failing, silent

    def get_context_data(self, parent_context):
        return {"failing": self.failing, "silent": self.silent}


@hooks.register("construct_homepage_panels")
def add_duties_panel(request, panels):
    if not request.user.is_superuser:
        return
    failing, silent = list(known().filter(failures__gt=0).order_by("name")), is_silent()
    if failing or silent:
        panels.append(DutiesPanel(failing, silent))
