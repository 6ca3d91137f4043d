"""Before something is changed that one signs in with, the password is typed again: who finds a screen open can't take it over."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiative.guard.events import refused
from initiative.guard.limits import Limit

TIMES = Limit("typing the password again as", times=30, period=timedelta(minutes=15))


def require_password(user, password: str) -> None:
    """Raises ValidationError where it isn't the password of a person, or was tried too often."""
    if not TIMES.take(str(user.pk)):
        raise ValidationError(gettext("Too many attempts. Wait a quarter of an hour."))
    if not user.check_password(password):
        refused("password again", user)
        raise ValidationError(gettext("This isn’t your password."))


class PasswordField(forms.CharField):
    """The password that somebody has, not a new one."""

    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})

    def __init__(self, **options):
        super().__init__(label=_("Your password"), strip=False, **options)


class PasswordAgainForm(forms.Form):
    """Of whoever is signed in."""

    password = PasswordField()

    def __init__(self, data=None, *, user, **options):
        super().__init__(data, **options)
        self.user = user

    def clean_password(self):
        require_password(self.user, self.cleaned_data["password"])
        return self.cleaned_data["password"]
