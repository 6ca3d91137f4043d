from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeepingConfig(AppConfig):
    name = "initiative.keeping"
    label = "keeping"
    verbose_name = _("Keeping")
    default_auto_field = "django.db.models.BigAutoField"
