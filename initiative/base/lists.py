"""Several things in a row, as the reader's language puts them, by CLDR."""

from collections.abc import Iterable
from functools import cache, lru_cache

from babel.lists import format_list
from django.utils.translation import get_language, override, pgettext

from initiative.base.languages import babel_locale, current, direction

# Unicode's own marks around a text that may run in another direction, where there is no markup to say so.
_ISOLATE, _END = "\u2068", "\u2069"


def listed(items: Iterable, language: str | None = None) -> str:
    """`English, French and Spanish`; `anglais, français et espagnol`."""
    return _listed(tuple(str(item) for item in items), language or current())


# Rows of a list say the same few again and again.
@lru_cache(maxsize=256)
def _listed(items: tuple[str, ...], language: str) -> str:
    return format_list(items, locale=babel_locale(language))


def comma(language: str | None = None) -> str:
    """What stands between names and other things that no “and” closes, with the space after it."""
    return _comma(language or get_language())


# Rows of a list ask for it dozens of times, and gettext looks through its catalogues each time.
@cache
def _comma(language: str | None) -> str:
    with override(language):
        # Translators: between two items of a list, such as names; with the space.
        return pgettext("between items", ", ")


def named(names: Iterable[str], language: str | None = None) -> str:
    """Proper names in a row. For readers of a right-to-left language each keeps its own direction."""
    language = language or current()
    if direction(language) == "rtl":
        names = (f"{_ISOLATE}{name}{_END}" for name in names)
    return comma(language).join(names)
