from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JoiningConfig(AppConfig):
    name = "partners.joining"
    label = "joining"
    verbose_name = _("Joining")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from partners.joining import handler

        handler.register()
