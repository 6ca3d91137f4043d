"""Counts, kinds and filters."""

import pytest

from initiative.search import Query, every_match, known_values, search, whatever_matches
from tests.initiative.search.library import found

pytestmark = pytest.mark.django_db


def counts(facet, text="", **query):
    return dict(search(Query(text=text, **query)).counts.get(facet, {}))


@pytest.mark.usefixtures("library")
class TestCounts:
    def test_of_everything(self):
        results = search(Query())
        assert results.total == 12
        assert results.kinds == {"resource": 10, "event": 1, "page": 1}
        assert results.counts == {
            "type": {"article": 3, "report": 2, "film": 1, "book": 2, "dataset": 1},
            "topic": {"soil": 3, "climate": 2, "trees": 1, "grass": 1, "health": 1},
        }

    def test_of_what_the_words_find(self):
        assert counts("type", "soil") == {"article": 3, "report": 2, "film": 1}
        assert counts("type", "soil", scope="title") == {"article": 2, "report": 1}
        assert counts("topic", "zebra") == {}

    def test_several_values_of_a_facet_mean_any_of_them(self):
        assert sorted(found(facets={"type": ["film", "dataset"]})) == ["doi", "trees"]

    def test_several_facets_mean_all_of_them(self):
        assert found(facets={"type": ["report", "film"], "topic": ["soil"]}) == ["carbon"]

    def test_a_facet_ignores_its_own_choice_and_heeds_the_others(self):
        results = search(Query(facets={"type": ["report"]}))
        assert results.counts["type"] == {"article": 3, "report": 2, "film": 1, "book": 2, "dataset": 1}
        assert results.counts["topic"] == {"soil": 1, "climate": 2}
        results = search(Query(facets={"type": ["report"], "topic": ["soil", "grass"]}))
        assert results.counts["type"] == {"article": 2, "report": 1, "book": 1}
        assert results.counts["topic"] == {"soil": 1, "climate": 2, "grass": 0}

    def test_a_chosen_value_is_counted_even_if_none_has_it(self):
        results = search(Query("tea", facets={"topic": ["soil"]}))
        assert (results.total, results.counts["topic"], results.counts["type"]) == (0, {"soil": 0}, {})

    def test_kinds_ignore_the_kinds_chosen_and_heed_facets(self):
        assert search(Query("carbon", kinds=["event"])).kinds == {"resource": 2, "event": 1}
        assert search(Query("carbon", kinds=["event"], facets={"topic": ["soil"]})).kinds == {"resource": 1}
        assert search(Query("carbon", kinds=["event"])).counts["type"] == {}

    def test_the_first_of_each_kind(self):
        everything = search(Query(each=2))
        assert everything.total == 12
        assert [(hit.kind, hit.object_id) for hit in everything.hits] == [
            ("event", "meeting"),
            ("resource", "trees"),
            ("resource", "health"),
            ("page", "welcome"),
        ]
        found = search(Query("carbon", each=1))
        assert sorted(hit.kind for hit in found.hits) == ["event", "resource"]
        assert found.hits[0].object_id == search(Query("carbon")).hits[0].object_id
        assert search(Query("zebra", each=3)).hits == []

    def test_unknown_facets_and_values_find_nothing(self):
        assert found(facets={"type": ["nonsense"]}) == []
        assert found(facets={"nonsense": ["nonsense"]}) == []
        assert len(found(facets={"type": []})) == 12

    def test_only_facets_asked_for_are_counted(self):
        assert set(search(Query(count=["type"])).counts) == {"type"}
        assert search(Query(count=[])).counts == {}

    def test_languages_are_counted_apart(self):
        assert search(Query(language="fr")).kinds == {"resource": 5}
        assert counts("type", language="fr") == {}

    def test_the_values_that_entries_of_a_kind_have(self):
        assert known_values("resource")["topic"] == ["climate", "grass", "health", "soil", "trees"]
        assert known_values("event")["topic"] == known_values("nonsense")["topic"] == []
        assert known_values("resource", "fr") == {}
        assert not [facet for facet in known_values("resource") if facet.startswith("~")]

    def test_what_to_loosen_where_nothing_matches(self):
        assert search(Query("soil")).loosened == {}
        none = search(Query("fertility", kinds=["resource"], facets={"topic": ["climate"], "type": ["article"]}))
        assert (none.total, none.loosened) == (0, {"topic": 1, "type": 0, "": 0})
        assert search(Query("tea", facets={"topic": ["soil"]})).loosened == {"topic": 1, "": 3}
        assert search(Query(facets={"topic": ["grass"], "type": ["film"]})).loosened == {"topic": 1, "type": 1}

    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title"])
    def test_every_match_is_what_the_pages_show(self, sort, monkeypatch):
        monkeypatch.setattr("initiative.search.finder._PORTION", 2)
        query = Query("soil", sort=sort)
        assert [key for _kind, key in every_match(query)] == found("soil", sort=sort)
        assert sorted(whatever_matches(query)) == sorted(found("soil", sort=sort)) != []
