"""A code, or a passkey, beside the password."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiative.accounts.password_again import PasswordAgainForm
from initiative.guard.signing_in import LoginForm as LimitedLoginForm
from initiative.second_factor import passkeys
from initiative.second_factor.devices import authenticator, check

WRONG = _("This code isn’t right, or was used already. Wait for the next one.")
REPLACED = _("The picture from before counts no more. Let your authenticator read the one on this page.")


class CodeField(forms.CharField):
    """Six digits from an authenticator, or a recovery code."""

    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"})

    def __init__(self, **options):
        super().__init__(max_length=32, **options)


class LoginForm(LimitedLoginForm):
    """Wants a code of whoever has a second factor, or the answer of a passkey. That somebody has one is told only to who knows
    the password. `passkey_options` is for static/js/passkeys.js: what to ask the browser for."""

    code = CodeField(
        label=_("Code"),
        required=False,
        help_text=_("From your authenticator, or a recovery code. Empty if you have none yet."),
    )

    passkey_options = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")  # Wagtail's own is English in every language
        self.answer = self.data.get("passkey", "")
        if self.answer:  # name and password were given before
            self.fields["username"].required = self.fields["password"].required = False

    def clean(self):
        if self.answer:
            return self._clean_answer()
        cleaned = super().clean()
        user, code = self.get_user(), self.cleaned_data.get("code", "")
        if user is None or authenticator(user) is None:
            return cleaned
        if not code:
            self.passkey_options = passkeys.ask_to_sign_in(self.request, user, cleaned.get("remember", False))
            raise ValidationError({"code": self._what_is_missing()})
        device = check(user, code)
        if device is None:
            raise ValidationError({"code": str(WRONG)})
        user.otp_device = device  # django-otp notes it in the session that begins
        return cleaned

    def _what_is_missing(self) -> str:
        if self.passkey_options:
            return gettext("Your password is right. Use your passkey, or give the password again, and a code.")
        return gettext("Your password is right. Give the code of your authenticator as well.")

    def _clean_answer(self) -> dict:
        self.require_few_attempts()
        user = passkeys.sign_in(self.request, self.answer)
        if user is None:
            raise ValidationError(gettext("That didn’t work with the passkey. Sign in once more, or give a code."))
        self.confirm_login_allowed(user)
        self.user_cache = user
        return self.cleaned_data | {"remember": user.remember}


class CodeForm(PasswordAgainForm):
    """A code, and the password again. Whoever came in `by_passkey` may have lost the phone, and codes with it: none is needed."""

    code = CodeField(label=_("Code"))
    field_order = ["code", "password"]

    def __init__(self, *args, by_passkey: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if by_passkey:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("You came in with a passkey: leave this empty if you have no code.")


class PasskeyForm(PasswordAgainForm):
    """What one calls a new passkey."""

    name = forms.CharField(
        label=_("Name"), max_length=64, help_text=_("By which you will know it, such as “Phone” or “Blue key”.")
    )
    field_order = ["name", "password"]
