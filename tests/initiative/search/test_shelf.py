"""Bitmaps are read once and kept; what changes is read again, and no more."""

from types import SimpleNamespace

import pytest
from django.db import connection

from initiative.base.known import told_once
from initiative.search import shelf
from initiative.search.generation import table
from initiative.search.models import SearchIndex
from tests.initiative.search.library import document, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(monkeypatch):
    """A reader outside of any transaction, as visitors of the site are, who keeps what it reads."""
    outside = SimpleNamespace(settings_dict=connection.settings_dict, in_atomic_block=False, cursor=connection.cursor)
    monkeypatch.setattr(shelf, "connection", outside)
    monkeypatch.setattr(shelf, "_kept", {})
    return lambda: shelf.read("en")


def test_a_page_reads_it_once(reader, django_assert_num_queries):
    store(document("a", "Soil", facets={"type": ["x"]}))
    with told_once():
        with django_assert_num_queries(2):
            first = reader()
            assert reader() is first
            assert shelf.read("fr") is not first
        store(document("b", "Roots", facets={"type": ["x"]}))
        assert types(reader()) == {"x": 1}
    assert types(reader()) == {"x": 2}


def types(read):
    return {value: len(ids) for value, ids in read.members.get("type", {}).items()}


def test_an_empty_index_is_read(reader):
    assert reader().members == {}
    assert not reader().everything


def test_nothing_new_costs_one_statement_and_no_work(reader, django_assert_num_queries):
    store(document("a", "Soil", facets={"type": ["x"]}))
    first = reader()
    with django_assert_num_queries(1):
        assert reader() is first


def test_only_what_changed_is_taken_in(reader):
    store(document("a", "Soil", facets={"type": ["x", "y"]}), document("b", "Earth", facets={"type": ["y"]}))
    first = reader()
    store(document("a", "Soil", facets={"type": ["z", "y"]}))
    second = reader()
    assert types(second) == {"y": 2, "z": 1}
    assert second.members["type"]["y"] is first.members["type"]["y"]
    assert types(first) == {"x": 1, "y": 2}


def test_a_change_without_facets_only_counts_up(reader):
    store(document("a", "Soil", facets={"type": ["x"]}))
    first = reader()
    store(document("a", "Soil", "body", facets={"type": ["x"]}))
    second = reader()
    assert second.version == first.version + 1
    assert types(second) == types(first)
    assert reader() is second


def test_another_database_in_its_place_is_noticed(reader):
    store(document("a", "Soil", facets={"type": ["x"]}))
    reader()
    SearchIndex.objects.filter(language="en").update(epoch="restored")
    store(document("a", "Soil", facets={"type": ["y"]}))
    assert types(reader()) == {"y": 1}


def test_inside_a_transaction_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(shelf, "_kept", {})
    store(document("a", "Soil", facets={"type": ["x"]}))
    assert types(shelf.read("en")) == {"x": 1}
    assert shelf._kept == {}


def test_what_changed_is_found_by_an_index():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a table of a few rows as a whole, index or not.")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {shelf._read_statement()}", ["", -1, "en"])
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert f"{table('facet_version')} (language=? AND version>?)" in plan
