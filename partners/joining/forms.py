"""The questions of an application, a step each."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiative.base.uncut import EmailField
from initiative.guard.forms import GuardedForm
from partners.enums import Body, PartnerType
from partners.intake.forms.choices import country_choices
from partners.intake.forms.fields import LineField, TextField, WebAddressField
from partners.intake.forms.step import StepForm
from partners.intake.uploads import LogoField, PaperField

# Facts: what the secretariat asks of whom.
WITHOUT_PROOF = (PartnerType.STATES, PartnerType.COMPANIES)


class ContactForm(StepForm):
    """Who writes."""

    name = LineField(
        label=_("Your name"),
        max_length=160,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write your name")},
    )
    function = LineField(
        label=_("Your function"),
        max_length=160,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    email = EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a link there that brings you back to this form, on any device."),
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false", "dir": "ltr"}),
        error_messages={
            "required": _("Write your e-mail address"),
            "invalid": _("Write an e-mail address such as name@example.org"),
        },
    )
    phone = LineField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel", "dir": "ltr"}),
    )

    def clean_email(self):
        user, _at, host = self.cleaned_data["email"].rpartition("@")
        return f"{user}@{host.lower()}"


class BeginForm(GuardedForm, ContactForm):
    """The same, for the first page, which anybody may send. `press` numbers the page that was opened."""

    press = forms.CharField(required=False, widget=forms.HiddenInput)


class OrganisationForm(StepForm):
    """Who joins what."""

    organisation = LineField(
        label=_("Name of the organisation"),
        max_length=200,
        help_text=_("As it should appear in the directory, in its own language."),
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages={"required": _("Write the name of your organisation")},
    )
    acronym = LineField(label=_("Short name"), max_length=40, required=False)
    type = forms.ChoiceField(
        label=_("What kind of partner are you?"),
        choices=PartnerType,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of partner you are")},
    )
    country = forms.ChoiceField(
        label=_("Country"),
        help_text=_("Where your head office is."),
        widget=forms.Select({"autocomplete": "country"}),
        error_messages={"required": _("Choose a country")},
    )
    website = WebAddressField(
        label=_("Website"),
        required=False,
        widget=forms.TextInput({"autocomplete": "url", "inputmode": "url", "spellcheck": "false", "dir": "ltr"}),
    )
    description = TextField(
        label=_("What it is and does"),
        max_length=3_000,
        help_text=_("A few sentences for its page in the directory."),
        error_messages={"required": _("Write in a few sentences what your organisation is and does")},
    )
    body = forms.ChoiceField(
        label=_("What do you want to join?"),
        choices=[
            (Body.FORUM, _("The Forum of partners: you sign the Paris declaration, and are consulted")),
            (
                Body.CONSORTIUM,
                _("The Consortium of members: you sign the Marrakech declaration, and decide with others"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you want to join")},
    )
    non_profit = forms.ChoiceField(
        label=_("Is your organisation non-profit?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        help_text=_("Asked because only non-profit organisations can be members of the Consortium."),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices()
        self.fields["description"].widget.attrs["rows"] = 5

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("body") == Body.CONSORTIUM:
            if cleaned.get("type") == PartnerType.COMPANIES or cleaned.get("non_profit") == "no":
                self.add_error("body", ValidationError(refusal(), code="profit"))
            elif not cleaned.get("non_profit") and "non_profit" not in self.errors:
                self.add_error(
                    "non_profit",
                    ValidationError(gettext("Say whether your organisation is non-profit: the Consortium has to know")),
                )
        return cleaned


def refusal() -> str:
    """Why an organisation that works for profit can't be a member of the Consortium, and what it can do."""
    return gettext(
        "The Consortium decides the Initiative’s policy, work programme and budget, so its members are non-profit "
        "organisations only. Private companies and others are welcome in the Forum of partners: choose the Forum."
    )


class DocumentsForm(StepForm):
    """What is attached. Proof of legal status is not asked of countries, local authorities and companies."""

    legal_status = PaperField(
        label=_("Proof of legal status"),
        help_text=_(
            "Statutes, a registration, an official notice: a PDF or a scan, up to 10 MB. Only the secretariat sees it."
        ),
        error_messages={"required": _("Send a proof of legal status")},
    )
    logo = LogoField(
        label=_("Your logo"),
        required=False,
        help_text=_("PNG, JPEG or WebP, up to 5 MB. It can also come later."),
    )

    def __init__(self, *args, partner_type: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if partner_type in WITHOUT_PROOF:
            del self.fields["legal_status"]


class SigningForm(forms.Form):
    """Who signs. `statement` is the digest of what was shown: nobody signs what they haven't read."""

    use_required_attribute = False

    signer = LineField(
        label=_("Name of who signs"),
        max_length=160,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write the name of who signs")},
    )
    signer_function = LineField(
        label=_("Function of who signs"),
        max_length=160,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
        error_messages={"required": _("Write the function of who signs")},
    )
    sign = forms.BooleanField(
        label=_(
            "I may sign for this organisation, and I sign the declaration above together with what we state in it."
        ),
        error_messages={"required": _("Tick that you sign the declaration")},
    )
    publish = forms.BooleanField(
        label=_(
            "The organisation, its logo and what it commits to may be published on this site. Names and addresses of persons "
            "and the proof of legal status are kept by the secretariat for this partnership only, and are not published."
        ),
        error_messages={"required": _("Tick that this may be published: without it there is nothing to show")},
    )
    statement = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
