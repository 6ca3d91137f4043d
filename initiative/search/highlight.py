"""Showing what was found: <mark> around it in titles and snippets, everything else escaped."""

from collections.abc import Iterable, Sequence, Set
from html import escape
from itertools import chain

from django.utils.safestring import SafeString, mark_safe

from initiative.search import analysis
from initiative.search.grammar import Term

_SNIPPET = 240  # characters
_LEAD = 60  # of them, before the first match
_MOST_SPANS = 200  # weighed against each other

Span = tuple[int, int]


class Highlighter:
    """Finds the terms of a query in texts."""

    def __init__(self, terms: Iterable[Term], site_language: str):
        self.site_language = site_language
        self._exact: dict[str, list[tuple[str, ...]]] = {}
        self._stems: dict[str, list[tuple[str, ...]]] = {}
        self._prefixes: list[tuple[str, ...]] = []
        for term in terms:
            if term.prefix:
                self._prefixes.append(term.words)
            else:
                # A word as typed is found whatever language its text is in.
                self._exact.setdefault(term.words[0], []).append(term.words)
            if not term.exact:
                for stems in term.stems:
                    self._stems.setdefault(stems[0], []).append(stems)
        sequences = chain(*self._exact.values(), *self._stems.values(), self._prefixes)
        self._of_single_words = all(len(sequence) == 1 for sequence in sequences)
        # Language → word of a text → whether it is found: texts that are shown together have many of the same.
        self._found: dict[str, analysis.Kept[bool]] = {}

    def title(self, text: str, language: str) -> SafeString:
        """A whole text of a language with everything found marked."""
        return _marked(text, self._spans(text, language))

    def finds(self, text: str, language: str) -> bool:
        """Whether anything is found in a text of a language."""
        return bool(self._spans(text, language))

    def snippet(self, text: str, language: str, cut: tuple[bool, bool] = (False, False)) -> SafeString:
        """The passage of a text that shows most of what was found, else its beginning; at most about 240 characters.

        `cut`: whether the text itself goes on before and after."""
        spans = self._spans(text, language)
        start, end = _passage(text, spans)
        inside = [
            (max(left, start) - start, min(right, end) - start) for left, right in spans if left < end and right > start
        ]
        shown = _marked(text[start:end], inside)
        before, after = "… " if start or cut[0] else "", " …" if end < len(text.rstrip()) or cut[1] else ""
        return mark_safe(f"{before}{shown}{after}")  # noqa: S308  (escaped, and four marks of ours)

    def _spans(self, text: str, language: str) -> list[Span]:
        if not (self._exact or self._prefixes):
            return []
        if self._of_single_words:
            if language not in self._found:
                begun = tuple(word for (word,) in self._prefixes)
                self._found[language] = _found(
                    self._exact.keys(), begun, self._stems.keys(), language, self.site_language
                )
            found = self._found[language]
            return [match.span() for match in analysis.places(text) if found[match[0]]]
        places, words = [], []
        for match in analysis.places(text):
            if folded := analysis.fold(match[0]):
                places.append(match.span())
                words.append(folded)
        spans = list(_sequences(places, words, self._exact))
        spans += _prefixed(places, words, self._prefixes)
        if self._stems:
            stop = analysis.stop_words(self.site_language)
            told = [index for index, word in enumerate(words) if word not in stop]
            stems = analysis.stems([words[index] for index in told], language)
            spans += _sequences([places[index] for index in told], stems, self._stems)
        return _merged(spans)


def _found(
    exact: Set[str], begun: tuple[str, ...], stems: Set[str], language: str, site_language: str
) -> analysis.Kept[bool]:
    """Word of a text in a language → whether it is one of those that are looked for, all of them single."""
    stop, stem_of = analysis.stop_words(site_language), analysis.stems_of(language)

    def is_found(word: str) -> bool:
        folded = analysis.fold(word)
        if not folded or folded in exact or folded.startswith(begun):
            return bool(folded)
        return bool(stems) and stem_of[folded] in stems and folded not in stop

    return analysis.Kept(is_found)


def _sequences(
    places: Sequence[Span], words: Sequence[str], wanted: dict[str, list[tuple[str, ...]]]
) -> Iterable[Span]:
    for index, word in enumerate(words):
        for sequence in wanted.get(word, ()):
            if tuple(words[index : index + len(sequence)]) == sequence:
                yield places[index][0], places[index + len(sequence) - 1][1]


def _prefixed(places: Sequence[Span], words: Sequence[str], wanted: Sequence[tuple[str, ...]]) -> Iterable[Span]:
    for *first, last in wanted:
        for index, word in enumerate(words):
            start = index - len(first)
            if word.startswith(last) and start >= 0 and list(words[start:index]) == first:
                yield places[start][0], places[index][1]


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _passage(text: str, spans: Sequence[Span]) -> Span:
    """The stretch of text that has most different things found, widened or narrowed to whole words."""
    if len(text) <= _SNIPPET:
        return 0, len(text)
    best, most = 0, 0
    spans = spans[:_MOST_SPANS]
    for left, _right in spans:
        start = max(0, left - _LEAD)
        seen = {text[one:other].casefold() for one, other in spans if start <= one and other <= start + _SNIPPET}
        if len(seen) > most:
            best, most = start, len(seen)
    end = min(len(text), best + _SNIPPET)
    if best:
        best = text.find(" ", best, best + _LEAD) + 1 or best
    if end < len(text):
        end = max(text.rfind(" ", end - _LEAD, end), best) if " " in text[end - _LEAD : end] else end
    return best, end


def _marked(text: str, spans: Sequence[Span]) -> SafeString:
    # By hand: format_html takes four times as long, for forty texts of a page.
    parts, done = [], 0
    for start, end in spans:
        parts += (escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>")
        done = end
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308  (each part escaped above)
