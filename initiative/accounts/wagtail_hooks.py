from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel, ChangePasswordPanel

from initiative.accounts.bulk_actions import AssignRole, Delete, SetActiveState
from initiative.accounts.forms import EmailForm, PasswordChangeForm


class _CheckedOnce:
    """Wagtail makes a panel and its form several times for one answer: a password that is typed once would count twice, and the
    second form take a new address, which the first has put into the account, for the old one."""

    def get_form(self):
        forms = self.request.__dict__.setdefault("account_forms", {})
        if self.name not in forms:
            forms[self.name] = super().get_form()
        return forms[self.name]


class EmailPanel(_CheckedOnce, BaseSettingsPanel):
    """Stands in the account in place of Wagtail's field, which asks for nothing (WAGTAIL_EMAIL_MANAGEMENT_ENABLED)."""

    name = "email"
    title = _("E-mail address")
    order = 110
    form_class = EmailForm


class PasswordPanel(_CheckedOnce, ChangePasswordPanel):
    """In place of Wagtail's, which lets one try without end (WAGTAIL_PASSWORD_MANAGEMENT_ENABLED)."""

    form_class = PasswordChangeForm

    def is_active(self):
        return self.user.has_usable_password()


@hooks.register("register_account_settings_panel")
def register_email_panel(request, user, profile):
    return EmailPanel(request, user, profile)


@hooks.register("register_account_settings_panel")
def register_password_panel(request, user, profile):
    return PasswordPanel(request, user, profile)


for action in (AssignRole, Delete, SetActiveState):
    hooks.register("register_bulk_action", action, order=1)  # after Wagtail's of the same name
