from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class InitiativeConfig(AppConfig):
    name = "initiative"
    verbose_name = _("Site")

    def ready(self):
        from initiative import checks, imported_files, personal_data, search_documents, signals  # noqa: F401  (checks register themselves)

        if settings.SENTRY_DSN:
            from initiative.reports import start_collecting

            start_collecting()
        search_documents.register()
        signals.connect()
        imported_files.connect()
        personal_data.register()
