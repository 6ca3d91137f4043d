"""Signing in to the admin: passwords can't be tried by the thousand."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm

from initiative.guard.limits import Limit, visitor
from initiative.staff_sessions.services import known_device

_PERIOD = timedelta(minutes=15)
BY_VISITOR = Limit("signing in to the admin from", times=15, period=_PERIOD)
# Whoever tries from many addresses; above the other, so that one address alone can't lock anybody out.
BY_ACCOUNT = Limit("signing in to the admin as", times=45, period=_PERIOD)
# On a device where the account was used before: what others try elsewhere keeps nobody out of their own.
BY_DEVICE = Limit("signing in to the admin on a known device", times=15, period=_PERIOD)


class LoginForm(WagtailLoginForm):
    """Wagtail's, with limits. What it says is the same whether or not there is such an account."""

    def clean(self):
        self.require_few_attempts()
        return super().clean()

    def require_few_attempts(self) -> None:
        """Count this one. Raises ValidationError where there were too many."""
        account = self.cleaned_data.get("username", "").casefold()
        device = known_device(self.request, account)
        limit, who = (BY_DEVICE, f"{device} {account}") if device else (BY_ACCOUNT, account)
        if not BY_VISITOR.take(visitor(self.request)) or (account and not limit.take(who)):
            raise ValidationError(gettext("Too many attempts to sign in. Wait a quarter of an hour."))
