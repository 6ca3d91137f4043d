"""The parts of the engines that queries don't show."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

from initiative.search import generations
from initiative.search.engines import get_engine
from initiative.search.engines.base import EntryWords, FieldWords
from initiative.search.generation import table
from initiative.search.grammar import parse
from tests.initiative.search.library import document, found, store

pytestmark = pytest.mark.django_db


def entry(number, title="", keywords="", body=""):
    fields = (tuple(text.split()) for text in (title, keywords, body))
    return EntryWords(number, f"thing {number}", *(FieldWords(words, words) for words in fields))


def ids(text, scope="everything", **more):
    return list(get_engine().match("en", parse(text, "en", ["en"]), scope, **more))


def test_title_counts_more_than_keywords_and_keywords_more_than_body():
    often = "soil " * 50
    get_engine().write(
        {"en": [entry(1, body=often), entry(2, keywords="soil"), entry(3, title="soil"), entry(4, body="water")]}
    )
    assert ids("soil") == [3, 2, 1]
    assert sorted(ids("soil", ranked=False)) == [1, 2, 3]


def test_of_equal_ones_the_newest_is_first():
    get_engine().write({"en": [entry(number, title="soil") for number in (7, 8, 9)]})
    assert ids("soil") == [9, 8, 7]


def test_writing_replaces_and_erasing_forgets():
    engine = get_engine()
    engine.write({"en": [entry(1, "soil"), entry(2, "soil")]})
    engine.write({"en": [entry(1, "water")]})
    assert (ids("soil"), ids("water")) == ([2], [1])
    engine.erase({"en": [1, 2, 3]})
    assert (ids("soil"), ids("water")) == ([], [])
    engine.erase({"en": []})


def test_several_expressions_at_once():
    get_engine().write(
        {"en": [entry(1, "soil"), entry(2, body="soil carbon"), entry(3, "carbon soil water"), entry(4, "tea")]}
    )
    expressions = [parse(text, "en", ["en"]) for text in ("soil", "zebra", '"carbon soil" OR tea', "carbon -water")]
    each = get_engine().match_each("en", expressions, "everything")
    assert [sorted(ids) for ids in each] == [[1, 2, 3], [], [3, 4], [2]]
    each = get_engine().match_each("en", expressions, "title")
    assert [sorted(ids) for ids in each] == [[1, 3], [], [3, 4], []]


def test_a_phrase_may_not_run_over_fields_nor_stems_into_words():
    get_engine().write({"en": [entry(1, "soil carbon", "roots", "water")]})
    assert ids('"soil carbon"') == [1]
    assert ids('"carbon roots"') == ids('"roots water"') == ids("carbon-soil") == []
    assert ids("soil-carbon") == [1]


def test_every_word_is_taken_literally():
    get_engine().write({"en": [entry(1, "or and not near null")]})
    for word in ("near", "null", "OR2", "='x", "a'b"):
        ids(word)
    assert ids("near null") == [1]


def test_installing_again_is_harmless_and_dropping_leaves_nothing():
    before = set(connection.introspection.table_names())
    generations.install(connection)
    assert set(connection.introspection.table_names()) == before
    generations.drop_tables(connection)
    left = {name for name in connection.introspection.table_names() if name.startswith("search_")}
    assert left == {"search_searchchange", "search_searchgeneration"}
    generations.install(connection)
    assert set(connection.introspection.table_names()) == before


def test_tidying_keeps_everything():
    store(document("a", "Soil"))
    get_engine().tidy(["en", "fr"])
    assert found("soil") == ["a"]


def test_other_databases_are_refused():
    class Other:
        vendor = "oracle"

    with pytest.raises(ImproperlyConfigured, match="not on oracle"):
        get_engine(Other())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
class TestPostgresql:
    def test_who_installs_waits_for_whoever_does(self):
        """Two that start at once, such as `migrate` and `rebuild_search`, would both make what both found missing."""
        other = connection.copy()
        try:
            other.set_autocommit(False)
            get_engine(other).take_turn()
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '20ms'")
            with pytest.raises(OperationalError, match="lock timeout"):
                generations.install(connection)
        finally:
            other.close()

    def test_spelling_does_without_pg_trgm(self, monkeypatch):
        known = {(connection.settings_dict["NAME"], table("word_trigrams")): False}
        monkeypatch.setattr("initiative.search.engines.postgresql._trigrams", known)
        store(document("a", "carbon sequestration"))
        candidates = get_engine().similar_words("en", ["carbn", "arbon"])
        assert [candidate.word for candidate in candidates["carbn"]] == ["carbon"]
        assert candidates["arbon"] == []

    def test_a_server_without_pg_trgm_is_no_obstacle(self, monkeypatch, caplog):
        engine = get_engine()
        engine.execute("DROP EXTENSION pg_trgm CASCADE")
        execute = engine.execute
        monkeypatch.setattr(
            engine, "execute", lambda sql, params=(): execute(sql.replace("pg_trgm", "pg_no_such"), params)
        )
        engine.install(["en"])
        assert "CREATE EXTENSION pg_trgm" in caplog.text
        store(document("a", "carbon"))
        assert found("carbon") == ["a"]

    def test_words_as_written_are_kept_once_for_an_object_and_go_with_its_last_entry(self):
        engine = get_engine()

        def texts():
            return engine.execute(f"SELECT count(*) FROM {table('exact')}")[0][0]

        before = texts()
        same = FieldWords(("soils",), ("soil",))
        none = FieldWords((), ())
        of_each = {code: [EntryWords(number, "thing 1", same, none, none)] for code, number in (("en", 1), ("fr", 2))}
        engine.write({**of_each, "es": [EntryWords(3, "thing 2", same, none, none)]})
        assert texts() == before + 2
        engine.write({"fr": [EntryWords(2, "thing 1", FieldWords(("sols",), ("sol",)), none, none)]})
        assert texts() == before + 3
        engine.erase({"en": [1]})
        assert texts() == before + 2
        engine.erase({"fr": [2], "es": [3]})
        assert texts() == before

    def test_an_index_that_was_lost_is_made_again_by_the_next_rebuild(self):
        engine = get_engine()
        index = table("stems_en_words")
        engine.execute(f"DROP INDEX {index}")
        store(document("a", "carbon"))
        with engine.bulk(["en", "fr", "es", "ar"]):
            pass
        assert engine.execute("SELECT to_regclass(%s) IS NOT NULL", [index]) == [(True,)]

    def test_ranking_reads_no_toast(self):
        (storage,) = get_engine().execute(
            "SELECT attstorage::text FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'words'",
            [table("stems_en")],
        )[0]
        assert storage == "m"


def test_words_repeated_thousands_of_times_are_stored():
    get_engine().write({"en": [entry(1, "soil " * 30_000, "deep", "deeper")]})
    assert ids("soil") == [1]
