"""The same answers from plain SQL, as a competent developer writes it on plain tables: what the search is measured against.

One table with the facets in it (arrays on PostgreSQL, a table of facet values on SQLite) and the database's own full
text, stemmed as English. Two ways to ask: a statement for each answer, or one for all counts; the quicker one counts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from initiative.search.models import SearchEntry

FACETS = ("access", "archived", "language", "place", "priority", "publisher", "spotlight", "topic", "type", "year")
_PORTION = 2_000


@dataclass(frozen=True)
class Answer:
    """Total, ids of the first twenty, facet → value → count."""

    total: int
    ids: Sequence[int]
    counts: Mapping[str, Mapping[str, int]]


def run(sql: str, params: Sequence = ()) -> list[tuple]:
    """Rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def _entries():
    """What the search has of resources in English: the same words for both."""
    rows = SearchEntry.objects.filter(language="en", kind="resource").order_by("pk")
    fields = ("pk", "title", "keywords", "body", "date", "facets")
    return rows.values_list(*fields).iterator(chunk_size=_PORTION)


class PlainPostgresql:
    """tsvector with GIN, facets as arrays."""

    ways = ("each", "one")

    def build(self) -> None:
        run("DROP TABLE IF EXISTS bench_plain")
        columns = ", ".join(f"{facet} text[] NOT NULL" for facet in FACETS)
        run(
            "CREATE TABLE bench_plain (id integer PRIMARY KEY, title text, keywords text, body text, issued date, "
            f"{columns}, words tsvector, names tsvector)"
        )
        one = f"({', '.join(['%s'] * (5 + len(FACETS)))})"
        portion: list = []
        for *fields, facets in [*_entries(), (None,) * 6]:
            if fields[0] is None or len(portion) >= 500:
                params = [param for row in portion for param in row]
                run(f"INSERT INTO bench_plain VALUES {', '.join([one] * len(portion))}", params)
                portion = []
            if fields[0] is not None:
                portion.append([*fields, *(facets.get(facet, []) for facet in FACETS)])
        weighted = " || ".join(
            f"setweight(to_tsvector('english', {column}), '{weight}')"
            for column, weight in (("title", "A"), ("keywords", "B"), ("body", "C"))
        )
        run(f"UPDATE bench_plain SET words = {weighted}, names = to_tsvector('simple', title)")
        run("CREATE INDEX bench_plain_words ON bench_plain USING gin (words)")
        run("CREATE INDEX bench_plain_names ON bench_plain USING gin (names)")
        run("CREATE INDEX bench_plain_issued ON bench_plain (issued DESC NULLS LAST, id DESC)")
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE bench_plain")

    def page(self, way: str, text: str, chosen: Mapping[str, Sequence[str]]) -> Answer:
        """A results page: with `chosen`, facet → values; archived ones are left out."""
        chosen = {**chosen, "archived": ["no"]}
        return self._each(text, chosen) if way == "each" else self._one(text, chosen)

    def _each(self, text: str, chosen: Mapping) -> Answer:
        where, params = self._where(text, chosen)
        ((total,),) = run(f"SELECT count(*) FROM bench_plain WHERE {where}", params)
        order = (
            "ts_rank(words, websearch_to_tsquery('english', %s)) DESC, id DESC"
            if text
            else "issued DESC NULLS LAST, id DESC"
        )
        top = run(
            f"SELECT id, title, body FROM bench_plain WHERE {where} ORDER BY {order} LIMIT 20",
            [*params, *([text] if text else [])],
        )
        counts = {}
        for facet in FACETS:
            where, params = self._where(text, {name: values for name, values in chosen.items() if name != facet})
            counts[facet] = dict(
                run(
                    f"SELECT value, count(*) FROM bench_plain, unnest({facet}) value WHERE {where} GROUP BY value",
                    params,
                )
            )
        return Answer(total, [row[0] for row in top], counts)

    def _one(self, text: str, chosen: Mapping) -> Answer:
        """One materialised set of matches, all counts from it; the first twenty by a second statement."""
        where, params = self._where(text, {})
        parts, filters = [], []
        for facet in ("", *FACETS):
            others = [(name, values) for name, values in chosen.items() if name != facet]
            narrowed = " AND ".join(f"{name} && %s" for name, _values in others) or "true"
            filters += [values for _name, values in others]
            if facet:
                parts.append(
                    f"SELECT '{facet}', value, count(*) FROM matches, unnest({facet}) value WHERE {narrowed} GROUP BY value"
                )
            else:
                parts.append(f"SELECT '', '', count(*) FROM matches WHERE {narrowed}")
        rows = run(
            f"WITH matches AS MATERIALIZED (SELECT {', '.join(FACETS)} FROM bench_plain WHERE {where}) "
            + " UNION ALL ".join(parts),
            [*params, *filters],
        )
        counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        total = 0
        for facet, value, count in rows:
            if facet:
                counts[facet][value] = count
            else:
                total = count
        where, params = self._where(text, chosen)
        order = (
            "ts_rank(words, websearch_to_tsquery('english', %s)) DESC, id DESC"
            if text
            else "issued DESC NULLS LAST, id DESC"
        )
        top = run(
            f"SELECT id, title, body FROM bench_plain WHERE {where} ORDER BY {order} LIMIT 20",
            [*params, *([text] if text else [])],
        )
        return Answer(total, [row[0] for row in top], counts)

    def _where(self, text: str, chosen: Mapping) -> tuple[str, list]:
        parts = ["words @@ websearch_to_tsquery('english', %s)"] if text else []
        parts += [f"{facet} && %s" for facet in chosen]
        return " AND ".join(parts) or "true", [*([text] if text else []), *chosen.values()]

    def suggest(self, words: Sequence[str]) -> list[tuple]:
        """Eight titles with these words, the last of them begun."""
        query = " & ".join([*words[:-1], f"{words[-1]}:*"])
        return run(
            "SELECT id, title FROM bench_plain WHERE names @@ to_tsquery('simple', %s) ORDER BY id DESC LIMIT 8",
            [query],
        )


