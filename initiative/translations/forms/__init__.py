"""The translator's forms."""

from initiative.translations.forms.care_form import CareForm
from initiative.translations.forms.job_form import JobForm
from initiative.translations.forms.translation_form import TranslationForm, field_name

__all__ = ["CareForm", "JobForm", "TranslationForm", "field_name"]
