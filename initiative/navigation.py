"""Header and footer menus, and the roles that templates link to."""

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from initiative.base import freshness, languages
from initiative.base.landmarks import landmarks, page_path
from initiative.base.querysets import borrowed_language
from initiative.base.replica import from_primary
from initiative.models import MenuItem

_KEY = "menus"


def _read() -> dict[str, dict[str, list[dict]]]:
    """Language → menu → items, in two statements."""
    items = list(MenuItem.objects.order_by("menu", "order", "pk").values_list("menu", "page__translation_key"))
    rows = (
        Page.objects.live()
        .filter(translation_key__in={key for _menu, key in items})
        .annotate(borrowed=borrowed_language())
        .values_list("translation_key", "locale__language_code", "title", "url_path", "borrowed")
    )
    # A page that borrows its text carries the title of another: `lang` says which language that is.
    pages = {
        (key, language): {"title": title, "url": page_path(language, path), "lang": source}
        for key, language, title, path, source in rows
    }
    menus = {}
    for code in languages.codes():
        chosen = menus.setdefault(code, {menu.value: [] for menu in MenuItem.Menu})
        for menu, key in items:
            if page := pages.get((key, code)):
                chosen[menu].append(page)
    return menus


def menus(path: str = "", language: str | None = None) -> dict[str, list[dict]]:
    """Menu → `{"title", "url", "lang", "current"}` in a language; an item is current on its page and below it.

    `lang` is the title's language where it isn't the reader's, else empty.
    """
    found = cache.get(_KEY)
    if found is None:
        with from_primary():
            found = _read()
        cache.set(_KEY, found, freshness.KNOWN)
    chosen = found.get(language or languages.current(), {})
    return {
        menu: [{**item, "current": path.startswith(item["url"])} for item in items] for menu, items in chosen.items()
    }


def links() -> dict[str, str]:
    """Role → path of every landmark, and of the site search, in the active language."""
    return {**landmarks().links(), "search": reverse("search")}


def forget_menus(**_signal) -> None:
    """Forget what was kept: at once for this transaction, and again when it is committed."""
    cache.delete(_KEY)
    transaction.on_commit(lambda: cache.delete(_KEY))
