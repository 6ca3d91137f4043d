"""Searching on PostgreSQL: two tables of tsvectors per language, and pg_trgm for spelling where the server has it.

The vectors are made by `analysis`, not by a text search configuration of the server: the same words as on SQLite, and
no right or dictionary needed. `search_stems_…` is small enough to stay in the row, so that ranking tens of thousands of
matches reads no TOAST. `search_exact_…` holds the words as written, and is read for phrases and exact words only.
"""

import logging
import sys
from array import array
from collections.abc import Collection, Iterable, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache

from django.db import DatabaseError, transaction

from initiative.search.engines.base import CANDIDATES, Candidate, Engine, EntryWords, table_suffix
from initiative.search.grammar import Clause, Expression, Term

logger = logging.getLogger(__name__)

_WEIGHTS = "{0, 0.1, 0.4, 1.0}"  # of D, C (body), B (keywords), A (title)
_SCOPES = {"everything": "", "title": "A", "content": "C"}

# Ids as one value: tens of thousands of rows would take longer than finding them.
_PACKED = "string_agg(int4send(id), ''::bytea)"

_LAST_POSITION = 16_383  # PostgreSQL's, of a vector

_SPELLING = "search_searchword_trigrams"
_trigrams: dict[str, bool] = {}


class PostgresqlEngine(Engine):
    code_points = "C"
    several_write = True

    def install(self, languages: Iterable[str]) -> None:
        existing = self._tables()
        for language in languages:
            if _stems(language) not in existing:
                for table in (_stems(language), _exact(language)):
                    self.execute(f"CREATE TABLE {table} (id integer PRIMARY KEY, words tsvector NOT NULL)")
                self.execute(f"ALTER TABLE {_stems(language)} ALTER words SET STORAGE MAIN")
                self._index(language)
                self.forget(language)
        self._install_spelling()

    def _index(self, language: str) -> None:
        for table in (_stems(language), _exact(language)):
            self.execute(f"CREATE INDEX IF NOT EXISTS {table}_words ON {table} USING gin (words)")

    def _install_spelling(self) -> None:
        """pg_trgm is a trusted extension: the owner of a database may create it. Where that is not so, do without."""
        try:
            with transaction.atomic(using=self.connection.alias):
                self.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                self.execute(
                    f"CREATE INDEX IF NOT EXISTS {_SPELLING} ON search_searchword USING gist (word gist_trgm_ops)"
                )
        except DatabaseError as error:
            logger.warning(
                "The database has no pg_trgm (%s), so spelling suggestions know only words that begin like the one typed. "
                "To have all: let an administrator of the database run CREATE EXTENSION pg_trgm, then run migrate again.",
                str(error).strip().splitlines()[0],
            )
        _trigrams.clear()

    def uninstall(self) -> None:
        self.execute(f"DROP INDEX IF EXISTS {_SPELLING}")
        for table in self._tables():
            self.execute(f"DROP TABLE {table}")

    def _tables(self) -> set[str]:
        rows = self.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename ~ '^search_(stems|exact)_'"
        )
        return {name for (name,) in rows}

    def write(self, language: str, entries: Sequence[EntryWords]) -> None:
        ids = [entry.id for entry in entries]
        stems = [_vector(entry.title.stems, entry.keywords.stems, entry.body.stems) for entry in entries]
        exact = [_exact_vector(entry.title.exact, entry.keywords.exact, entry.body.exact) for entry in entries]
        for table, vectors in ((_stems(language), stems), (_exact(language), exact)):
            self.execute(
                f"INSERT INTO {table} SELECT * FROM unnest(%s::integer[], %s::tsvector[]) "
                "ON CONFLICT (id) DO UPDATE SET words = excluded.words",
                [ids, vectors],
            )

    def erase(self, language: str, ids: Collection[int]) -> None:
        for table in (_stems(language), _exact(language)):
            self.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [list(ids)])

    def match(self, language: str, expression: Expression, scope: str, ranked: bool = True) -> Sequence[int]:
        condition, params = _where(language, expression, scope)
        source = f"SELECT id FROM {_stems(language)} entry WHERE {condition}"
        if ranked:
            source += f" ORDER BY ts_rank('{_WEIGHTS}', words, %s::tsquery) DESC, id DESC"
            params.append(_ranking(expression))
        (packed,) = self.execute(f"SELECT {_PACKED} FROM ({source}) matches", params)[0]
        return _unpacked(packed)

    def match_each(self, language: str, expressions: Sequence[Expression], scope: str) -> list[Sequence[int]]:
        selects, params = [], []
        for place, expression in enumerate(expressions):
            condition, some = _where(language, expression, scope)
            selects.append(f"SELECT {place}, {_PACKED} FROM {_stems(language)} entry WHERE {condition}")
            params += some
        rows = self.execute(" UNION ALL ".join(selects), params)
        return [_unpacked(packed) for _place, packed in sorted(rows)]

    def similar_words(self, language: str, words: Sequence[str]) -> dict[str, list[Candidate]]:
        if self._has_trigrams():
            condition, order = "abs(length(word) - length(asked)) <= 2", "word <-> asked"
        else:
            condition, order = "left(word, 2) = left(asked, 2)", "abs(length(word) - length(asked)), entries DESC"
        rows = self.execute(
            "SELECT asked, word, written, entries FROM unnest(%s::text[]) asked CROSS JOIN LATERAL ("
            f"SELECT word, written, entries FROM search_searchword WHERE language = %s AND {condition} "
            f"ORDER BY {order} LIMIT {CANDIDATES}) candidates",
            [list(words), language],
        )
        found: dict[str, list[Candidate]] = {word: [] for word in words}
        for asked, *candidate in rows:
            found[asked].append(Candidate(*candidate))
        return found

    def _has_trigrams(self) -> bool:
        """Whether spelling has its index. Asked once per process and database."""
        name = self.connection.settings_dict["NAME"]
        if name not in _trigrams:
            _trigrams[name] = self.execute("SELECT to_regclass(%s) IS NOT NULL", [_SPELLING])[0][0]
        return _trigrams[name]

    def tidy(self, languages: Iterable[str]) -> None:
        for language in languages:
            self.execute(f"ANALYZE {_stems(language)}, {_exact(language)}")
        self.execute("ANALYZE search_searchentry, search_searchword")

    @contextmanager
    def bulk(self, languages: Iterable[str], anew: bool = False):
        """Where nothing is stored yet, or all of it is written, index at the end: several times quicker than row by row.
        Until then each search reads the whole table: 100,000 entries take a few tenths of a second."""
        put_off = [code for code in languages if anew or not self.execute(f"SELECT 1 FROM {_stems(code)} LIMIT 1")]
        for language in put_off:
            for table in (_stems(language), _exact(language)):
                self.execute(f"DROP INDEX IF EXISTS {table}_words")
        try:
            yield
        finally:
            for language in put_off:
                self._index(language)


