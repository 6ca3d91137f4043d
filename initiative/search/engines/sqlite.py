"""Searching on SQLite: an FTS5 table per language, ranked by bm25, and a trigram table for spelling.

The tables hold words that `analysis` made: stems, and after them the words as written, marked with `=`. A phrase of
stems can't run into the marked words, so both live in the same three columns, and one expression may ask for either.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from initiative.search.engines.base import CANDIDATES, Candidate, Engine, EntryWords, FieldWords, table_suffix
from initiative.search.grammar import Clause, Expression, Term

_COLUMNS = {"everything": "", "title": "{title} : ", "content": "{body} : "}

# Apart enough that a word in the title counts more than many in the body.
_RANK = "bm25(100.0, 20.0, 1.0)"

# Padding lets the first and last letters of a word count as trigrams too.
_PADDED = "'  ' || {row}.word || '  '"


class SqliteEngine(Engine):
    code_points = "BINARY"

    def install(self, languages: Iterable[str]) -> None:
        existing = self._tables()
        for language in languages:
            table = _table(language)
            if table not in existing:
                self.execute(
                    f"CREATE VIRTUAL TABLE {table} USING fts5(title, keywords, body, tokenize = \"ascii tokenchars '='\")"
                )
                self.execute(f"INSERT INTO {table}({table}, rank) VALUES ('rank', %s)", [_RANK])
                self.forget(language)
        if "search_spelling" not in existing:
            self._install_spelling()

    def _install_spelling(self) -> None:
        """Trigrams of SearchWord, which triggers keep in step."""
        self.execute("CREATE VIRTUAL TABLE search_spelling USING fts5(word, content = '', tokenize = 'trigram')")
        self.execute(
            "CREATE TRIGGER search_spelling_insert AFTER INSERT ON search_searchword BEGIN "
            f"INSERT INTO search_spelling(rowid, word) VALUES (new.id, {_PADDED.format(row='new')}); END"
        )
        self.execute(
            "CREATE TRIGGER search_spelling_delete AFTER DELETE ON search_searchword BEGIN "
            "INSERT INTO search_spelling(search_spelling, rowid, word) "
            f"VALUES ('delete', old.id, {_PADDED.format(row='old')}); END"
        )
        words = f"SELECT id, {_PADDED.format(row='search_searchword')} FROM search_searchword"
        self.execute(f"INSERT INTO search_spelling(rowid, word) {words}")

    def uninstall(self) -> None:
        self.execute("DROP TRIGGER IF EXISTS search_spelling_insert")
        self.execute("DROP TRIGGER IF EXISTS search_spelling_delete")
        for table in self._tables():
            self.execute(f"DROP TABLE {table}")

    def _tables(self) -> set[str]:
        rows = self.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%%' "
            r"AND (name LIKE 'search\_words\_%%' ESCAPE '\' OR name = 'search_spelling')"
        )
        return {name for (name,) in rows}

    def write(self, entries: Mapping[str, Sequence[EntryWords]]) -> None:
        with self.connection.cursor() as cursor:
            for language, some in entries.items():
                cursor.executemany(
                    f"INSERT OR REPLACE INTO {_table(language)}(rowid, title, keywords, body) VALUES (%s, %s, %s, %s)",
                    [(entry.id, _text(entry.title), _text(entry.keywords), _text(entry.body)) for entry in some],
                )

    def erase(self, ids: Mapping[str, Collection[int]]) -> None:
        for language, some in ids.items():
            among = "rowid IN (SELECT value FROM json_each(%s))"
            self.execute(f"DELETE FROM {_table(language)} WHERE {among}", [_json(some)])

    def match(self, language: str, expression: Expression, scope: str, ranked: bool = True) -> Sequence[int]:
        table = _table(language)
        order = " ORDER BY rank, rowid DESC" if ranked else ""
        rows = self.execute(
            f"SELECT rowid FROM {table} WHERE {table} MATCH %s{order}", [_expression(expression, scope)]
        )
        return [number for (number,) in rows]

    def match_each(self, language: str, expressions: Sequence[Expression], scope: str) -> list[Sequence[int]]:
        table = _table(language)
        one = f"SELECT %s, rowid FROM {table} WHERE {table} MATCH %s"
        params = [param for place, each in enumerate(expressions) for param in (place, _expression(each, scope))]
        found: list[list[int]] = [[] for _ in expressions]
        for place, number in self.execute(" UNION ALL ".join(one for _ in expressions), params):
            found[place].append(number)
        return found

    def similar_words(self, language: str, words: Sequence[str]) -> dict[str, list[Candidate]]:
        one = (
            "SELECT * FROM (SELECT %s AS asked, word.word, word.written, word.entries "
            "FROM search_spelling JOIN search_searchword word ON word.id = search_spelling.rowid "
            "WHERE search_spelling MATCH %s AND word.language = %s AND abs(length(word.word) - %s) <= 2 "
            f"ORDER BY search_spelling.rank LIMIT {CANDIDATES})"
        )
        params = [param for word in words for param in (word, _trigrams(word), language, len(word))]
        found: dict[str, list[Candidate]] = {word: [] for word in words}
        for asked, *candidate in self.execute(" UNION ALL ".join(one for _ in words), params):
            found[asked].append(Candidate(*candidate))
        return found

    def tidy(self, languages: Iterable[str]) -> None:
        for language in languages:
            self.execute(f"INSERT INTO {_table(language)}({_table(language)}) VALUES ('optimize')")
        self.execute("INSERT INTO search_spelling(search_spelling) VALUES ('optimize')")


def _table(language: str) -> str:
    return f"search_words_{table_suffix(language)}"


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