class PlainSqlite:
    """FTS5, facet values in a table of their own."""

    ways = ("each", "one")

    def build(self) -> None:
        for table in ("bench_plain", "bench_words", "bench_names", "bench_facet"):
            run(f"DROP TABLE IF EXISTS {table}")
        run("CREATE TABLE bench_plain (id integer PRIMARY KEY, title text, keywords text, body text, issued date)")
        run(
            "CREATE VIRTUAL TABLE bench_words USING fts5(title, keywords, body, content = 'bench_plain', "
            "content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        run(
            "CREATE VIRTUAL TABLE bench_names USING fts5(title, content = 'bench_plain', content_rowid = 'id', "
            "prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2')"
        )
        run(
            "CREATE TABLE bench_facet (id integer, facet text, value text, PRIMARY KEY (id, facet, value)) WITHOUT ROWID"
        )
        run("BEGIN")
        with connection.cursor() as cursor:
            for pk, title, keywords, body, date, facets in _entries():
                cursor.execute("INSERT INTO bench_plain VALUES (%s, %s, %s, %s, %s)", [pk, title, keywords, body, date])
                cursor.executemany(
                    "INSERT INTO bench_facet VALUES (%s, %s, %s)",
                    [(pk, facet, value) for facet in FACETS for value in facets.get(facet, [])],
                )
        run("COMMIT")
        run("INSERT INTO bench_words(bench_words) VALUES ('rebuild')")
        run("INSERT INTO bench_words(bench_words, rank) VALUES ('rank', 'bm25(100.0, 20.0, 1.0)')")
        run("INSERT INTO bench_names(bench_names) VALUES ('rebuild')")
        run("CREATE INDEX bench_plain_issued ON bench_plain (issued DESC, id DESC)")
        run("CREATE INDEX bench_facet_value ON bench_facet (facet, value, id)")
        run("ANALYZE")

    def page(self, way: str, text: str, chosen: Mapping[str, Sequence[str]]) -> Answer:
        """As on PostgreSQL."""
        chosen = {**chosen, "archived": ["no"]}
        where, params = self._where(text, chosen)
        ((total,),) = run(f"SELECT count(*) FROM ({where})", params)
        if text:
            narrowed = " AND ".join(self._filter(facet, "bench_words.rowid") for facet in chosen)
            top = run(
                f"SELECT id, bench_plain.title, bench_plain.body FROM bench_words JOIN bench_plain ON id = bench_words.rowid "
                f"WHERE bench_words MATCH %s AND {narrowed} ORDER BY rank LIMIT 20",
                [text, *(json.dumps(list(values)) for values in chosen.values())],
            )
        else:
            top = run(
                f"SELECT id, title, body FROM bench_plain WHERE id IN ({where}) ORDER BY issued DESC, id DESC LIMIT 20",
                params,
            )
        counts = self._counts_each(text, chosen) if way == "each" else self._counts_one(text, chosen)
        return Answer(total, [row[0] for row in top], counts)

    def _counts_each(self, text: str, chosen: Mapping) -> dict:
        counts = {}
        for facet in FACETS:
            where, params = self._where(text, {name: values for name, values in chosen.items() if name != facet})
            counts[facet] = dict(
                run(
                    f"SELECT value, count(*) FROM ({where}) matches JOIN bench_facet facet ON facet.id = matches.id "
                    f"AND facet.facet = '{facet}' GROUP BY value",
                    params,
                )
            )
        return counts

    def _counts_one(self, text: str, chosen: Mapping) -> dict:
        """Facets in which nothing is chosen have the same matches: one pass for all of them."""
        same = [facet for facet in FACETS if facet not in chosen]
        where, params = self._where(text, chosen)
        names = ", ".join(f"'{facet}'" for facet in same)
        rows = run(
            f"SELECT facet, value, count(*) FROM ({where}) matches JOIN bench_facet facet ON facet.id = matches.id "
            f"WHERE facet IN ({names}) GROUP BY facet, value",
            params,
        )
        counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        for facet, value, count in rows:
            counts[facet][value] = count
        for facet in chosen:
            others = {name: values for name, values in chosen.items() if name != facet}
            where, params = self._where(text, others)
            counts[facet] = dict(
                run(
                    f"SELECT value, count(*) FROM ({where}) matches JOIN bench_facet facet ON facet.id = matches.id "
                    f"AND facet.facet = '{facet}' GROUP BY value",
                    params,
                )
            )
        return counts

    def _where(self, text: str, chosen: Mapping) -> tuple[str, list]:
        """The ids of what matches, as a query."""
        source = (
            "SELECT rowid AS id FROM bench_words WHERE bench_words MATCH %s"
            if text
            else "SELECT id FROM bench_plain WHERE true"
        )
        column = "bench_words.rowid" if text else "bench_plain.id"
        filters = [self._filter(facet, column) for facet in chosen]
        params = [*([text] if text else []), *(json.dumps(list(values)) for values in chosen.values())]
        return " AND ".join([source, *filters]), params

    def _filter(self, facet: str, column: str) -> str:
        return (
            f"EXISTS (SELECT 1 FROM bench_facet has WHERE has.id = {column} AND has.facet = '{facet}' "
            "AND has.value IN (SELECT value FROM json_each(%s)))"
        )

    def suggest(self, words: Sequence[str]) -> list[tuple]:
        """As on PostgreSQL."""
        query = " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
        return run(
            "SELECT id, bench_plain.title FROM bench_names JOIN bench_plain ON id = bench_names.rowid "
            "WHERE bench_names MATCH %s ORDER BY bench_names.rowid DESC LIMIT 8",
            [query],
        )


def plain() -> PlainPostgresql | PlainSqlite:
    """The plain tables of the database at hand."""
    return PlainPostgresql() if connection.vendor == "postgresql" else PlainSqlite()
