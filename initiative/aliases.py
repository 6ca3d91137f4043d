"""Pages that aren't written in a language follow the best written one, as `LANGUAGE_FALLBACKS` has it.

Wagtail makes an alias follow the page it was made from, and never asks again.
"""

from django.db import transaction
from wagtail.models import Page

from initiative.base import languages


def follow_the_best(page: Page, gone: bool = False) -> None:
    """Let the aliases of a page and of its translations follow the best published one; `gone`: this one is no longer.

    Where none is published, they stay as they are. One statement where nothing changes.
    """
    family = list(Page.objects.filter(translation_key=page.translation_key).select_related("locale", "borrowed_text"))
    written = {
        one.locale.language_code: one
        for one in family
        if one.live and not one.alias_of_id and not hasattr(one, "borrowed_text") and not (gone and one.pk == page.pk)
    }
    keys = {one.pk for one in family}
    moved: dict[Page, list] = {}
    for alias in family:
        if alias.alias_of_id in keys:
            best = next(
                (written[code] for code in languages.fallbacks(alias.locale.language_code) if code in written), None
            )
            if best and best.pk != alias.alias_of_id:
                moved.setdefault(best, []).append(alias.pk)
    for best, aliases in moved.items():
        with transaction.atomic():
            Page.objects.filter(pk__in=aliases).update(alias_of=best)
            if gone or best.pk != page.pk:  # a page just published brings its aliases up to date by itself
                best.specific.update_aliases()


def page_was_published(instance, alias=False, **_signal) -> None:
    """A page has a text of its own now, perhaps a better one for others."""
    if not alias:
        follow_the_best(instance)


def page_was_unpublished(instance, **_signal) -> None:
    """A page is gone, or about to be: its aliases went with it."""
    if not instance.alias_of_id:
        follow_the_best(instance, gone=True)
