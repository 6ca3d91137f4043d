"""What is kept about translations: which of them readers ask for."""

from initiative.translations.models.translation_request import TranslationRequest

__all__ = ["TranslationRequest"]
