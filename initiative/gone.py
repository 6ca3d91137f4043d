"""Addresses of what was deleted answer 410 and say so: whoever follows an old link learns that it isn't their mistake.

What is only unpublished is taken back for a while: 404. A resource that is deleted or withdrawn leaves more (its Tombstone).
A document has an address for each name that its file had: while there is one, the old ones lead to it.
"""

import hashlib
from collections.abc import Iterable
from urllib.parse import unquote

from django.db.models.signals import post_save, pre_delete, pre_save
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.signals import page_published

from initiative.base import languages
from initiative.base.landmarks import landmarks, page_path
from initiative.base.links import locale_codes
from initiative.base.records import ShownRecord
from initiative.models import GoneAddress


def gone_address(path: str) -> GoneAddress | None:
    """What is known of a path at which something was once; None where nothing was."""
    return GoneAddress.objects.filter(digest=_digest(path)).first()


def is_there(path: str) -> bool:
    """Whether a published page has a path."""
    if not path:
        return False
    language, _slash, rest = unquote(path).strip("/").partition("/")
    codes = {code: pk for pk, code in locale_codes().items()}
    pages = Page.objects.live().filter(locale=codes.get(language), slug=rest.rpartition("/")[2]).only("url_path")
    return any(page_path(language, page.url_path) == path for page in pages)


def address_of_file(pk: int, path: str) -> str | None:
    """Where a document's file is now, of which a path led to it once. None where there is no such document; empty where it has
    that path, and where not everybody may know what it is called."""
    document = get_document_model().objects.select_related("collection").filter(pk=pk).first()
    if document is None:
        return None
    return "" if _digest(document.url) == _digest(path) or _is_private(document) else document.url


def _is_private(document) -> bool:
    return document.collection.get_view_restrictions().exists()


def _digest(path: str) -> str:
    return hashlib.sha256(Redirect.normalise_path(unquote(path)).encode()).hexdigest()


def _note(paths: Iterable[str], page: str = "") -> None:
    day = timezone.localdate()
    GoneAddress.objects.bulk_create(
        [GoneAddress(digest=digest, gone_on=day, page_path=page) for digest in {_digest(path) for path in paths}],
        update_conflicts=True, unique_fields=["digest"], update_fields=["gone_on", "page_path"],
    )  # fmt: skip


def page_goes(instance: Page, **_signal) -> None:
    """Note a page's own address as gone, and those from which it was reached since it was renamed or moved."""
    language = locale_codes().get(instance.locale_id)
    was_public = instance.live or instance.first_published_at
    if not was_public or instance.depth < 3 or not language or instance.get_view_restrictions():
        return
    path = page_path(language, instance.url_path)
    old = Redirect.objects.filter(redirect_page=instance.pk, automatically_created=True, redirect_page_route_path="")
    _note([path, *old.values_list("old_path", flat=True)], path)


def _record_goes(instance, **_signal) -> None:
    if not isinstance(instance, ShownRecord) or instance.has_tombstone or not _was_public(instance):
        return
    paths = list(instance.get_urls().values())
    known = landmarks()
    for code in languages.codes():
        landing = known.get(instance.landmark, code)
        if not landing:
            continue
        old = Redirect.objects.filter(
            redirect_page=landing.page_id, redirect_page_route_path=f"/{instance.slug}/", automatically_created=True
        )
        paths += old.values_list("old_path", flat=True)
        old.delete()
    _note(paths)


def _was_public(record: ShownRecord) -> bool:
    """What is never a draft was read from the beginning."""
    return getattr(record, "live", True) or record.first_published_at is not None


def _file_may_change(instance, raw=False, update_fields=None, **_signal) -> None:
    """Note at which address readers know a document's file, before it gets another name."""
    instance._known_address = ""
    if instance.pk and not raw and (update_fields is None or "file" in update_fields):
        known = type(instance)._base_manager.filter(pk=instance.pk).only("file").first()
        instance._known_address = known.url if known and known.file else ""


def _file_changed(instance, **_signal) -> None:
    known = getattr(instance, "_known_address", "")
    if known and instance.file and known != instance.url:
        _note([known], _folder(instance))


def _document_goes(instance, **_signal) -> None:
    """Note a document's address as gone, and those that its file had before. Of a private one nothing is said."""
    if _is_private(instance):
        GoneAddress.objects.filter(page_path=_folder(instance)).delete()
        return
    GoneAddress.objects.filter(page_path=_folder(instance)).update(gone_on=timezone.localdate())
    if instance.file:
        _note([instance.url], _folder(instance))


def _folder(document) -> str:
    """What all addresses of a document begin with. Its number is never another's."""
    return reverse("wagtaildocs_serve", args=[document.pk, ""])


def _page_is_back(instance: Page, **_signal) -> None:
    language = locale_codes().get(instance.locale_id)
    if instance.depth >= 3 and language:
        _forget([page_path(language, instance.url_path)])


def _record_is_back(instance, **_signal) -> None:
    if isinstance(instance, ShownRecord) and getattr(instance, "live", True):
        _forget(instance.get_urls().values())


def _forget(paths: Iterable[str]) -> None:
    GoneAddress.objects.filter(digest__in={_digest(path) for path in paths}).delete()


def connect() -> None:
    """Listen for what is deleted, and what is published where something was; called once, when the apps are ready."""
    page_published.connect(_page_is_back, dispatch_uid="initiative.gone.page_is_back")
    post_save.connect(_record_is_back, dispatch_uid="initiative.gone.record_is_back")
    # A page is deleted as its own model; only the stock one is heard of for every type.
    pre_delete.connect(page_goes, sender=Page, dispatch_uid="initiative.gone.page")
    pre_delete.connect(_record_goes, dispatch_uid="initiative.gone.record")
    documents = get_document_model()
    pre_save.connect(_file_may_change, sender=documents, dispatch_uid="initiative.gone.file_may_change")
    post_save.connect(_file_changed, sender=documents, dispatch_uid="initiative.gone.file_changed")
    pre_delete.connect(_document_goes, sender=documents, dispatch_uid="initiative.gone.document")
