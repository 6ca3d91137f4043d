from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self):
        from initiative.registry import register_loader
        from partners import follow_subjects, search_documents, signals

        search_documents.register()
        follow_subjects.register()
        signals.connect()
        register_loader(_load_countries)


def _load_countries() -> None:
    from partners.facets import load_countries

    load_countries()
