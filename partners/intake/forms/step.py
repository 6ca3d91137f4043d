"""A part of what somebody fills in, kept as it was typed whether it is right or not."""

from django import forms
from django.http import QueryDict

from partners.intake.forms.fields import NumberField, without_controls
from partners.intake.uploads import CheckedFileField

# What is kept of one field, in characters; more than any field takes.
MOST = 20_000


class StepForm(forms.Form):
    """A form whose answers are kept in a submission: field → text, or a list of texts. Nothing that isn't one of its fields
    is ever kept."""

    use_required_attribute = False  # the summary of errors says what is missing, in the reader's language
    headings: dict[str, str] = {}  # field → the heading of the part that begins with it
    unsaid: tuple[str, ...] = ()  # fields not worth a line where they are empty

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    @classmethod
    def typed(cls, data: QueryDict) -> dict[str, str | list[str]]:
        """What was sent for the fields of this form, files aside."""
        kept = {}
        for name, field in cls.base_fields.items():
            if isinstance(field, CheckedFileField) or name not in data:
                continue
            if isinstance(field, forms.MultipleChoiceField):
                kept[name] = [_storable(value)[:100] for value in data.getlist(name)[:200]]
            else:
                text = _storable(data.get(name))[:MOST]
                kept[name] = field.kept(text) if isinstance(field, NumberField) else text
        return kept

    @classmethod
    def is_kept_whole(cls, data: QueryDict) -> bool:
        """Whether `typed` keeps all of it: nothing that was sent is longer than MOST."""
        return all(len(data.get(name, "")) <= MOST for name in cls.base_fields)

    @property
    def parts(self) -> list[dict]:
        """Its fields but those for files, by part: `{"heading", "fields"}`."""
        found = [{"heading": "", "fields": []}]
        for name in self.fields:
            if name in self.headings:
                found.append({"heading": self.headings[name], "fields": []})
            if name not in self.file_fields:
                found[-1]["fields"].append(self[name])
        return found

    @property
    def file_fields(self) -> list[str]:
        """The names of its fields for files."""
        return [name for name, field in self.fields.items() if isinstance(field, CheckedFileField)]


def _storable(text: str) -> str:
    # PostgreSQL refuses NUL and lone surrogates.
    return without_controls(text, keep="\n\r\t")
