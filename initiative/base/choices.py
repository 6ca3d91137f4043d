"""Short, fixed lists: a column that holds several of one, and the name of a value."""

from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language


def choice_label(choices: type[models.TextChoices], value: str) -> str:
    """The name of a value in the active language; one that isn't offered is its own. Django's `get_…_display` makes the names of
    all of them to find one: a sixth of a page with thirty rows."""
    return _labels(choices, get_language()).get(value, value)


@cache  # short lists, whose words stay as they are
def _labels(choices: type[models.TextChoices], language: str | None) -> dict[str, str]:
    return {each.value: str(each.label) for each in choices}


class SeveralChoicesField(models.JSONField):
    """Several values of `offered` (TextChoices), as a list in its order; empty by default. Editors tick boxes.

    What is offered can change without a migration; a value that is offered no longer is refused when it is next saved.
    """

    def __init__(self, *args, offered: type[models.TextChoices] | None = None, **kwargs):
        self.offered = offered
        kwargs |= {"default": list, "blank": True}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default")
        kwargs.pop("blank")
        return name, path, args, kwargs

    def validate(self, value, model_instance):
        """Raise ValidationError unless every value is offered."""
        super().validate(value, model_instance)
        known = self.offered.values if self.offered else []
        if not isinstance(value, list) or not all(isinstance(one, str) and one in known for one in value):
            raise ValidationError(
                forms.MultipleChoiceField.default_error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            )

    def formfield(self, **kwargs):
        # Past JSONField's own: boxes, not JSON to type.
        offered = self.offered.choices if self.offered else []
        kwargs = {"widget": forms.CheckboxSelectMultiple, "show_hidden_initial": False} | kwargs
        return models.Field.formfield(self, form_class=forms.MultipleChoiceField, choices=offered, **kwargs)
