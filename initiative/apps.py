from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from initiative.registry import register_loader


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
        register_loader(_load_what_draws)


def _load_what_draws() -> None:
    """It takes 20 megabytes, and more when it first draws: each worker would come to it within hours. In two scripts."""
    from initiative.base.share import Card

    Card.of("", "4 per 1000 \u0661").png()
