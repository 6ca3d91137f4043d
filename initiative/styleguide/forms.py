"""A form with a field of each sort."""

from django import forms

from initiative.styleguide.words import say


def sample_form(data: dict | None = None) -> forms.Form:
    """Fresh, or as it comes back when `data` was sent."""
    kinds = [(key, say(name)) for key, name in (("a", "article"), ("b", "film"), ("c", "report"))]
    fields = {
        "email": forms.EmailField(
            label=say("email"),
            help_text=say("hint"),
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        ),
        "kind": forms.ChoiceField(label=say("kind"), choices=kinds, widget=forms.RadioSelect),
        "topics": forms.MultipleChoiceField(
            label=say("topic"), choices=kinds, widget=forms.CheckboxSelectMultiple, required=False
        ),
        "country": forms.ChoiceField(label=say("country"), choices=kinds, required=False),
        "note": forms.CharField(label=say("title"), widget=forms.Textarea, required=False),
        "file": forms.FileField(label=say("report"), required=False),
        "long": forms.CharField(label=say("long"), help_text=say("long"), required=False),
        "agree": forms.BooleanField(label=say("agree")),
    }
    return type("SampleForm", (forms.Form,), fields)(data, auto_id="sample_%s")
