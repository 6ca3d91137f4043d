from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "partners.desk"
    label = "desk"
    verbose_name = _("Partners’ desk")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from partners.desk import handlers, personal_data

        handlers.register()
        personal_data.register()
