"""A page that isn't written in a language shows the best written one there, in the order of `LANGUAGE_FALLBACKS`.

It does so as an alias, or, where a text of its own is begun or withdrawn, as a page that borrows the other's meanwhile. Wagtail
makes aliases nowhere but in one form of the admin, makes them follow the page they were made from, and never asks again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.signals import page_published

from initiative.base import languages
from initiative.base.links import locale_codes
from initiative.base.querysets import borrowed_language, is_private, private_with
from initiative.gone import page_goes
from initiative.models import BorrowedText

_waiting: ContextVar[dict[UUID, None] | None] = ContextVar("waiting", default=None)


@contextmanager
def later() -> Iterator[None]:
    """For importers and loaders: the families of pages that change inside are looked at once, at the end."""
    if _waiting.get() is not None:
        yield
        return
    keys: dict[UUID, None] = {}
    token = _waiting.set(keys)
    try:
        yield
    finally:
        _waiting.reset(token)
    for key in keys:
        show_the_best(key)


def show_the_best(
    key: UUID, *, published: int | None = None, gone: int | None = None, slugs: dict[str, str] | None = None
) -> None:
    """Let each language without a text of its own show the best published one of a page, in its tree.

    `published`: this page has just been, and Wagtail brings its aliases up to date itself; `gone`: this one no longer is, or
    won't be in a moment; `slugs`: those that new aliases get, by language. One statement where nothing changes.
    """
    if (keys := _waiting.get()) is not None:
        keys[key] = None
        return
    _Family(key, published, gone).settle(slugs or {})


class _Family:
    """A page in all languages of the site, as the database has it now."""

    def __init__(self, key: UUID, published: int | None, gone: int | None):
        self.published = published
        codes = locale_codes()
        rows = Page.objects.filter(translation_key=key, depth__gt=1).select_related("borrowed_text")
        rows = rows.annotate(is_private=is_private("path"))
        self.pages = {codes[page.locale_id]: page for page in rows if page.locale_id in codes}
        self.locales = [code for code in languages.codes() if code in codes.values()]
        self.written = {
            code: page
            for code, page in self.pages.items()
            if page.live and not page.alias_of_id and not _borrows(page) and page.pk != gone
        }
        # What is gone, and live still, is about to be deleted, perhaps in all languages: what follows it must follow another
        # now; what is missing is seen to after that.
        self.is_deletion = any(page.pk == gone and page.live for page in self.pages.values())

    def settle(self, slugs: dict[str, str]) -> None:
        moved: dict[str, Page] = {}
        for code in self.locales:
            best = next((other for other in languages.fallbacks(code) if other in self.written), None)
            if best == code:
                continue
            if code not in self.pages:
                if best and not self.is_deletion:
                    _make_alias(self.written[best], code, slugs.get(code))
            elif self.pages[code].alias_of_id is None:
                self._lend(self.pages[code], best)
            elif best and self._follow(self.pages[code], self.written[best]):
                moved[best] = self.written[best]
        for source in moved.values():
            source.specific.update_aliases()

    def _follow(self, alias: Page, best: Page) -> bool:
        """Let an alias follow another page; True where its text is still that of the one before."""
        if alias.alias_of_id == best.pk or alias.alias_of_id not in {page.pk for page in self.pages.values()}:
            return False
        Page.objects.filter(pk=alias.pk).update(alias_of=best)
        return best.pk != self.published

    def _lend(self, page: Page, best: str | None) -> None:
        """Show the best text instead of one that isn't published; what nobody may read isn't lent to anybody."""
        source = self.written.get(best)
        if source is None or source.is_private:
            if page.live and _borrows(page):
                page.unpublish(log_action=False)
        elif not _borrows(page):
            if not page.live:
                _borrow(page.specific, source.specific, best)
        elif source.pk == self.published or (page.live and page.borrowed_text.language != best):
            _borrow(page.specific, source.specific, best)


def _borrows(page: Page) -> bool:
    return hasattr(page, "borrowed_text")


def _make_alias(source: Page, code: str, slug: str | None) -> None:
    locale = Locale.objects.get(language_code=code)
    parent = source.get_parent()
    try:
        with transaction.atomic():
            parent = parent if parent.is_root() else parent.get_translation_or_none(locale)
            if slug and parent and not parent.get_children().filter(slug=slug).exists():
                alias = source.create_alias(
                    parent=parent, update_slug=slug, update_locale=locale, reset_translation_key=False
                )
            else:
                alias = source.copy_for_translation(locale, copy_parents=True, alias=True)
    except (IntegrityError, ValidationError):
        if source.has_translation(locale):
            return  # somebody else has just made it
        raise
    alias = alias.specific
    page_published.send(sender=type(alias), instance=alias, revision=None, alias=True)


def _borrow(page: Page, source: Page, language: str) -> None:
    """Show the text of `source` at the address of a page whose own isn't published; that stays in its latest revision."""
    if not page.latest_revision_id:
        page.save_revision(clean=False)
    shown = page.with_content_json(source.serializable_data())
    source.copy_all_child_relations(target=shown, exclude=["id"])
    shown.live, shown.has_unpublished_changes, shown.live_revision = True, True, None
    # When its own text comes and goes is in its revision.
    shown.go_live_at = shown.expire_at = None
    shown.expired = False
    shown.last_published_at = source.last_published_at
    shown.slug = page.slug
    shown.set_url_path(shown.get_parent())
    with transaction.atomic():
        shown.save(clean=False)
        BorrowedText.objects.update_or_create(page_id=page.pk, defaults={"language": language})
        page_published.send(sender=type(shown), instance=shown, revision=None, alias=True)


