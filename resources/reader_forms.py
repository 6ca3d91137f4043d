"""Forms of the library for readers."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from initiative.base.uncut import EmailField, TextField
from initiative.guard.forms import GuardedForm
from initiative.guard.limits import Limit
from resources.enums import Problem

REPORTS = Limit("problem reports", times=10, period=timedelta(hours=1))
_LONGEST = 5_000


class ReportForm(GuardedForm):
    """What is wrong with a resource."""

    problem = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Problem,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = TextField(
        label=_("Tell us more"),
        help_text=_("Which link, which word, which page? So that we find it at once."),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={
            "required": _("Write a few words about the problem."),
            "max_length": _("Write at most %(limit_value)d letters; there are %(show_value)d."),
        },
    )
    email = EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only if you want an answer. We use it for nothing else, and erase it once the problem is solved."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={"invalid": _("Write the address in full, such as name@example.org.")},
    )
    field_order = ["problem", "text", "email"]
    use_required_attribute = False
