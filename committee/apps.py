from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteeConfig(AppConfig):
    name = "committee"
    verbose_name = _("Committee")

    def ready(self):
        from wagtail.models import Page

        from committee.models import Meeting, ResearchPriority, ResearchPriorityPage
        from committee.queries import known_priorities, known_priorities_with_pages
        from initiative.models.home_page import home_parts

        known_priorities.forget_with(ResearchPriority)
        # Of a page that is deleted, only the stock one is heard of for every type.
        known_priorities_with_pages.forget_with(ResearchPriority, ResearchPriorityPage, Page)
        home_parts.forget_with(Meeting)
