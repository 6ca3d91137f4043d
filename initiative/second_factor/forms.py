"""A code beside the password."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiative.guard.signing_in import LoginForm as LimitedLoginForm
from initiative.second_factor.devices import authenticator, check

WRONG = _("This code isn’t right, or was used already. Wait for the next one.")


class CodeField(forms.CharField):
    """Six digits from an authenticator, or a recovery code."""

    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"})

    def __init__(self, **options):
        super().__init__(max_length=32, **options)


class LoginForm(LimitedLoginForm):
    """Wants a code of whoever has a second factor. That somebody has one is told only to who knows the password."""

    code = CodeField(
        label=_("Code"),
        required=False,
        help_text=_("From your authenticator, or a recovery code. Empty if you have none yet."),
    )

    def clean(self):
        cleaned = super().clean()
        user, code = self.get_user(), self.cleaned_data.get("code", "")
        if user is None or authenticator(user) is None:
            return cleaned
        if not code:
            raise ValidationError(
                {"code": gettext("Your password is right. Give the code of your authenticator as well.")}
            )
        device = check(user, code)
        if device is None:
            raise ValidationError({"code": str(WRONG)})
        user.otp_device = device  # django-otp notes it in the session that begins
        return cleaned


class CodeForm(forms.Form):
    """A code alone."""

    code = CodeField(label=_("Code"))
