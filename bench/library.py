"""How quick the library is with many resources, beside plain SQL for the same answers: see README.md in this folder.

python -m bench.library --resources 100000             SQLite, in a folder that goes afterwards
.ci/with-postgresql python -m bench.library …          PostgreSQL
"""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode


@dataclass(frozen=True)
class Question:
    """Something to ask the library: words, and values chosen in facets as addresses write them."""

    name: str
    text: str = ""
    chosen: dict[str, list[str]] = field(default_factory=dict)

    @property
    def parameters(self) -> str:
        """As an address."""
        return urlencode({"q": self.text, **self.chosen}, doseq=True)


# In 39 and 4 of a hundred records.
BROAD, RARE = "farmers", "nitrogen"
QUESTIONS = [
    Question("broad query", BROAD),
    Question("rare query", RARE),
    Question("filtered query", BROAD, {"type": ["articles", "reports"], "topic": ["soil-life"], "access": ["open"]}),
    Question("no query"),
]
BEGINNINGS = ["so", "soil car", "cover cr", "agrofo", "ra"]


def main() -> None:
    """Load, index, measure, and print a table."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ["DATA_DIR"] = arguments.folder or folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "initiative.settings"
        os.environ.setdefault("LOG_LEVEL", "ERROR")
        import django

        django.setup()
        Bench(arguments.resources, arguments.runs).run(arguments.rebuild)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--resources", type=int, default=100_000, help="how many (100000)")
    parser.add_argument("--runs", type=int, default=40, help="of each question (40)")
    parser.add_argument("--folder", help="where SQLite's data stay, for another run; loads only what is missing there")
    parser.add_argument("--rebuild", action="store_true", help="also index what is indexed already, and all of it anew")
    return parser.parse_args()


class Bench:
    """One database, measured."""

    def __init__(self, resources: int, runs: int):
        self.resources, self.runs = resources, runs

    def run(self, rebuild: bool) -> None:
        from django.db import connection

        from bench import load, plain

        load.prepare()
        load.load(self.resources)
        self.head(connection)
        self.indexing("Indexing what was missing", load.index)
        if rebuild:
            self.indexing("Again, nothing having changed", load.index)
            self.indexing("Again, all of it anew", lambda: load.index(anew=True))
        self.plain = plain.plain()
        self.plain.build()
        print(
            "\n| question | matches | here p50 | p95 | plain SQL p50 | ratio | statements | page over HTTP p50 | p95 |"
        )
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
        rows = [self.question(question) for question in QUESTIONS]
        rows += [self.beginning(text) for text in BEGINNINGS]
        connection.close()
        self.over_http(rows)

    def head(self, connection) -> None:
        """What was measured on what."""
        print(
            f"\n{self.resources:,} resources; {_database(connection)}; Python {platform.python_version()}; "
            f"{os.cpu_count()} cores; {_system()}."
        )

    def indexing(self, what: str, index: Callable) -> None:
        from django.conf import settings

        from initiative.search.models import SearchEntry

        begun = time.monotonic()
        outcome = index()
        seconds = time.monotonic() - begun
        entries = SearchEntry.objects.count()
        if outcome.written or outcome.objects:
            print(
                f"{what}: {entries:,} entries in {len(settings.LANGUAGES)} languages, {outcome.written:,} of them written, "
                f"in {seconds:.0f} s: {entries / seconds:,.0f} a second."
            )

    def question(self, question: Question) -> dict:
        from django.http import QueryDict

        from bench.measure import compare
        from initiative.search import search
        from resources.library import LibraryList

        library = LibraryList(QueryDict(question.parameters), "/en/resources/", "en")
        query = library.query
        results = search(query)
        chosen = {name: list(values) for name, values in query.facets.items() if name != "archived"}
        ways = [lambda way=way: self.plain.page(way, question.text, chosen) for way in self.plain.ways]
        answer = self.plain.page("each", question.text, chosen)
        _same(question.name, results.total, answer.total)
        for facet in ("type", "year"):
            _same(f"{question.name}, {facet}", sum(results.counts[facet].values()), sum(answer.counts[facet].values()))
        here, *plain = compare(self.runs, lambda: search(query), *ways)
        return {
            "name": question.name,
            "matches": results.total,
            "here": here,
            "plain": min(plain, key=lambda times: times.p50),
            "statements": _statements(lambda: search(query)),
            "path": library.url(),
        }

    def beginning(self, text: str) -> dict:
        from bench.measure import compare
        from initiative.search.analysis import words
        from resources.suggestions import suggestions

        here, plain = compare(self.runs, lambda: suggestions(text, "en"), lambda: self.plain.suggest(words(text)))
        return {
            "name": f"suggestions for “{text}”",
            "matches": sum(len(group.options) for group in suggestions(text, "en")),
            "here": here,
            "plain": plain,
            "statements": _statements(lambda: suggestions(text, "en")),
            "path": f"/en/resources/suggestions.html?{urlencode({'q': text})}",
        }

    def over_http(self, rows: list[dict]) -> None:
        from bench.measure import compare, serving

        with serving() as server:
            # Both workers have met everything before anything is measured.
            for _turn in range(8):
                for row in rows:
                    server.get(row["path"])
                server.again()
            for row in rows:
                (times,) = compare(self.runs, lambda row=row: server.get(row["path"]))
                here, plain = row["here"], row["plain"]
                print(
                    f"| {row['name']} | {row['matches']:,} | {here.p50:.1f} ms | {here.p95:.1f} | {plain.p50:.1f} ms "
                    f"| {here.p50 / plain.p50:.2f} | {row['statements']} | {times.p50:.0f} ms | {times.p95:.0f} |"
                )
            memory = ", ".join(f"{size:.0f}" for size in server.memory())
            print(f"\nMemory of each worker after that (PSS, preloaded): {memory} MiB.")


def _same(what: str, here: int, plain: int) -> None:
    """Both must answer the same; stemmers differ in a few words."""
    if abs(here - plain) > 0.03 * plain + 5:
        raise SystemExit(f"{what}: {here} here, {plain} by plain SQL. They don't answer the same question.")


def _statements(function: Callable) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        function()
    return len(captured)


def _database(connection) -> str:
    if connection.vendor == "postgresql":
        version = connection.cursor().connection.server_version
        return f"PostgreSQL {version // 10_000}.{version % 10_000}"
    return f"SQLite {connection.Database.sqlite_version}"


def _system() -> str:
    release = Path("/etc/os-release")
    names = (
        dict(line.split("=", 1) for line in release.read_text().splitlines() if "=" in line) if release.exists() else {}
    )
    return names.get("PRETTY_NAME", platform.system()).strip('"')


if __name__ == "__main__":
    main()
