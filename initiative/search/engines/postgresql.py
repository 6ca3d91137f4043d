"""Searching on PostgreSQL: tables of tsvectors, and pg_trgm for spelling where the server has it.

The vectors are made by `analysis`, not by a text search configuration of the server: the same words as on SQLite, and
no right or dictionary needed. `…_stems_…`, one per language, is small enough to stay in the row, so that ranking
tens of thousands of matches reads no TOAST. `…_exact` holds the words as written, and is read for phrases and
exact words only: an object whose text is shown in several languages has them there once, whatever the language.
"""

import logging
import sys
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b

from django.db import DatabaseError, transaction

from initiative.search.engines.base import CANDIDATES, Candidate, Engine, EntryWords, table_suffix
from initiative.search.generation import table
from initiative.search.grammar import Clause, Expression, Term

logger = logging.getLogger(__name__)

_WEIGHTS = "{0, 0.1, 0.4, 1.0}"  # of D, C (body), B (keywords), A (title)
_SCOPES = {"everything": "", "title": "A", "content": "C"}

# Ids as one value: tens of thousands of rows would take longer than finding them.
_PACKED = "string_agg(int4send(id), ''::bytea)"

_LAST_POSITION = 16_383  # PostgreSQL's, of a vector

_trigrams: dict[tuple[str, str], bool] = {}


