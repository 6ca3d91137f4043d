"""What representatives fill in."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committee.queries import priority_options
from initiative.base import languages
from initiative.base.uncut import EmailField
from initiative.guard.forms import GuardedForm
from partners.intake.forms.choices import country_choices
from partners.intake.forms.commitment import CommitmentForm
from partners.intake.forms.fields import LineField, NumberField, TextField, WebAddressField, YearField
from partners.intake.forms.step import StepForm
from partners.intake.uploads import EvidenceField, LogoField
from resources.queries import topic_options, type_options

_EMAIL_ERRORS = {
    "required": _("Write an e-mail address"),
    "invalid": _("Write an e-mail address such as name@example.org"),
}


class DoorForm(GuardedForm):
    """The address of who wants to sign in."""

    use_required_attribute = False

    email = EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one by which your organisation or the secretariat knows you."),
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false", "dir": "ltr"}),
        error_messages=_EMAIL_ERRORS,
    )
    onward = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class InviteForm(forms.Form):
    """Somebody else of the organisation."""

    use_required_attribute = False

    name = LineField(label=_("Name"), max_length=160, error_messages={"required": _("Write a name")})
    email = EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput({"spellcheck": "false", "dir": "ltr", "autocomplete": "off"}),
        error_messages=_EMAIL_ERRORS,
    )
    language = forms.ChoiceField(label=_("Language of letters and of the desk"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["language"].choices = language_choices()


def language_choices() -> list[tuple[str, str]]:
    """The site's languages, each in its own name."""
    return [(code, languages.own_name(code)) for code in languages.codes()]


class LanguageForm(forms.Form):
    """The language in which somebody wants to be spoken to."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


class ProfileForm(StepForm):
    """What readers see of the organisation. What isn't changed isn't sent."""

    name = LineField(
        label=_("Name of the organisation"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages={"required": _("Write the name of your organisation")},
    )
    acronym = LineField(label=_("Short name"), max_length=40, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    website = WebAddressField(
        label=_("Website"),
        required=False,
        widget=forms.TextInput({"inputmode": "url", "spellcheck": "false", "dir": "ltr"}),
    )
    logo = LogoField(
        label=_("A new logo"), required=False, help_text=_("PNG, JPEG or WebP, up to 5 MB. Empty: the logo stays.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices()
        for code in languages.codes():
            label = gettext("What it is and does (%(language)s)") % {"language": languages.own_name(code)}
            self.fields[f"description_{code}"].label = label


def _add_descriptions() -> None:
    """A description in each language of the site."""
    for code in languages.codes():
        ProfileForm.base_fields[f"description_{code}"] = TextField(
            max_length=3_000,
            required=False,
            widget=forms.Textarea({"lang": code, "dir": languages.direction(code), "rows": 4}),
        )


_add_descriptions()


class PledgeForm(CommitmentForm):
    """A commitment, and what it has to do with research."""

    headings = {**CommitmentForm.headings, "priorities": _("What it touches")}

    priorities = forms.MultipleChoiceField(
        label=_("Research priorities"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["priorities"].choices = priority_options()
        self.fields["topics"].choices = [(option.value, option.label) for option in topic_options()]


class ReportForm(StepForm):
    """How far a commitment has come. The figure is asked for where the goal can be measured."""

    day = forms.DateField(
        label=_("Day it speaks of"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day"), "invalid": _("Write the day as 2026-11-30")},
    )
    value = NumberField(label=_("Figure"), required=False)
    story = TextField(
        label=_("What happened"),
        max_length=8_000,
        help_text=_("What was done, what worked, what did not and why."),
        error_messages={"required": _("Write what happened")},
    )
    links = TextField(
        label=_("Addresses of evidence"),
        max_length=2_000,
        required=False,
        help_text=_("Pages or files on the web, one a line."),
        widget=forms.Textarea({"rows": 3, "dir": "ltr", "spellcheck": "false"}),
    )
    evidence = EvidenceField(
        label=_("Files as evidence"),
        required=False,
        help_text=_("PDF, pictures or CSV tables, up to 10 MB each, five at most. Readers can open them."),
    )

    def __init__(self, *args, commitment=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs["max"] = timezone.localdate().isoformat()
        if commitment is None or commitment.target is None:
            del self.fields["value"]
        else:
            unit = commitment.best("measure") or commitment.get_unit_display()
            self.fields["value"].help_text = gettext(
                "In all, not what was added since the last report. Counted: %(unit)s."
            ) % {"unit": unit}

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(gettext("This day is still to come."))
        return day

    def clean_links(self):
        field = WebAddressField()
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(lines) > 10:
            raise ValidationError(gettext("Ten addresses are enough."))
        return "\n".join(field.clean(line) for line in lines)

    @property
    def addresses(self) -> list[str]:
        """The addresses of evidence of a valid form."""
        return self.cleaned_data["links"].splitlines()


class ResourceForm(StepForm):
    """A work for the library."""

    title = LineField(
        label=_("Title"),
        max_length=300,
        help_text=_("As printed, in the language of the work."),
        error_messages={"required": _("Write the title")},
    )
    language = forms.ChoiceField(label=_("Language of the work"))
    type = forms.ChoiceField(label=_("Type"), error_messages={"required": _("Choose a type")})
    url = WebAddressField(
        label=_("Where it can be read"),
        widget=forms.TextInput({"inputmode": "url", "spellcheck": "false", "dir": "ltr"}),
        error_messages={"required": _("Write the web address in full, starting with https://")},
    )
    year = YearField(label=_("Year"), required=False)
    makers = LineField(label=_("Who made it"), max_length=300, required=False, help_text=_("Authors or organisations."))
    abstract = TextField(
        label=_("What it is about"),
        max_length=3_000,
        help_text=_("A few sentences, in your language."),
        error_messages={"required": _("Write in a few sentences what it is about")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [
            ("", gettext("Choose a type")),
            *((option.value, option.label) for option in type_options()),
        ]
        self.fields["language"].choices = _work_languages()


def _work_languages() -> list[tuple[str, str]]:
    """Languages that works are often in, by name; the site's own come first."""
    own = languages.codes()
    others = ["de", "hi", "id", "it", "ja", "nl", "pt", "ru", "sw", "tr", "vi", "zh"]
    return [(code, languages.language_name(code)) for code in [*own, *others]]


def host_of(url: str) -> str:
    """The site of an address, to call a link by."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
