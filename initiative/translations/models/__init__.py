"""What is kept about translations: what there is to translate, how far it is, what readers ask for, what came back."""

from initiative.translations.models.received_job import ReceivedJob
from initiative.translations.models.subject import Subject
from initiative.translations.models.translation import Translation
from initiative.translations.models.translation_request import TranslationRequest

__all__ = ["ReceivedJob", "Subject", "Translation", "TranslationRequest"]
