"""Wagtail's log has with each entry what a row was called then: with people, their name."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import ModelLogEntry


def forget_names(model: type[Model], keys: Iterable) -> None:
    """Take what these rows were called out of the log. What was done to them, when and by whom, stays."""
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    entries = ModelLogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys])
    entries.exclude(label="").update(label="")


def forget_deleted(instance: Model, **_signal) -> None:
    """For pre_delete: Wagtail logs a deletion before it."""
    forget_names(type(instance), [instance.pk])
