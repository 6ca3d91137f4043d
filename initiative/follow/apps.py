from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowConfig(AppConfig):
    name = "initiative.follow"
    label = "follow"
    verbose_name = _("Follows by e-mail")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from initiative.follow import personal_data

        personal_data.register()
