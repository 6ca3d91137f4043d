from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativeConfig(AppConfig):
    name = "initiative"
    verbose_name = _("Site")

    def ready(self):
        from initiative import search_documents, signals

        search_documents.register()
        signals.connect()
