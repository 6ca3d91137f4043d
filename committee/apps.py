from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteeConfig(AppConfig):
    name = "committee"
    verbose_name = _("Committee")

    def ready(self):
        from wagtail.models import Page
        from wagtail.signals import page_slug_changed, post_page_move

        from committee.models import Meeting, ResearchPriority, ResearchPriorityPage
        from committee.queries import known_priorities, known_priorities_with_pages
        from initiative.models.home_page import home_parts

        known_priorities.forget_with(ResearchPriority)
        # Of a page that is deleted, only the stock one is heard of for every type; of those below one that moves, nothing.
        known_priorities_with_pages.forget_with(ResearchPriority, ResearchPriorityPage, Page)
        for signal in (page_slug_changed, post_page_move):
            signal.connect(known_priorities_with_pages.forget, dispatch_uid="committee.priorities.moved")
        home_parts.forget_with(Meeting)