class PostgresqlEngine(Engine):
    code_points = "C"
    several_write = True

    def take_turn(self) -> None:
        self.execute("SELECT pg_advisory_xact_lock(hashtext('initiative.search'))")

    def install(self, languages: Iterable[str]) -> None:
        existing = set(self.connection.introspection.table_names())
        if (exact := _exact()) not in existing:
            self.execute(f"CREATE TABLE {exact} (id bigint PRIMARY KEY, words tsvector NOT NULL)")
            self._run(_indexing_of(exact))
        for language in languages:
            stems = _stems(language)
            if stems not in existing:
                self.execute(
                    f"CREATE TABLE {stems} (id integer PRIMARY KEY, words tsvector NOT NULL, exact bigint NOT NULL)"
                )
                self.execute(f"ALTER TABLE {stems} ALTER words SET STORAGE MAIN")
                self._run(_indexing_of(stems))
                self.forget(language)
        self._install_spelling()

    def _install_spelling(self) -> None:
        """pg_trgm is a trusted extension: the owner of a database may create it. Where that is not so, do without."""
        try:
            with transaction.atomic(using=self.connection.alias):
                self.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                self.execute(
                    f"CREATE INDEX IF NOT EXISTS {_spelling()} ON {table('word')} USING gist (word gist_trgm_ops)"
                )
        except DatabaseError as error:
            logger.warning(
                "The database has no pg_trgm (%s), so spelling suggestions know only words that begin like the one typed. "
                "To have all: let an administrator of the database run CREATE EXTENSION pg_trgm, then run migrate again.",
                str(error).strip().splitlines()[0],
            )
        _trigrams.clear()

    def write(self, entries: Mapping[str, Sequence[EntryWords]]) -> None:
        before = self._exact_of({language: [entry.id for entry in some] for language, some in entries.items()})
        texts = _Texts()
        rows = {language: [texts.row(entry) for entry in some] for language, some in entries.items()}
        # First what the others point to.
        self.execute(
            f"INSERT INTO {_exact()} SELECT * FROM unnest(%s::bigint[], %s::tsvector[]) ON CONFLICT (id) DO NOTHING",
            [list(texts), list(texts.values())],
        )
        for language, some in rows.items():
            self.execute(
                f"INSERT INTO {_stems(language)} SELECT * FROM unnest(%s::integer[], %s::tsvector[], %s::bigint[]) "
                "ON CONFLICT (id) DO UPDATE SET words = excluded.words, exact = excluded.exact",
                [list(column) for column in zip(*some, strict=True)],
            )
        self._sweep(before - texts.keys())

    def erase(self, ids: Mapping[str, Collection[int]]) -> None:
        before = self._exact_of(ids)
        for language, some in ids.items():
            self.execute(f"DELETE FROM {_stems(language)} WHERE id = ANY(%s)", [list(some)])
        self._sweep(before)

    def _exact_of(self, ids: Mapping[str, Collection[int]]) -> set[int]:
        """The texts that these entries point to."""
        selects = [f"SELECT exact FROM {_stems(language)} WHERE id = ANY(%s)" for language in ids]
        rows = self.execute(" UNION ALL ".join(selects), [list(some) for some in ids.values()]) if selects else []
        return {exact for (exact,) in rows}

    def _sweep(self, texts: Collection[int]) -> None:
        """Forget those of these texts that no entry points to any more."""
        if texts:
            used = " AND ".join(
                f"NOT EXISTS (SELECT 1 FROM {stems} entry WHERE entry.exact = {_exact()}.id)"
                for stems in self._all_stems()
            )
            self.execute(f"DELETE FROM {_exact()} WHERE id = ANY(%s) AND {used}", [list(texts)])

    def _all_stems(self) -> list[str]:
        """The tables of stems that there are, also of a language taken from the settings."""
        begins = table("stems_").replace("_", r"\_") + "%"
        rows = self.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename LIKE %s ORDER BY tablename",
            [begins],
        )
        return [name for (name,) in rows]

    def match(self, language: str, expression: Expression, scope: str, ranked: bool = True) -> Sequence[int]:
        condition, params = _where(expression, scope)
        source = f"SELECT id FROM {_stems(language)} entry WHERE {condition}"
        if ranked:
            source += f" ORDER BY ts_rank('{_WEIGHTS}', words, %s::tsquery) DESC, id DESC"
            params.append(_ranking(expression))
        (packed,) = self.execute(f"SELECT {_PACKED} FROM ({source}) matches", params)[0]
        return _unpacked(packed)

    def match_each(self, language: str, expressions: Sequence[Expression], scope: str) -> list[Sequence[int]]:
        selects, params = [], []
        for place, expression in enumerate(expressions):
            condition, some = _where(expression, scope)
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
            f"SELECT word, written, entries FROM {table('word')} WHERE language = %s AND {condition} "
            f"ORDER BY {order} LIMIT {CANDIDATES}) candidates",
            [list(words), language],
        )
        found: dict[str, list[Candidate]] = {word: [] for word in words}
        for asked, *candidate in rows:
            found[asked].append(Candidate(*candidate))
        return found

    def _has_trigrams(self) -> bool:
        """Whether spelling has its index. Asked once per process and database."""
        name, spelling = self.connection.settings_dict["NAME"], _spelling()
        if (name, spelling) not in _trigrams:
            _trigrams[name, spelling] = self.execute("SELECT to_regclass(%s) IS NOT NULL", [spelling])[0][0]
        return _trigrams[name, spelling]

    def tidy(self, languages: Iterable[str]) -> None:
        for language in languages:
            self.execute(f"ANALYZE {_stems(language)}")
        self.execute(f"ANALYZE {_exact()}, {table('entry')}, {table('word')}")

    @contextmanager
    def bulk(self, languages: Iterable[str], anew: bool = False):
        """Where nothing is stored yet, or all of it is written, index at the end: several times quicker than row by row.
        Until then each search reads the whole table: 100,000 entries take a few tenths of a second."""
        languages = list(languages)
        tables = [*map(_stems, languages), _exact()]
        put_off = [each for each in tables if anew or self._is_empty(each)]
        for name in (name for each in put_off for name in _indexing_of(each)):
            self.execute(f"DROP INDEX IF EXISTS {name}")
        try:
            yield
        finally:
            # Those, too, that were lost with a process that didn't come to its end.
            there = {
                name for (name,) in self.execute("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
            }
            indexes = {name: statement for each in tables for name, statement in _indexing_of(each).items()}
            self._run({name: statement for name, statement in indexes.items() if name not in there})

    def _is_empty(self, name: str) -> bool:
        return not self.execute(f"SELECT 1 FROM {name} LIMIT 1")

    def _run(self, indexing: Mapping[str, str]) -> None:
        """Make indexes, two at a time: each takes one of the server's processors. Alone in a transaction, whose tables
        no other connection may touch."""
        if self.connection.in_atomic_block or len(indexing) < 2:
            for statement in indexing.values():
                self.execute(statement)
            return

        def make(statement: str) -> None:
            other = self.connection.copy()
            try:
                with other.cursor() as cursor:
                    cursor.execute(statement)
            finally:
                other.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(make, indexing.values()))


