from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel

from initiative.accounts.forms import EmailForm


class EmailPanel(BaseSettingsPanel):
    """Stands in the account in place of Wagtail's field, which asks for nothing (WAGTAIL_EMAIL_MANAGEMENT_ENABLED)."""

    name = "email"
    title = _("E-mail address")
    order = 110
    form_class = EmailForm


@hooks.register("register_account_settings_panel")
def register_email_panel(request, user, profile):
    return EmailPanel(request, user, profile)
