from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "initiative.search"
    label = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from initiative.search import signals

        signals.connect()
        post_migrate.connect(install_engine, sender=self)


def install_engine(using: str, **kwargs) -> None:
    """After each migrate, make the engine's tables for languages that were added to the settings."""
    from django.db import connections

    from initiative.base import languages
    from initiative.search.engines import get_engine
    from initiative.search.models import SearchEntry

    connection = connections[using]
    if SearchEntry._meta.db_table in connection.introspection.table_names():  # not while migrating back to nothing
        get_engine(connection).install(languages.codes())
