from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "partners.intake"
    label = "intake"
    verbose_name = _("Submissions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from partners.intake import personal_data

        personal_data.register()
        pre_delete.connect(
            personal_data.forget_decider, sender=settings.AUTH_USER_MODEL, dispatch_uid="intake.forget_decider"
        )