def _stems(language: str) -> str:
    return f"search_stems_{table_suffix(language)}"


def _exact(language: str) -> str:
    return f"search_exact_{table_suffix(language)}"


def _unpacked(packed: memoryview | None) -> array:
    """Ids from their bytes, which come in network order."""
    ids = array("I", bytes(packed or b""))
    if sys.byteorder == "little":
        ids.byteswap()
    return ids


@cache
def _places(weight: str) -> list[str]:
    return [f"{position}{weight}" for position in range(_LAST_POSITION)]


def _vector(title: tuple[str, ...], keywords: tuple[str, ...], body: tuple[str, ...]) -> str:
    """A tsvector as text. A gap between fields keeps phrases from running over."""
    lexemes: dict[str, str] = {}
    start = 1
    for words, weight in ((title, "A"), (keywords, "B"), (body, "C")):
        for word, place in zip(words, _places(weight)[start:], strict=False):
            if word in lexemes:
                lexemes[word] += f",{place}"
            else:
                lexemes[word] = f"'{word}':{place}"
        start += len(words) + 1
    return " ".join(lexemes.values())


# An object whose text is shown in every language has the same words as written in all of them.
_exact_vector = lru_cache(maxsize=256)(_vector)


def _where(language: str, expression: Expression, scope: str) -> tuple[str, list]:
    """An expression as a condition on the row `entry` of the stems' table, and its parameters. -words count anywhere."""
    parts = [_any_of(language, clause, _SCOPES[scope]) for clause in expression.required]
    if expression.excluded:
        condition, params = _any_of(language, expression.excluded, "")
        parts.append((f"NOT {condition}", params))
    return " AND ".join(condition for condition, _params in parts), [
        param for _condition, params in parts for param in params
    ]


def _any_of(language: str, clause: Clause, weight: str) -> tuple[str, list]:
    conditions, params = [], []
    if stems := [_stem_query(term, weight) for term in clause if not term.exact]:
        conditions.append("entry.words @@ %s::tsquery")
        params.append(" | ".join(stems))
    for term in clause:
        if term.exact and len(term.words) > 1 and term.stems and not term.prefix:
            # An index knows no places, so phrases are looked up row by row. Their stems sort out most rows for less.
            conditions.append(
                "entry.words @@ %s::tsquery AND "
                f"(SELECT exact.words FROM {_exact(language)} exact WHERE exact.id = entry.id) @@ %s::tsquery"
            )
            params += [_stem_query(term, weight), _exact_query(term, weight)]
        elif term.exact:
            conditions.append(f"entry.id IN (SELECT id FROM {_exact(language)} WHERE words @@ %s::tsquery)")
            params.append(_exact_query(term, weight))
    return f"({' OR '.join(conditions)})", params


def _stem_query(term: Term, weight: str) -> str:
    return " | ".join(f"({_sequence(stems, weight)})" for stems in term.stems)


def _exact_query(term: Term, weight: str) -> str:
    return f"({_sequence(term.words, weight, term.prefix)})"


def _sequence(words: Sequence[str], weight: str, prefix: bool = False) -> str:
    """Words one after the other. They are letters and digits, so quotes are all the escaping there is to do."""
    marks = [weight] * (len(words) - 1) + [f"*{weight}" if prefix else weight]
    return " <-> ".join(f"'{word}':{mark}" if mark else f"'{word}'" for word, mark in zip(words, marks, strict=True))


def _ranking(expression: Expression) -> str:
    """What to rank by: any stem of any word asked for, or any that begins as asked."""
    wanted: dict[str, None] = {}
    for term in expression.terms:
        if term.prefix:
            wanted[f"'{term.words[-1]}':*"] = None
        else:
            wanted.update(dict.fromkeys(f"'{word}'" for stems in term.stems for word in stems))
    return " | ".join(wanted)
