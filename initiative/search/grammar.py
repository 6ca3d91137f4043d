"""What a reader typed, understood: words, "phrases", -without, OR, word*. Any text is a valid query."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from initiative.search import analysis

# Longer queries are pasted texts; what comes after is ignored.
_LONGEST = 1_000
_MOST_CLAUSES = 24
_SHORTEST_PREFIX = 2

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_PARTS = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"?(?P<star>[*])?|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Term:
    """One thing to find: a word, a phrase, or the beginning of a word.

    `words` are as typed, folded. With `exact` they must stand in the text just so, one after the other (with `prefix`,
    the last may go on); else one of `stems` must: the same words as each of the site's languages stems them.
    """

    words: tuple[str, ...]
    stems: tuple[tuple[str, ...], ...]
    exact: bool = False
    prefix: bool = False


Clause = tuple[Term, ...]  # any of these


@dataclass(frozen=True)
class Expression:
    """A whole query: every clause of `required`, none of `excluded`."""

    required: tuple[Clause, ...] = ()
    excluded: Clause = ()

    def __bool__(self):
        return bool(self.required or self.excluded)

    @property
    def terms(self) -> list[Term]:
        """Everything to find, in the order typed."""
        return [term for clause in self.required for term in clause]


def parse(text: str, language: str, languages: Sequence[str], *, exact: bool = False) -> Expression:
    """Understand a query typed by a reader of `language` on a site in `languages`.

    `exact` takes every word as typed. Stop words are left out, unless there is nothing else.
    """
    parts = list(_parts(text[:_LONGEST]))
    reader = _Reader(language, languages, exact)
    expression = reader.read(parts)
    if expression or not parts:
        return expression
    return _Reader(language, languages, exact=True, stop=frozenset()).read(parts)


@dataclass(frozen=True)
class _Part:
    words: tuple[str, ...]
    minus: bool = False
    phrase: bool = False
    prefix: bool = False
    operator: str = ""


def _parts(text: str):
    for match in _PARTS.finditer(text.translate(_QUOTES)):
        typed, minus = match["word"] or "", bool(match["minus"])
        if typed in ("OR", "|", "AND", "&") and not minus:
            yield _Part((), operator="or" if typed in ("OR", "|") else "and")
            continue
        words = tuple(analysis.words(typed or match["phrase"] or ""))
        if words:
            prefix = (typed.endswith("*") or bool(match["star"])) and len(words[-1]) >= _SHORTEST_PREFIX
            yield _Part(words, minus, match["phrase"] is not None, prefix)


class _Reader:
    """Turns parts into an expression."""

    def __init__(self, language: str, languages: Sequence[str], exact: bool, stop: frozenset[str] | None = None):
        self.languages = list(dict.fromkeys([language, *languages]))
        self.language = language
        self.exact = exact
        self.stop = analysis.stop_words(language) if stop is None else stop

    def read(self, parts: list[_Part]) -> Expression:
        required: list[list[Term]] = []
        excluded: list[Term] = []
        alternative = False  # the part before was OR, and there is something for it to join
        for part in parts:
            if part.operator:
                alternative = part.operator == "or" and bool(required)
                continue
            term = self._term(part)
            if term is None:
                continue
            if part.minus:
                excluded.append(term)
            elif alternative:
                required[-1].append(term)
            else:
                required.append([term])
            alternative = False
        clauses = dict.fromkeys(tuple(dict.fromkeys(clause))[:_MOST_CLAUSES] for clause in required)
        return Expression(tuple(clauses)[:_MOST_CLAUSES], tuple(dict.fromkeys(excluded))[:_MOST_CLAUSES])

    def _term(self, part: _Part) -> Term | None:
        words = part.words
        if not part.phrase and not part.prefix:
            telling = tuple(word for word in words if word not in self.stop)
            if not telling:
                return None
            # "l'eau" asks for "eau"; taken exactly, what was typed together stays together.
            words = words if self.exact else telling
        told = [word for word in words if word not in self.stop]
        stems = (tuple(analysis.stems(told, code)) for code in self.languages)
        return Term(
            words=words,
            stems=tuple(dict.fromkeys(filter(None, stems))),
            exact=self.exact or part.phrase or part.prefix,
            prefix=part.prefix,
        )
