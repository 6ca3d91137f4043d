"""Wishes are answered when a translation is published; the board is brought up to date whenever texts change."""

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, Revision, WorkflowState
from wagtail.signals import page_published

from initiative.base.after_commit import AfterCommit
from initiative.base.links import language_of
from initiative.base.pages import BasePage
from initiative.base.records import ShownRecord, TranslatedText
from initiative.models import BorrowedText
from initiative.translations import requests, tracking


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


_changes = AfterCommit(tracking.refresh_all)


def _texts_changed(instance, raw=False, **_signal) -> None:
    """A page, a record or what tells of its drafts was saved or deleted. What it says now is read after the commit."""
    if isinstance(instance, Revision | WorkflowState):
        instance = instance.content_object
    elif isinstance(instance, BorrowedText):
        instance = instance.page.specific_deferred
    if not raw and isinstance(instance, BasePage | TranslatedText) and instance.subject:
        _changes.note([instance.subject])


def _record_about_to_be_deleted(instance, **_signal) -> None:
    # Afterwards it has no key to be called by.
    if isinstance(instance, TranslatedText):
        _texts_changed(instance)


def _page_gone(instance, **_signal) -> None:
    _changes.note([f"page:{instance.translation_key}"])


def connect() -> None:
    """Connect the receivers; called once, when the apps are ready."""
    page_published.connect(_page_published, dispatch_uid="translations.page_published")
    post_delete.connect(_page_deleted, sender=Page, dispatch_uid="translations.page_deleted")
    post_save.connect(_record_saved, dispatch_uid="translations.record_saved")
    post_delete.connect(_record_deleted, dispatch_uid="translations.record_deleted")
    post_save.connect(_texts_changed, dispatch_uid="translations.texts_saved")
    pre_delete.connect(_record_about_to_be_deleted, dispatch_uid="translations.texts_about_to_be_deleted")
    post_delete.connect(_page_gone, sender=Page, dispatch_uid="translations.page_gone")
    post_delete.connect(_texts_changed, sender=BorrowedText, dispatch_uid="translations.no_longer_borrowed")