def _exact() -> str:
    return table("exact")


def _stems(language: str) -> str:
    return table(f"stems_{table_suffix(language)}")


def _spelling() -> str:
    return table("word_trigrams")


def _indexing_of(name: str) -> dict[str, str]:
    """The indexes of a table: name → the statement that makes it."""
    indexes = {f"{name}_words": "USING gin (words)"}
    if name != _exact():
        indexes[f"{name}_exact"] = "(exact)"
    return {index: f"CREATE INDEX IF NOT EXISTS {index} ON {name} {what}" for index, what in indexes.items()}


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
        for word, place in zip(words, _places(weight)[start : start + len(words)], strict=False):
            if word in lexemes:
                lexemes[word] += f",{place}"
            else:
                lexemes[word] = f"'{word}':{place}"
        start += len(words) + 1
    return " ".join(lexemes.values())


class _Texts(dict[int, str]):
    """Words as written, as vectors by the number that the table of them has them under."""

    def __init__(self):
        super().__init__()
        self._numbers: dict[tuple, int] = {}

    def row(self, entry: EntryWords) -> tuple[int, str, int]:
        """A row of the stems' table; the text that it points to is put here."""
        written = (entry.title.exact, entry.keywords.exact, entry.body.exact)
        # Of the object, not shared by all that say the same: two processes may write at a time.
        key = (entry.owner, *written)
        if key not in self._numbers:
            vector = _vector(*written)
            digest = blake2b(f"{entry.owner} {vector}".encode(), digest_size=8).digest()
            self._numbers[key] = number = int.from_bytes(digest, signed=True)
            self[number] = vector
        return entry.id, _vector(entry.title.stems, entry.keywords.stems, entry.body.stems), self._numbers[key]


def _where(expression: Expression, scope: str) -> tuple[str, list]:
    """An expression as a condition on the row `entry` of the stems' table, and its parameters. -words count anywhere."""
    parts = [_any_of(clause, _SCOPES[scope]) for clause in expression.required]
    if expression.excluded:
        condition, params = _any_of(expression.excluded, "")
        parts.append((f"NOT {condition}", params))
    return " AND ".join(condition for condition, _params in parts), [
        param for _condition, params in parts for param in params
    ]


def _any_of(clause: Clause, weight: str) -> tuple[str, list]:
    conditions, params = [], []
    if stems := [_stem_query(term, weight) for term in clause if not term.exact]:
        conditions.append("entry.words @@ %s::tsquery")
        params.append(" | ".join(stems))
    for term in clause:
        if term.exact and len(term.words) > 1 and term.stems and not term.prefix:
            # An index knows no places, so phrases are looked up row by row. Their stems sort out most rows for less.
            conditions.append(
                "entry.words @@ %s::tsquery AND "
                f"(SELECT exact.words FROM {_exact()} exact WHERE exact.id = entry.exact) @@ %s::tsquery"
            )
            params += [_stem_query(term, weight), _exact_query(term, weight)]
        elif term.exact:
            conditions.append(f"entry.exact IN (SELECT id FROM {_exact()} WHERE words @@ %s::tsquery)")
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
