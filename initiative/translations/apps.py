from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "initiative.translations"
    label = "translations"
    verbose_name = _("Translations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from initiative.translations import signals

        signals.connect()
        post_migrate.connect(welcome_languages, sender=self)


def welcome_languages(using: str, **kwargs) -> None:
    """After each migrate, make the permission and the group of translators of languages that are new in the settings."""
    from django.db import connections

    from initiative.translations import groups
    from initiative.translations.models import Translation

    tables = connections[using].introspection.table_names()
    if {"auth_group", "wagtailcore_grouppagepermission", Translation._meta.db_table} <= set(tables):
        groups.welcome_languages()  # not while migrating back to nothing
