"""What changed between two wordings, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from initiative.base.wording import count_words

# A word, the target of a link, a sign, or the end of a line; each takes the spaces before it along.
_TOKEN = re.compile(r"[^\S\n]*(?:\[[^\]\n]*\]|\w[\w'’.-]*\w|\w|[^\w\s]|\n)")
SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """Words in a row that stayed, came or went (`SAME`, `ADDED`, `REMOVED`)."""

    kind: str
    text: str


def word_difference(before: str, now: str) -> list[Piece]:
    """The pieces that lead from one wording to the other, in reading order; what went stands before what came."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(now)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    pieces = [(SAME, new[:start]), *_compare(middle_old, middle_new), (SAME, new[len(new) - end :])]
    return [Piece(kind, text) for kind, tokens in pieces if (text := "".join(tokens))]


def _common(one: list[str], other: list[str]) -> int:
    """How many tokens at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a.strip(" ") != b.strip(" ")), min(len(one), len(other)))


def _compare(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str]]]:
    bare_old, bare_new = ([token.strip(" ") for token in tokens] for tokens in (old, new))
    for kind, a, b, c, d in SequenceMatcher(None, bare_old, bare_new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield SAME, new[c:d]
        else:
            yield REMOVED, old[a:b]
            yield ADDED, new[c:d]


def words_changed(before: str, now: str) -> tuple[int, int]:
    """How many words came, and how many went."""
    pieces = word_difference(before, now)
    return tuple(sum(count_words(piece.text) for piece in pieces if piece.kind == kind) for kind in (ADDED, REMOVED))
