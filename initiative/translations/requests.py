"""Readers ask for translations: counted while they are missing, forgotten once they are there."""

from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone

from initiative.translations.models import TranslationRequest


def ask(subject: str, language: str) -> None:
    """Count one wish for a page or record in a language. Right whoever else asks at the same moment."""
    wishes = TranslationRequest.objects.filter(subject=subject, language=language)
    one_more = {"count": models.F("count") + 1, "last_asked": timezone.localdate()}
    with transaction.atomic():
        if not wishes.update(**one_more):
            _wish, is_first = TranslationRequest.objects.get_or_create(subject=subject, language=language)
            if not is_first:
                wishes.update(**one_more)


def answer(subject: str, languages: Iterable[str]) -> None:
    """Forget the wishes for a page or record in languages in which it is written now."""
    TranslationRequest.objects.filter(subject=subject, language__in=list(languages)).delete()


def forget(subject: str) -> None:
    """Forget all wishes for what is no more."""
    TranslationRequest.objects.filter(subject=subject).delete()
