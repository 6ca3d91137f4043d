from wagtail import hooks
from wagtail.admin.ui.components import Component

from partners.intake.queue import waiting_for


class WaitingPanel(Component):
    """On the admin's home page: how much waits for a decision. Shows nothing where nothing does."""

    name = "submissions"
    template_name = "partners/intake/waiting_panel.html"
    order = 40

    def __init__(self, count: int):
        self.count = count

    def get_context_data(self, parent_context):
        return {"count": self.count}


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request, panels):
    if count := waiting_for(request.user):
        panels.append(WaitingPanel(count))
