"""What an organisation commits to: what whoever signs the declaration states, and what makes it measurable."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from partners.enums import Unit
from partners.intake.forms.choices import goal_choices, place_choices
from partners.intake.forms.fields import LineField, NumberField, TextField, YearField
from partners.intake.forms.step import StepForm

PLACES = ("place_1", "place_2", "place_3")
MEASURES = ("baseline", "target", "unit")


class CommitmentForm(StepForm):
    """Goal, types of action, timetable, dedicated resources; places and goals of the United Nations; what is measured."""

    headings = {
        "place_1": _("Where, and what for"),
        "baseline": _("If your goal can be measured"),
    }
    unsaid = PLACES

    title = LineField(
        label=_("Your commitment in one sentence"),
        max_length=200,
        help_text=_("It becomes the title of its page. Such as: Keep 2,000 hectares covered all winter by 2030."),
        error_messages={"required": _("Write your commitment in one sentence")},
    )
    goal = TextField(
        label=_("The goal you set yourself"),
        max_length=5_000,
        help_text=_("What will be different, for which soils and for whom."),
        error_messages={"required": _("Write the goal you set yourself")},
    )
    actions = TextField(
        label=_("The types of action"),
        max_length=3_000,
        help_text=_("What you will do, one action a line."),
        error_messages={"required": _("Write at least one type of action")},
    )
    start = YearField(label=_("Year it starts"), error_messages={"required": _("Write the year it starts")})
    end = YearField(label=_("Year it ends"), error_messages={"required": _("Write the year it ends")})
    timetable = TextField(
        label=_("The timetable"),
        max_length=3_000,
        help_text=_("The steps on the way, and when."),
        error_messages={"required": _("Write the timetable")},
    )
    resources = TextField(
        label=_("The resources you dedicate"),
        max_length=3_000,
        help_text=_("People, time, money, land, knowledge: whatever you put in."),
        error_messages={"required": _("Write the resources you dedicate")},
    )
    place_1 = forms.ChoiceField(
        label=_("Where it is carried out"), required=False, help_text=_("If it is not only in your own country.")
    )
    place_2 = forms.ChoiceField(label=_("A second place"), required=False)
    place_3 = forms.ChoiceField(label=_("A third place"), required=False)
    sdgs = forms.MultipleChoiceField(
        label=_("Which Sustainable Development Goals does it serve?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    baseline = NumberField(
        label=_("Where it starts"),
        required=False,
        help_text=_("The figure before you begin, such as 0."),
    )
    target = NumberField(
        label=_("Where it means to go"), required=False, help_text=_("The figure you mean to reach, in all.")
    )
    unit = forms.ChoiceField(label=_("Measured in"), required=False)
    measure = LineField(
        label=_("What is counted"), max_length=80, required=False, help_text=_("Such as: hectares under winter cover.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        places = place_choices()
        for name in PLACES:
            self.fields[name].choices = places
        self.fields["sdgs"].choices = goal_choices()
        self.fields["unit"].choices = [("", pgettext_lazy("unit", "Choose a unit")), *Unit.choices]
        for name in ("goal", "actions", "timetable", "resources"):
            self.fields[name].widget.attrs["rows"] = 5

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", ValidationError(gettext("It can’t end before it starts.")))
        self._clean_measure(cleaned)
        return cleaned

    def _clean_measure(self, cleaned):
        """A goal that can be measured has a baseline, a target and a unit; any other has none of them."""
        if self.errors.keys() & set(MEASURES):
            return
        given = {name for name in MEASURES if cleaned.get(name) not in (None, "")}
        messages = {
            "baseline": gettext("Write where it starts, or leave baseline, target and unit empty"),
            "target": gettext("Write where it means to go, or leave baseline, target and unit empty"),
            "unit": gettext("Choose what it is measured in, or leave baseline, target and unit empty"),
        }
        if given:
            for name in MEASURES:
                if name not in given:
                    self.add_error(name, ValidationError(messages[name]))
            if given == set(MEASURES) and cleaned["baseline"] == cleaned["target"]:
                self.add_error("target", ValidationError(gettext("The target is where it starts already.")))

    @property
    def places(self) -> list[str]:
        """The codes of the places, each once, of a valid form."""
        return list(dict.fromkeys(code for name in PLACES if (code := self.cleaned_data[name])))
