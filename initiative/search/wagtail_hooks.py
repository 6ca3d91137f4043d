from wagtail import hooks
from wagtail.admin.ui.components import Component

from initiative.search.models import SearchProblem

_SHOWN = 10


class ProblemsPanel(Component):
    """On the admin's home page: what readers can't find, because indexing it failed. Shows nothing if nothing has."""

    name = "search_problems"
    template_name = "search/problems_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        problems = SearchProblem.objects.all()
        return {"problems": problems[:_SHOWN], "count": problems.count()}


@hooks.register("construct_homepage_panels")
def add_problems_panel(request, panels):
    if SearchProblem.objects.exists():
        panels.append(ProblemsPanel())
