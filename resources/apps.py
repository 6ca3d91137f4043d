from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("Library")

    def ready(self):
        from initiative.registry import register_loader
        from resources import follow_subjects, personal_data, search_documents, signals, topic_documents

        search_documents.register()
        topic_documents.register()
        follow_subjects.register()
        personal_data.register()
        signals.connect()
        register_loader(_load_styles)


def _load_styles() -> None:
    from resources.citations.apa import load_styles

    load_styles()
