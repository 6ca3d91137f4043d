"""Wishes are answered when a translation is published."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published

from initiative.base.links import language_of
from initiative.base.records import ShownRecord
from initiative.translations import requests


def _page_published(instance, alias=False, **_signal) -> None:
    if not alias and hasattr(instance, "subject"):
        requests.answer(instance.subject, [language_of(instance)])


def _page_deleted(instance, **_signal) -> None:
    if isinstance(instance, Page) and not Page.objects.filter(translation_key=instance.translation_key).exists():
        requests.forget(f"page:{instance.translation_key}")


def _record_saved(instance, raw=False, update_fields=None, **_signal) -> None:
    # A draft is saved with the fields that say so alone: its texts are in the revision.
    if isinstance(instance, ShownRecord) and not raw and update_fields is None and getattr(instance, "live", True):
        requests.answer(instance.subject, instance.translated_languages)


def _record_deleted(instance, **_signal) -> None:
    if isinstance(instance, ShownRecord):
        requests.forget(instance.subject)


def connect() -> None:
    """Connect the receivers; called once, when the apps are ready."""
    page_published.connect(_page_published, dispatch_uid="translations.page_published")
    post_delete.connect(_page_deleted, sender=Page, dispatch_uid="translations.page_deleted")
    post_save.connect(_record_saved, dispatch_uid="translations.record_saved")
    post_delete.connect(_record_deleted, dispatch_uid="translations.record_deleted")
