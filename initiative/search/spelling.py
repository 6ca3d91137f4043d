"""The words of the index, counted, and what a misspelt query probably meant."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from initiative.search import analysis
from initiative.search.engines.base import Candidate, Engine
from initiative.search.grammar import Expression
from initiative.search.models import SearchEntry, SearchWord

# Beyond these, a text (a whole PDF) brings more of its own typing mistakes than words.
_MOST_WORDS = 500
_SHORTEST, _LONGEST = 3, 40
_MOST_CORRECTED = 8
_PORTION = 1_000


class WordCounts:
    """What writing entries changes about the words of each language, until `apply` stores it."""

    def __init__(self):
        self._changes: dict[str, Counter[str]] = defaultdict(Counter)
        # How words are written in texts of the language itself, and elsewhere: in keywords and in texts shown instead.
        self._written: dict[str, dict[str, str]] = defaultdict(dict)
        self._elsewhere: dict[str, dict[str, str]] = defaultdict(dict)
        # Texts that are shown in several languages come several times, soon after each other.
        self._spellings_of = lru_cache(maxsize=1_000)(_spellings_of)
        self._spellings = lru_cache(maxsize=1_000)(self._words_of)

    def replace(self, before: SearchEntry | None, after: SearchEntry | None) -> None:
        """Count an entry's new words and no longer its old ones; None for an entry that wasn't or won't be."""
        if before is not None:
            _text, _keywords, words = self._spellings(before.title, before.body, before.keywords)
            self._changes[before.language].subtract(words)
        if after is not None:
            text, keywords, words = self._spellings(after.title, after.body, after.keywords)
            self._changes[after.language].update(words)
            own = after.shown_language == after.language
            (self._written if own else self._elsewhere)[after.language].update(text)
            self._elsewhere[after.language].update(keywords)

    def _words_of(self, title: str, body: str, keywords: str) -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
        """The words that a suggestion may be made of, of title and body and of the keywords (folded → as written), and
        all of them, folded."""
        text = {**self._spellings_of(body), **self._spellings_of(title)}
        others = self._spellings_of(keywords)
        return text, others, frozenset(text).union(others)

    @property
    def changes(self) -> tuple:
        """All that was counted, for `add` of another."""
        return self._changes, self._written, self._elsewhere

    def add(self, changes: tuple) -> None:
        """What another counted counts here."""
        counted, written, elsewhere = changes
        for language, words in counted.items():
            self._changes[language].update(words)
        for mine, other in ((self._written, written), (self._elsewhere, elsewhere)):
            for language, words in other.items():
                mine[language].update(words)

    def apply(self) -> None:
        """Store the counts and start again from none."""
        for language, changes in self._changes.items():
            changed = sorted(word for word, change in changes.items() if change)
            for portion in _portions(changed):
                self._store(language, portion)
        self._changes.clear()
        self._written.clear()
        self._elsewhere.clear()

    def _store(self, language: str, words: Sequence[str]) -> None:
        known = {row.word: row for row in SearchWord.objects.filter(language=language, word__in=words)}
        stored, gone = [], []
        for word in words:
            row = known.get(word) or SearchWord(language=language, word=word)
            row.written = self._written[language].get(word) or row.written or self._elsewhere[language].get(word, word)
            row.entries = max(0, row.entries + self._changes[language][word])
            if row.entries:
                stored.append(row)
            elif row.pk:
                gone.append(row.pk)
        SearchWord.objects.bulk_create(
            stored,
            update_conflicts=True,
            unique_fields=["language", "word"],
            update_fields=["entries", "written"],
        )
        SearchWord.objects.filter(pk__in=gone).delete()


def _spellings_of(text: str) -> dict[str, str]:
    spellings = {}
    for word in analysis.WORD.findall(text)[:_MOST_WORDS]:
        folded = analysis.fold(word)
        if _SHORTEST <= len(folded) <= _LONGEST and folded.isalpha():
            spellings[folded] = word.lower()
    return spellings


def _portions(items: Sequence) -> Iterator[Sequence]:
    return (items[start : start + _PORTION] for start in range(0, len(items), _PORTION))


def correct(engine: Engine, language: str, text: str, expression: Expression) -> str:
    """The text with words that the index doesn't know replaced by likely ones that it does; empty where there are none.

    One statement.
    """
    typed = dict.fromkeys(word for term in expression.terms if not term.prefix for word in term.words)
    stop = analysis.stop_words(language)
    words = [word for word in typed if word.isalpha() and _SHORTEST <= len(word) <= _LONGEST and word not in stop]
    if not words:
        return ""
    corrections = {}
    for word, candidates in engine.similar_words(language, words[:_MOST_CORRECTED]).items():
        if best := _likeliest(word, candidates):
            corrections[word] = best
    if not corrections:
        return ""
    return analysis.WORD.sub(lambda match: corrections.get(analysis.fold(match[0]), match[0]), text)


def _likeliest(word: str, candidates: Sequence[Candidate]) -> str:
    """How the nearest candidate is written, of equally near ones the commonest; empty if the word is right or none is near."""
    farthest = 1 if len(word) <= 5 else 2
    ranked = []
    for candidate in candidates:
        if candidate.word == word:
            return ""
        distance = _distance(word, candidate.word)
        if distance <= farthest:
            ranked.append((distance, -candidate.entries, candidate.written))
    return min(ranked)[2] if ranked else ""


def _distance(one: str, other: str) -> int:
    """How many letters to add, drop, change or swap with their neighbour to make one word the other."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        before_last, last = last, current
    return last[-1]
