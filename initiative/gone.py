"""Addresses of what was deleted answer 410 and say so: whoever follows an old link learns that it isn't their mistake.

What is only unpublished is taken back for a while: 404. A resource that is deleted or withdrawn leaves more (its Tombstone).
"""

import hashlib
from collections.abc import Iterable
from urllib.parse import unquote

from django.db.models.signals import post_save, pre_delete
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
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
