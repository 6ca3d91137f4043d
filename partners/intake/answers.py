"""Answers as they are read: by who checks them before sending, and by the secretariat."""

from django import forms
from django.utils.translation import gettext as _

from initiative.base.dates import display
from partners.intake.forms.fields import NumberField, WebAddressField
from partners.intake.forms.step import StepForm
from partners.intake.handlers import Row
from partners.intake.models import Submission
from partners.intake.uploads import CheckedFileField


def rows_of(form: StepForm, submission: Submission) -> list[Row]:
    """A row for each field of a form, with what was typed or given; labels and choices in the active language.

    An answer that is one of several to the same question is left out where it is empty.
    """
    typed = {name: form[name].value() for name in form.fields}
    rows = [(name, _row(field, name, typed[name], submission)) for name, field in form.fields.items()]
    return [row for name, row in rows if not (row.is_empty and name in form.unsaid)]


def _row(field: forms.Field, name: str, value, submission: Submission) -> Row:
    label = str(field.label)
    if isinstance(field, CheckedFileField):
        return Row(label, files=submission.files_of(name))
    if isinstance(field, forms.MultipleChoiceField):
        names = _names(field)
        return Row(label, items=[names.get(one, one) for one in value or []])
    if isinstance(field, forms.ChoiceField):
        return Row(label, _names(field).get(value, value or ""))
    if isinstance(field, forms.BooleanField):
        return Row(label, _("Yes") if value else "")
    if isinstance(field, forms.DateField):
        try:
            return Row(label, display(field.clean(value).isoformat()) if value else "")
        except forms.ValidationError:
            return Row(label, value)
    if isinstance(field, WebAddressField):
        try:
            return Row(label, url=field.clean(value) or "")
        except forms.ValidationError:
            return Row(label, value or "")  # not an address: never made a link
    if isinstance(field, NumberField):
        return Row(label, str(field.prepare_value(value) or ""))
    return Row(label, value or "")


def _names(field: forms.ChoiceField) -> dict[str, str]:
    """Value → label; groups are opened."""
    names = {}
    for value, label in field.choices:
        if isinstance(label, list | tuple):
            names |= {str(inner): str(shown) for inner, shown in label}
        else:
            names[str(value)] = str(label)
    names.pop("", None)
    return names


def bound(form_class: type[StepForm], submission: Submission, step: str, **more) -> StepForm:
    """The form of a step with what was typed, to be validated."""
    return form_class(submission.typed(step), **more)