# Questions


def is_source(page: Page) -> bool:
    """Whether the translations of a page were made from it: it is the first with a text of its own."""
    own = Page.objects.filter(translation_key=page.translation_key, alias_of__isnull=True)
    return own.order_by("pk").values_list("pk", flat=True).first() == page.pk


def language_shown(page: Page) -> str:
    """The other language in which readers of a page's tree see it; empty where they don't see it, or in its own."""
    there = Page.objects.live().filter(translation_key=page.translation_key, locale=page.locale_id)
    return there.annotate(borrowed=borrowed_language()).values_list("borrowed", flat=True).first() or ""


# What signals call


def page_was_published(instance: Page, alias: bool = False, **_signal) -> None:
    """A page has a text of its own now, perhaps a better one for others."""
    if not alias:
        show_the_best(instance.translation_key, published=instance.pk)


def page_was_unpublished(instance: Page, **_signal) -> None:
    """A page is gone, or about to be: its aliases went with it. What shows another's text stays hidden until that is
    published again."""
    if not instance.alias_of_id and not BorrowedText.objects.filter(page=instance.pk).exists():
        show_the_best(instance.translation_key, gone=instance.pk)


def page_was_copied(target_obj, **_signal) -> None:
    """Somebody begins to translate a page."""
    if isinstance(target_obj, Page) and not target_obj.alias_of_id:
        show_the_best(target_obj.translation_key)


def page_will_be_deleted(instance: Page, **_signal) -> None:
    """What follows it is no alias any more afterwards."""
    instance._followers = list(Page.objects.filter(alias_of=instance.pk).values_list("pk", flat=True))


def page_was_deleted(instance: Page, **_signal) -> None:
    """In one language, or in all, which is known once all is done. What could follow no other page goes too; where others are
    still below it, it stays unpublished, but for readers it is gone."""
    slugs = {locale_codes().get(instance.locale_id, ""): instance.slug}

    def settle():
        show_the_best(instance.translation_key, slugs=slugs)
        left = Page.objects.filter(pk__in=getattr(instance, "_followers", ()), alias_of__isnull=True, live=False)
        for orphan in left.filter(latest_revision__isnull=True):
            if orphan.numchild:
                page_goes(orphan)
            else:
                orphan.delete()

    transaction.on_commit(settle)


def restriction_was_changed(instance: PageViewRestriction, **_signal) -> None:
    """What has become private isn't lent any more."""
    page_was_moved(instance.page)


def page_was_moved(instance: Page, **_signal) -> None:
    """Below a private page, perhaps, or out of there."""
    below = private_with(instance).values("translation_key")
    lent = BorrowedText.objects.filter(page__translation_key__in=below)
    for key in set(lent.values_list("page__translation_key", flat=True)):
        show_the_best(key)
