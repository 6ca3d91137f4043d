from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "partners.desk"
    label = "desk"
    verbose_name = _("Partners’ desk")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from initiative.privacy.log import forget_deleted
        from partners.desk import handlers, personal_data

        handlers.register()
        personal_data.register()
        pre_delete.connect(
            personal_data.forget_inviter, sender=settings.AUTH_USER_MODEL, dispatch_uid="desk.forget_inviter"
        )
        pre_delete.connect(forget_deleted, sender="desk.Representative", dispatch_uid="desk.forget_deleted")
