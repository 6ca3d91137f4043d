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
        post_migrate.connect(install, sender=self)


def install(using: str, **kwargs) -> None:
    """After each migrate, make the index's tables where they are missing, as for a language that was added to the settings."""
    from django.db import connections

    from initiative.search import generations
    from initiative.search.models import SearchGeneration

    connection = connections[using]
    if SearchGeneration._meta.db_table in connection.introspection.table_names():  # not while migrating back to nothing
        generations.install(connection)
