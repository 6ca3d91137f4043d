"""Old addresses keep working: those under a renamed landing page, and those of a record whose slug changed.

Wagtail's own redirects, made when a page is renamed or moved, lead from the page alone.
"""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import DraftStateMixin, Page, Site

from initiative.base import languages
from initiative.base.landmarks import landmarks, page_path
from initiative.base.links import language_of
from initiative.base.pages import LandingPage
from initiative.base.records import ShownRecord, slug_checks
from initiative.registry import public_records

_DEEPEST = 8  # parts of an address that are looked at; no page with records lies so deep
_MOVES = 5


def new_address(path: str, site: Site | None = None) -> str:
    """Where what was at a path, or at the beginning of it, is now; empty where nothing there has moved.

    Moves of the landing page and of the record are followed to the end, so that a reader is sent on once.
    """
    found, seen = "", {path}
    for _move in range(_MOVES):
        further = _one_move(found or path, site)
        if not further or further in seen:
            break
        seen.add(further)
        found = further
    return found


def _one_move(path: str, site: Site | None) -> str:
    parts = path.strip("/").split("/")[:_DEEPEST]
    beginnings = ["/" + "/".join(parts[:count]) for count in range(len(parts), 1, -1)]  # the first part is the language
    redirects = Redirect.get_for_site(site).filter(
        old_path__in=beginnings, automatically_created=True, redirect_page__live=True
    )
    for redirect in sorted(redirects.select_related("redirect_page"), key=lambda one: len(one.old_path), reverse=True):
        if landmarks().at(f"{redirect.old_path}/"):
            continue  # another landing page is there now, or the same again
        if isinstance(redirect.redirect_page.specific_deferred, LandingPage):
            rest = path[len(redirect.old_path) :]
            return _renamed_under_another_name(redirect, rest) or redirect.link.rstrip("/") + rest
    return ""


def _renamed_under_another_name(moved: Redirect, rest: str) -> str:
    """Where what was called `rest` ("/slug/…") under a landing page is now, if it got another slug while that had another name
    again; empty where it didn't, or where another record has that slug now."""
    slug, _slash, further = rest.strip("/").partition("/")
    if not slug or moved.redirect_page_route_path or _has_record(moved.redirect_page, slug):
        return ""
    renamed = Redirect.objects.filter(
        redirect_page=moved.redirect_page_id, automatically_created=True, old_path__endswith=f"/{slug}"
    ).exclude(redirect_page_route_path="")
    latest = renamed.order_by("-pk").select_related("redirect_page").first()
    return f"{latest.link.rstrip('/')}/{further}" if latest else ""


def _has_record(landing: Page, slug: str) -> bool:
    landmark = landing.specific_class.landmark
    shown = [records for records in public_records() if records.model.landmark == landmark]
    return any(records.filter(slug=slug).exists() for records in shown)


def _remember_slug(instance, raw=False, update_fields=None, **_signal) -> None:
    """Note under which slug readers know a record, before it gets another."""
    if not isinstance(instance, ShownRecord) or raw or not instance.pk:
        return
    instance._known_slug = None
    if update_fields is None or "slug" in update_fields:
        known = type(instance)._base_manager.filter(pk=instance.pk)
        if isinstance(instance, DraftStateMixin):
            known = known.filter(live=True)
        instance._known_slug = known.values_list("slug", flat=True).first()


def _redirect_from_old_slug(instance, **_signal) -> None:
    slug = getattr(instance, "_known_slug", None)
    if not slug or slug == instance.slug or not getattr(instance, "live", True):
        return
    instance._known_slug = None
    before = copy(instance)
    before.slug = slug
    with transaction.atomic():
        for code in languages.codes():
            landing = landmarks().get(instance.landmark, code)
            if landing and landing.url in before.get_url(code):
                _redirect(landing, before.get_url(code), instance.get_url(code))


def _redirect(landing, old: str, new: str) -> None:
    """From one path under a landing page to another; what led to the old one leads to the new one too."""
    page = Page.objects.get(pk=landing.page_id)
    if not issubclass(page.specific_class, LandingPage):
        return
    site = page.get_site()
    route, old_route = (f"/{path.removeprefix(landing.url)}" for path in (new, old))
    ours = Redirect.objects.filter(redirect_page=page, automatically_created=True)
    ours.filter(redirect_page_route_path=old_route).update(redirect_page_route_path=route)
    ours.filter(old_path=Redirect.normalise_path(new)).delete()
    Redirect.objects.update_or_create(
        old_path=Redirect.normalise_path(old),
        site=site,
        defaults={
            "redirect_page": page,
            "redirect_page_route_path": route,
            "redirect_link": "",
            "is_permanent": True,
            "automatically_created": True,
        },
    )


def keep_old_addresses(record: ShownRecord) -> None:
    """Raise ValidationError where a slug was another record's: whoever kept that address must still find that one."""
    known = type(record)._base_manager.filter(pk=record.pk).values_list("slug", flat=True).first() if record.pk else ""
    if not record.slug or record.slug == known:
        return
    before = copy(record)
    before.slug = known
    own = {before.get_url(code) for code in languages.codes()} if known else set()
    old = [Redirect.normalise_path(url) for code in languages.codes() if (url := record.get_url(code))]
    for redirect in Redirect.objects.filter(old_path__in=old, automatically_created=True).select_related(
        "redirect_page"
    ):
        if redirect.redirect_page_route_path and _leads_to(redirect) not in own:
            told = _("This was the address of another record and leads to it for ever. Choose another.")
            raise ValidationError({"slug": told})


def _leads_to(redirect: Redirect) -> str:
    page = redirect.redirect_page
    return page_path(language_of(page), page.url_path).removesuffix("/") + redirect.redirect_page_route_path


def connect() -> None:
    """Listen for records whose slug changes; called once, when the apps are ready."""
    if keep_old_addresses not in slug_checks:
        slug_checks.append(keep_old_addresses)
    pre_save.connect(_remember_slug, dispatch_uid="initiative.redirects.before")
    post_save.connect(_redirect_from_old_slug, dispatch_uid="initiative.redirects.after")
