from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "initiative.accounts"
    label = "accounts"
    verbose_name = _("Accounts of staff")
    default = True

    def ready(self):
        from initiative.accounts import signals

        signals.connect()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's, where accounts are made and edited without passwords, and nothing of who may do what is changed without one."""

    group_viewset = "initiative.accounts.viewsets.GroupViewSet"
    user_viewset = "initiative.accounts.viewsets.UserViewSet"
