"""What readers fill in."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from initiative.base.uncut import EmailField
from initiative.follow.enums import Frequency
from initiative.guard.forms import GuardedForm


class AskForm(GuardedForm):
    """To follow something."""

    email = EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("This is no e-mail address. Write it like this: name@example.org."),
        },
    )
    frequency = forms.ChoiceField(
        label=_("How often, if there is something new?"),
        choices=Frequency,
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often."), "invalid_choice": _("Choose how often.")},
    )

    def clean_email(self):
        """In small letters, and its domain as mail servers write it."""
        name, _at, domain = self.cleaned_data["email"].lower().rpartition("@")
        try:
            return f"{name}@{punycode(domain)}"
        except UnicodeError as error:
            raise ValidationError(self.fields["email"].error_messages["invalid"], code="invalid") from error


class FrequencyForm(forms.Form):
    """To hear more or less often."""

    frequency = forms.ChoiceField(choices=Frequency)
