"""Header and footer menus, and the roles that templates link to."""

from dataclasses import dataclass, field
from operator import eq

from django.urls import reverse
from wagtail.models import Page

from initiative.base import languages
from initiative.base.known import Known
from initiative.base.landmarks import landmarks, page_path
from initiative.base.prepared import Prepared
from initiative.base.querysets import borrowed_language
from initiative.models import MenuItem


class Menus(dict[str, list[dict]]):
    """Menu → `{"title", "url", "lang", "current"}`, as some pages have them; stays as it is. `drawn`: what was drawn of it."""

    def __init__(self, items: dict[str, list[dict]]):
        super().__init__(items)
        self.drawn: dict = {}


@dataclass
class _Known:
    """The menus of a language, and as they are by where one is. The same are those of the same items."""

    items: dict[str, list[dict]]
    _shown: dict[tuple[str, ...], Menus] = field(default_factory=dict, init=False, repr=False, compare=False)

    def at(self, path: str) -> Menus:
        around = tuple(
            {item["url"]: None for items in self.items.values() for item in items if path.startswith(item["url"])}
        )
        # Templates tell the page itself from what is below it.
        where = (*around, "here") if path in around else around
        if where not in self._shown:
            self._shown[where] = Menus(
                {
                    menu: [{**item, "current": item["url"] in around} for item in items]
                    for menu, items in self.items.items()
                }
            )
        return self._shown[where]


def _read() -> dict[str, _Known]:
    """Language → its menus, in two statements."""
    # A page that borrows its text carries the title of another: `lang` says which language that is.
    pages = {
        (key, language): {"title": title, "url": page_path(language, path), "lang": source}
        for key, language, title, path, source in _pages()
    }
    items = _items()
    menus = {}
    for code in languages.codes():
        chosen = {menu.value: [] for menu in MenuItem.Menu}
        menus[code] = _Known(chosen)
        for menu, key in items:
            if page := pages.get((key, code)):
                chosen[menu].append(page)
    return menus


def _pages_in_menus():
    return (
        Page.objects.live()
        .filter(translation_key__in=MenuItem.objects.values("page__translation_key"))
        .annotate(borrowed=borrowed_language())
        .values_list("translation_key", "locale__language_code", "title", "url_path", "borrowed")
    )


_pages = Prepared(_pages_in_menus)
_items = Prepared(lambda: MenuItem.objects.order_by("menu", "order", "pk").values_list("menu", "page__translation_key"))


def menus(path: str = "", language: str | None = None) -> Menus:
    """The menus in a language; an item is current on its page and below it.

    `lang` is the title's language where it isn't the reader's, else empty.
    """
    known = _menus().get(language or languages.current())
    return known.at(path) if known else Menus({})


def links() -> dict[str, str]:
    """Role → path of every landmark, and of the site search, in the active language."""
    return {**landmarks().links(), "search": reverse("search")}


# While they stay the same, header and footer needn't be drawn again: all else these are made of is named there, or a release's.
_menus: Known[dict[str, _Known]] = Known("menus", _read, same=eq)
forget_menus = _menus.forget
