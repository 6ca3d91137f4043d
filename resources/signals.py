"""What follows when documents are saved, and when resources are published or deleted."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.signals import published

from initiative.base.after_commit import AfterCommit
from resources.enums import Reading

# What references tell of, how it leads to them, and by which of its keys.
_IN_REFERENCES = {
    "resources.Resource": ("resource", "pk"),
    "resources.Contribution": ("resource", "resource_id"),
    "resources.ResourceFile": ("resource", "resource_id"),
    "resources.ResourceType": ("resource__type", "pk"),
    "initiative.Person": ("resource__contributions__person", "pk"),
    "partners.Organisation": ("resource__contributions__organisation", "pk"),
}


def _document_saved(instance, raw=False, **_signal) -> None:
    from resources.services.file_readings import note_file
    from resources.tasks import read_document

    if raw or not instance.file:
        return
    if note_file(instance).state == Reading.WAITING:
        transaction.on_commit(partial(read_document.enqueue, instance.pk), robust=True)


def _resource_saved(instance, raw=False, **_signal) -> None:
    """Note which resource it replaced until now: the search shows that one again."""
    known = type(instance)._base_manager.filter(pk=instance.pk) if instance.pk and not raw else ()
    instance.replaced_before = known.values_list("replaces", flat=True).first() if known else None


def _resource_deleted(instance, **_signal) -> None:
    """Whoever deletes what readers could find leaves word of it, and no gap between its versions."""
    from resources.services.versions import close_gap
    from resources.services.withdrawal import leave_word

    leave_word(instance)
    close_gap(instance)


def _resource_published(instance, **_signal) -> None:
    from resources.services.withdrawal import came_back

    came_back(instance)


def _cited_otherwise(sender, instance, update_fields=None, **_signal) -> None:
    """Note it, once what is saved here can be read. A draft is saved with the fields that say so alone."""
    if update_fields is None:
        way, key = _IN_REFERENCES[sender._meta.label]
        _cited.note([(way, getattr(instance, key))])


def _write_anew(ways: list[tuple[str, int]]) -> None:
    from resources.services.references import changed

    changed(ways)


_cited = AfterCommit(_write_anew)


def connect() -> None:
    """Listen; called once, when the apps are ready."""
    from initiative.models.home_page import home_parts
    from resources.models import Resource, ResourceType, Topic
    from resources.queries import known_terms
    from resources.vocabularies import known_records

    home_parts.forget_with(Resource)
    known_terms.forget_with(ResourceType, Topic)
    known_records.forget_with(ResourceType, Topic)
    for told in _IN_REFERENCES:
        for signal in (post_save, post_delete):
            signal.connect(_cited_otherwise, sender=told, dispatch_uid=f"resources.cited_otherwise:{told}")
    post_save.connect(_document_saved, sender="wagtaildocs.Document", dispatch_uid="resources.document_saved")
    pre_save.connect(_resource_saved, sender=Resource, dispatch_uid="resources.saved")
    pre_delete.connect(_resource_deleted, sender=Resource, dispatch_uid="resources.deleted")
    published.connect(_resource_published, sender=Resource, dispatch_uid="resources.published")
