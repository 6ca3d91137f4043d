"""What the secretariat says to a submission."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiative.base.languages import language_name
from partners.intake.enums import Decision
from partners.intake.models import Submission

NEW = "new"


class DecisionForm(forms.Form):
    """Accept, ask for changes, or decline. `same` are organisations that an application may be of."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision, widget=forms.RadioSelect)
    organisation = forms.ChoiceField(label=_("When it is accepted"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("What to tell who sent it"), max_length=5_000, required=False, widget=forms.Textarea
    )
    rounds = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, submission: Submission, same: list, joins: bool, **kwargs):
        super().__init__(*args, initial={"rounds": submission.rounds, "organisation": NEW}, **kwargs)
        self.same = {str(organisation.pk): organisation for organisation in same}
        if joins and same:
            known = [(pk, gettext("Bring “%(name)s” up to date") % {"name": one.name}) for pk, one in self.same.items()]
            self.fields["organisation"].choices = [(NEW, gettext("Make a new organisation")), *known]
        else:
            del self.fields["organisation"]
        language = language_name(submission.language)
        self.fields["reason"].help_text = gettext(
            "Needed to decline and to ask for changes. It is sent as you write it: write in %(language)s."
        ) % {"language": language}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") in (Decision.CHANGES, Decision.DECLINE) and not cleaned.get("reason"):
            self.add_error("reason", ValidationError(gettext("Say why: it is all that the sender gets to know.")))
        return cleaned

    @property
    def chosen(self):
        """The organisation that it is accepted into; None for a new one."""
        return self.same.get(self.cleaned_data.get("organisation", NEW))
