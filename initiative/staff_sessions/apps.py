from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffSessionsConfig(AppConfig):
    name = "initiative.staff_sessions"
    label = "staff_sessions"
    verbose_name = _("Where staff are signed in")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from initiative.staff_sessions import services

        user_logged_in.connect(services.begin, dispatch_uid="staff_sessions.begin")
        user_logged_out.connect(services.leave, dispatch_uid="staff_sessions.leave")
