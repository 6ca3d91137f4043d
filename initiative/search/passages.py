"""Finding the place in a long text, such as that of a PDF, without reading all of it word by word."""

import re
from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString

from initiative.search.grammar import Clause, Term
from initiative.search.highlight import Highlighter

# So much of the text around a likely place is looked at word by word, before and after it, in characters.
_BEFORE, _AFTER = 200, 500
_MOST_PLACES = 60
# So many letters at the beginning of a word make a place likely. Endings, and British and American spellings, differ later.
_LETTERS = 3

# How letters and digits (CO₂) that are folded may be written.
_WRITTEN = {
    "a": "aàáâãäåā", "c": "cçč", "e": "eèéêëēě", "i": "iìíîïī", "n": "nñ", "o": "oòóôõöøōœ", "s": "sšş", "u": "uùúûüū",
    "y": "yýÿ", "2": "2₂²", "3": "3₃³", "4": "4₄⁴",
}  # fmt: skip


def missing(clauses: Sequence[Clause], texts: Iterable[tuple[str, str]], site_language: str) -> list[Term]:
    """The terms of the clauses that none of some (text, language) has anything of."""
    texts = list(texts)
    left = []
    for clause in clauses:
        highlighter = Highlighter(clause, site_language)
        if not any(highlighter.finds(text, language) for text, language in texts):
            left += clause
    return left


def first_passage(terms: Sequence[Term], text: str, language: str, site_language: str) -> SafeString | None:
    """The first passage of a text of a language that has any of the terms, marked; None where it can't be found quickly."""
    likely, highlighter = _likely(terms), Highlighter(terms, site_language)
    done = 0
    for _place in range(_MOST_PLACES):
        found = likely.search(text, done)
        if not found:
            break
        start = text.rfind(" ", 0, max(0, found.start() - _BEFORE)) + 1
        done = min(len(text), found.end() + _AFTER)
        end = text.find(" ", done)
        window = text[start : end if end > 0 else len(text)]
        if highlighter.finds(window, language):
            return highlighter.snippet(window, language, cut=(start > 0, 0 < end < len(text)))
    return None


def _likely(terms: Sequence[Term]) -> re.Pattern:
    beginnings = {word[0] for term in terms for word in (term.words, *term.stems) if word}
    patterns = {_pattern(word[:_LETTERS]) for word in beginnings}
    return re.compile("|".join(sorted(patterns)), re.IGNORECASE)


def _pattern(letters: str) -> str:
    written = "".join(f"[{_WRITTEN[letter]}]" if letter in _WRITTEN else re.escape(letter) for letter in letters)
    # Other scripts write articles and conjunctions at the beginning of the word itself.
    return rf"\b{written}" if letters.isascii() else written
