"""Where a link to a page leads: to the page in the reader's language, whichever of its translations was chosen."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction
from wagtail.models import Locale, Page

from initiative.base import freshness, languages
from initiative.base.landmarks import page_path
from initiative.base.replica import from_primary

_LOCALES = "locales"


def locale_codes() -> dict[int, str]:
    """Locale id → language code; one statement, kept for a few seconds."""
    codes = cache.get(_LOCALES)
    if codes is None:
        with from_primary():
            codes = dict(Locale.objects.values_list("pk", "language_code"))
        cache.set(_LOCALES, codes, freshness.KNOWN)
    return codes


def language_of(page: Page) -> str:
    """The language of the tree that a page is in, without asking the database for each page."""
    return locale_codes().get(page.locale_id) or page.locale.language_code


def page_paths(ids: Iterable[int], language: str | None = None) -> dict[int, str]:
    """Page id → path of that page in a language (the active one by default), or in its own where it has no translation.

    Pages that aren't live are left out. One statement for all that isn't known already.
    """
    language = language or languages.current()
    keys = {pk: f"path-{language}-{pk}" for pk in ids if pk}
    known = cache.get_many(keys.values())
    missing = [pk for pk, key in keys.items() if key not in known]
    if missing:
        with from_primary():
            found = _look_up(missing, language)
        cache.set_many({keys[pk]: found.get(pk, "") for pk in missing}, freshness.KNOWN)
        known |= {keys[pk]: found.get(pk, "") for pk in missing}
    return {pk: known[key] for pk, key in keys.items() if known[key]}


def _look_up(ids: list[int], language: str) -> dict[int, str]:
    chosen = Page.objects.filter(pk__in=ids)
    rows = (
        Page.objects.live()
        .filter(translation_key__in=chosen.values("translation_key"))
        .values_list("pk", "translation_key", "locale__language_code", "url_path")
    )
    by_page, by_language = {}, {}
    for pk, key, code, url_path in rows:
        by_page[pk] = (key, page_path(code, url_path))
        by_language[key, code] = page_path(code, url_path)
    return {pk: by_language.get((by_page[pk][0], language), by_page[pk][1]) for pk in ids if pk in by_page}


def forget_locales(**_signal) -> None:
    """Forget which locales there are."""
    cache.delete(_LOCALES)
    transaction.on_commit(lambda: cache.delete(_LOCALES))


def forget_path(instance=None, **_signal) -> None:
    """Forget where a page leads, in every language."""
    if instance is not None:
        keys = [f"path-{code}-{instance.pk}" for code in languages.codes()]
        cache.delete_many(keys)
        transaction.on_commit(lambda: cache.delete_many(keys))
