"""Searching on SQLite: an FTS5 table per language, ranked by bm25, and a trigram table for spelling.

The tables hold words that `analysis` made: stems, and after them the words as written, marked with `=`. A phrase of
stems can't run into the marked words, so both live in the same three columns, and one expression may ask for either.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from initiative.search.engines.base import CANDIDATES, Candidate, Engine, EntryWords, FieldWords, table_suffix
from initiative.search.generation import table
from initiative.search.grammar import Clause, Expression, Term

_COLUMNS = {"everything": "", "title": "{title} : ", "content": "{body} : "}

# Apart enough that a word in the title counts more than many in the body.
_RANK = "bm25(100.0, 20.0, 1.0)"

# Padding lets the first and last letters of a word count as trigrams too.
_PADDED = "'  ' || {row}.word || '  '"


class SqliteEngine(Engine):
    code_points = "BINARY"

    def take_turn(self) -> None:
        """A transaction has its turn from its beginning on (`transaction_mode`)."""

    def install(self, languages: Iterable[str]) -> None:
        existing = set(self.connection.introspection.table_names())
        for language in languages:
            words = _words(language)
            if words not in existing:
                self.execute(
                    f"CREATE VIRTUAL TABLE {words} USING fts5(title, keywords, body, tokenize = \"ascii tokenchars '='\")"
                )
                self.execute(f"INSERT INTO {words}({words}, rank) VALUES ('rank', %s)", [_RANK])
                self.forget(language)
        if table("spelling") not in existing:
            self._install_spelling()

    def _install_spelling(self) -> None:
        """Trigrams of SearchWord, which triggers keep in step, and which go with its table."""
        spelling, word = table("spelling"), table("word")
        self.execute(f"CREATE VIRTUAL TABLE {spelling} USING fts5(word, content = '', tokenize = 'trigram')")
        self.execute(
            f"CREATE TRIGGER {spelling}_insert AFTER INSERT ON {word} BEGIN "
            f"INSERT INTO {spelling}(rowid, word) VALUES (new.id, {_PADDED.format(row='new')}); END"
        )
        self.execute(
            f"CREATE TRIGGER {spelling}_delete AFTER DELETE ON {word} BEGIN INSERT INTO {spelling}({spelling}, rowid, word) "
            f"VALUES ('delete', old.id, {_PADDED.format(row='old')}); END"
        )
        self.execute(f"INSERT INTO {spelling}(rowid, word) SELECT id, {_PADDED.format(row=word)} FROM {word}")

    def write(self, entries: Mapping[str, Sequence[EntryWords]]) -> None:
        with self.connection.cursor() as cursor:
            for language, some in entries.items():
                cursor.executemany(
                    f"INSERT OR REPLACE INTO {_words(language)}(rowid, title, keywords, body) VALUES (%s, %s, %s, %s)",
                    [(entry.id, _text(entry.title), _text(entry.keywords), _text(entry.body)) for entry in some],
                )

    def erase(self, ids: Mapping[str, Collection[int]]) -> None:
        for language, some in ids.items():
            among = "rowid IN (SELECT value FROM json_each(%s))"
            self.execute(f"DELETE FROM {_words(language)} WHERE {among}", [_json(some)])

    def match(self, language: str, expression: Expression, scope: str, ranked: bool = True) -> Sequence[int]:
        words = _words(language)
        order = " ORDER BY rank, rowid DESC" if ranked else ""
        rows = self.execute(
            f"SELECT rowid FROM {words} WHERE {words} MATCH %s{order}", [_expression(expression, scope)]
        )
        return [number for (number,) in rows]

    def match_each(self, language: str, expressions: Sequence[Expression], scope: str) -> list[Sequence[int]]:
        words = _words(language)
        one = f"SELECT %s, rowid FROM {words} WHERE {words} MATCH %s"
        params = [param for place, each in enumerate(expressions) for param in (place, _expression(each, scope))]
        found: list[list[int]] = [[] for _ in expressions]
        for place, number in self.execute(" UNION ALL ".join(one for _ in expressions), params):
            found[place].append(number)
        return found

    def similar_words(self, language: str, words: Sequence[str]) -> dict[str, list[Candidate]]:
        spelling = table("spelling")
        one = (
            "SELECT * FROM (SELECT %s AS asked, word.word, word.written, word.entries "
            f"FROM {spelling} JOIN {table('word')} word ON word.id = {spelling}.rowid "
            f"WHERE {spelling} MATCH %s AND word.language = %s AND abs(length(word.word) - %s) <= 2 "
            f"ORDER BY {spelling}.rank LIMIT {CANDIDATES})"
        )
        params = [param for word in words for param in (word, _trigrams(word), language, len(word))]
        found: dict[str, list[Candidate]] = {word: [] for word in words}
        for asked, *candidate in self.execute(" UNION ALL ".join(one for _ in words), params):
            found[asked].append(Candidate(*candidate))
        return found

    def tidy(self, languages: Iterable[str]) -> None:
        for language in languages:
            self.execute(f"INSERT INTO {_words(language)}({_words(language)}) VALUES ('optimize')")
        self.execute(f"INSERT INTO {table('spelling')}({table('spelling')}) VALUES ('optimize')")


def _words(language: str) -> str:
    return table(f"words_{table_suffix(language)}")


def _json(ids: Collection[int]) -> str:
    return json.dumps(list(ids))


def _text(words: FieldWords) -> str:
    return f"{' '.join(words.stems)} ={' ='.join(words.exact)}" if words.exact else ""


def _expression(expression: Expression, scope: str) -> str:
    """FTS5's query. Every word is quoted and made of letters and digits, so none can be taken for an operator."""
    found = f"{_COLUMNS[scope]}({' AND '.join(map(_clause, expression.required))})"
    return f"{found} NOT {_clause(expression.excluded)}" if expression.excluded else found


def _clause(clause: Clause) -> str:
    return f"({' OR '.join(map(_term, clause))})"


def _term(term: Term) -> str:
    if term.exact:
        return f'"{" ".join(f"={word}" for word in term.words)}"{"*" if term.prefix else ""}'
    return " OR ".join(f'"{" ".join(stems)}"' for stems in term.stems)


def _trigrams(word: str) -> str:
    padded = f"  {word}  "
    return " OR ".join(f'"{padded[start : start + 3]}"' for start in range(len(padded) - 2))
