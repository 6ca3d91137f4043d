"""What the interface says in each language, and whether a page says it in another."""

import functools
import re

from django.conf import settings

from initiative.base import messages

# English and yet right: what other languages write in the same way, or names.
SAME_WORDS = {"Newsletter"}


@functools.cache
def _interface(code) -> dict[str, tuple]:
    """English sentence → how the interface says it in a language, plural forms and all."""
    said = {}
    for message in messages.read_catalog(settings.LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.po"):
        if message.id:
            english = (message.id,) if isinstance(message.id, str) else message.id
            said[english] = (message.string,) if isinstance(message.string, str) else message.string
    return said


def _sentences(code) -> set[str]:
    """What the interface says in a language."""
    if code == "en":
        return {sentence for english in _interface("fr") for sentence in english}
    return {sentence for said in _interface(code).values() for sentence in said}


def foreign(of, at) -> tuple[set[str], re.Pattern]:
    """What the interface says in the language `of` and never in `at`: exact sentences, and a pattern of those with
    placeholders."""
    exact, patterns = set(), []
    for sentence in _sentences(of) - _sentences(at) - SAME_WORDS:
        if "%(" in sentence:
            literal = re.split(r"%\(\w+\)s", sentence)
            # A pattern of next to nothing but placeholders would match names.
            if len("".join(literal).strip()) >= 6:
                patterns.append(".+".join(re.escape(part) for part in literal))
        else:
            exact.add(" ".join(sentence.split()))
    return exact, re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def found_on(pages, of, at) -> dict[str, str]:
    """What the interface would say in the language `of`, found on the pages of the language `at`, each with one of them."""
    exact, patterns = foreign(of, at)
    found = {}
    for page in pages:
        if page.language == at:
            for text in page.spoken:
                text = text.strip(" :,;()?…–—|")
                if text in exact or patterns.fullmatch(text):
                    found.setdefault(text, page.path)
    return found
