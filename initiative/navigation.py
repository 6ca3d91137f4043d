"""Header and footer menus, and the roles that templates link to."""

from django.urls import reverse
from wagtail.models import Page

from initiative.base import languages
from initiative.base.known import Known
from initiative.base.landmarks import landmarks, page_path
from initiative.base.querysets import borrowed_language
from initiative.models import MenuItem


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
    chosen = _menus().get(language or languages.current(), {})
    return {
        menu: [{**item, "current": path.startswith(item["url"])} for item in items] for menu, items in chosen.items()
    }


def links() -> dict[str, str]:
    """Role → path of every landmark, and of the site search, in the active language."""
    return {**landmarks().links(), "search": reverse("search")}


_menus: Known[dict[str, dict[str, list[dict]]]] = Known("menus", _read)
forget_menus = _menus.forget
