from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteeConfig(AppConfig):
    name = "committee"
    verbose_name = _("Committee")

    def ready(self):
        from committee.models import Meeting, ResearchPriority
        from committee.queries import known_priorities
        from initiative.models.home_page import home_parts

        known_priorities.forget_with(ResearchPriority)
        home_parts.forget_with(Meeting)
