"""What an engine does: keep the words of entries, find entries by an expression, and find words like a word.

Callers speak of entries (by id), fields, expressions and words, never of SQL. Facets, counts, order by date or title,
highlighting and the choice of a suggestion are the same for every engine and live elsewhere.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from initiative.search.generation import table
from initiative.search.grammar import Expression

# For spelling: how many similar words an engine offers for each misspelt one.
CANDIDATES = 40


@dataclass(frozen=True)
class FieldWords:
    """The words of one field: `exact` as written (folded), `stems` without stop words; each in order."""

    exact: tuple[str, ...]
    stems: tuple[str, ...]


@dataclass(frozen=True)
class EntryWords:
    """The words of one entry, field by field. `owner` names the object: those of one owner may share what is the same."""

    id: int
    owner: str
    title: FieldWords
    keywords: FieldWords
    body: FieldWords


@dataclass(frozen=True)
class Candidate:
    """A word of the index: folded, as it is written, and in about how many entries it is."""

    word: str
    written: str
    entries: int


class Engine(ABC):
    """The words of all entries, in tables of its own: a set for each language. Their names come from `generation.table`.

    `code_points` is the database's name for the order of plain code points, in which sort keys are compared;
    `several_write`: whether it lets several connections write at a time.
    """

    code_points: str
    several_write = False

    def __init__(self, connection):
        self.connection = connection

    @abstractmethod
    def take_turn(self) -> None:
        """Wait in a transaction for whoever makes or drops tables of an index in another; until this one ends, others wait."""

    @abstractmethod
    def install(self, languages: Iterable[str]) -> None:
        """Make what is missing of the engine's tables for these languages. Harmless to repeat.

        Entries whose words are not in a new table lose their digest, so that `rebuild_search` writes them.
        """

    @abstractmethod
    def write(self, entries: Mapping[str, Sequence[EntryWords]]) -> None:
        """Store the words of entries (language → some) in place of what was stored of them."""

    @abstractmethod
    def erase(self, ids: Mapping[str, Collection[int]]) -> None:
        """Forget the words of entries (language → ids)."""

    @abstractmethod
    def match(self, language: str, expression: Expression, scope: str, ranked: bool = True) -> Sequence[int]:
        """The ids of all entries that an expression with something required finds; one statement.

        With `ranked`, best first: title before keywords before body, then the newest id. Ids of entries that are gone
        may be among them.
        """

    @abstractmethod
    def match_each(self, language: str, expressions: Sequence[Expression], scope: str) -> list[Sequence[int]]:
        """For each of several expressions, what `match` gives, in any order; one statement for all."""

    @abstractmethod
    def similar_words(self, language: str, words: Sequence[str]) -> dict[str, list[Candidate]]:
        """For each folded word, up to CANDIDATES words of the index that look like it; one statement."""

    @abstractmethod
    def tidy(self, languages: Iterable[str]) -> None:
        """Put the tables in order after much was written."""

    @contextmanager
    def bulk(self, languages: Iterable[str], anew: bool = False):
        """Around much writing, or (`anew`) that of all entries: an engine may put off what is quicker done once at the
        end. Answers are right meanwhile, and may be slower."""
        yield

    def forget(self, language: str) -> None:
        """Let the next rebuild write all entries of a language: without a digest, nothing of them counts as stored."""
        self.execute(f"UPDATE {table('entry')} SET digest = '' WHERE language = %s", [language])
        self.execute(f"DELETE FROM {table('word')} WHERE language = %s", [language])

    def execute(self, sql: str, params: Sequence = ()) -> list[tuple]:
        """Run one statement; its rows, or none."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []


def table_suffix(language: str) -> str:
    """A language code as part of a table name: `pt-br` → `pt_br`."""
    return re.sub(r"[^a-z0-9]", "_", language.lower())
