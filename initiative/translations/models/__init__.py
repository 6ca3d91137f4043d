"""What is kept about translations: what there is to translate, how far it is, and what readers ask for."""

from initiative.translations.models.subject import Subject
from initiative.translations.models.translation import Translation
from initiative.translations.models.translation_request import TranslationRequest

__all__ = ["Subject", "Translation", "TranslationRequest"]
