"""The site's languages: their own names, writing direction and fallbacks. `settings.LANGUAGES` is the one list."""

from functools import cache, lru_cache
from unicodedata import combining, normalize

from babel import Locale
from babel.lists import format_list
from django.conf import settings
from django.utils.translation import get_language, to_locale
from django.utils.translation.trans_real import get_languages


def codes() -> list[str]:
    """Language codes in the order of settings, such as `["en", "fr", "es", "ar"]`."""
    return [code for code, _name in settings.LANGUAGES]


def current() -> str:
    """The active language where the site has it, else the site's default."""
    active = get_language() or settings.LANGUAGE_CODE
    return active if active in get_languages() else settings.LANGUAGE_CODE


@lru_cache(maxsize=256)
def own_name(code: str) -> str:
    """A language's name in that language, with a capital: `Français`."""
    name = language_name(code, code)
    return name[:1].upper() + name[1:]


def direction(code: str) -> str:
    """`rtl` or `ltr`, for any language code that CLDR knows; `ltr` for others."""
    return "rtl" if code.split("-")[0] in ("ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi") else "ltr"


def fallbacks(code: str) -> list[str]:
    """The languages a reader of `code` is served, best first: its own, then those of settings."""
    chain = settings.LANGUAGE_FALLBACKS.get(code, settings.LANGUAGE_FALLBACKS["default"])
    return list(dict.fromkeys([code, *chain]))


def listed(words: list[str], style: str = "standard") -> str:
    """Words as a list of the active language: `a, b and c`, or with `style="or"` `a, b or c`."""
    return format_list(words, style=style, locale=babel_locale(current()))


@cache
def babel_locale(code: str | None = None) -> Locale:
    """Babel's locale for a Django language code."""
    code = code or settings.LANGUAGE_CODE
    return Locale.parse("en_GB" if code == "en" else to_locale(code))  # the project writes British English


# Names of countries, for the most part: a few hundred in each language.
@lru_cache(maxsize=4_096)
def in_order(text: str) -> str:
    """What a name is sorted by: letters without accents, so that États-Unis stands among the E."""
    return "".join(letter for letter in normalize("NFKD", text) if not combining(letter)).casefold()


def language_name(code: str, reader: str | None = None) -> str:
    """The name of language `code` in the reader's language (the active one by default), or the code where CLDR has none."""
    language, _dash, rest = code.partition("-")
    known = f"{language}_{rest.upper() if len(rest) == 2 else rest.title()}" if rest else language
    return babel_locale(reader or current()).languages.get(known, code)
