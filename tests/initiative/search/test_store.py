"""What is written is what is found: entries, words, facets and spelling stay in step."""

import pytest

from initiative.search import Document, Query, search
from initiative.search.engines import get_engine
from initiative.search.models import SearchEntry, SearchWord
from initiative.search.store import writing
from tests.initiative.search.library import SOURCE, document, found, store

pytestmark = pytest.mark.django_db


def test_a_document_replaces_the_one_before():
    store(document("a", "Soil"), document("b", "Soil"))
    numbers = dict(SearchEntry.objects.values_list("object_id", "pk"))
    store(document("a", "Water", "of life"))
    assert (found("soil"), found("water")) == (["b"], ["a"])
    assert dict(SearchEntry.objects.values_list("object_id", "pk")) == numbers


def test_documents_no_longer_given_go():
    store(document("a", "Soil"), document("a", "Sol", language="fr"))
    store(document("a", "Soil"))
    assert found("sol", language="fr") == []
    with writing() as writer:
        writer.replace(SOURCE, {"a": []})
    assert found("soil") == []
    assert not SearchEntry.objects.exists()


def test_sources_are_apart():
    store(document("1", "Soil", kind="page"), source="pages")
    store(document("1", "Soil", kind="person"), source="people")
    assert search(Query("soil")).kinds == {"page": 1, "person": 1}
    with writing() as writer:
        writer.replace("pages", {"1": []})
    assert search(Query("soil")).kinds == {"person": 1}


def test_the_same_again_writes_nothing():
    with writing() as writer:
        assert writer.replace(SOURCE, {"a": [document("a", "Soil", facets={"type": ["x", "y"]})]}) == 1
    with writing() as writer:
        assert writer.replace(SOURCE, {"a": [document("a", "Soil", facets={"type": ["y", "x", "x"]})]}) == 0


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ([document("b", "Soil")], "object 'b'"),
        ([document("a", "Soil", language="xx")], "'xx'"),
        ([document("a", "Soil"), document("a", "Earth")], "second document in 'en'"),
        ([document("a", "Soil", facets={"~kind": ["x"]})], "~kind"),
    ],
)
def test_wrong_documents_are_refused(documents, message):
    with pytest.raises(ValueError, match=message), writing() as writer:
        writer.replace(SOURCE, {"a": documents})


def test_what_no_database_takes_is_left_out():
    store(document("a", "So\x00il \ud800", "body\x00", facets={"type": ["x"]}))
    assert found("soil body") == ["a"]


def test_very_long_texts_are_searched_at_their_beginning():
    store(document("a", "word " * 20_000, "early " + "word " * 20_000 + "late"))
    assert found("early") == ["a"]
    assert found("late") == []
    assert found('"word word"') == ["a"]


def titled(*titles):
    return [
        Document(kind="k", object_id=str(number), language="es", title=title) for number, title in enumerate(titles)
    ]


def test_titles_are_in_the_order_of_the_language():
    store(*titled("Ñu", "nzaku", "Año", "anzuelo", "Œuvre", "oeuf", "État", "etang", "—", "NZAKU"))
    assert found(language="es", sort="title") == ["8", "3", "2", "7", "6", "1", "9", "0", "5", "4"]
    pages = [found(language="es", sort="title", size=3, page=page) for page in (1, 2, 3, 4, 5)]
    assert pages == [["8", "3", "2"], ["7", "6", "1"], ["9", "0", "5"], ["4"], []]


def test_changes_of_facets_change_the_counts():
    store(document("a", "A", facets={"type": ["x", "y"]}), document("b", "B", facets={"type": ["x"]}))
    assert search(Query()).counts == {"type": {"x": 2, "y": 1}}
    store(document("a", "A", facets={"type": ["z"]}), document("b", "B", facets={"type": ["x"], "place": ["here"]}))
    assert search(Query()).counts == {"type": {"x": 1, "z": 1}, "place": {"here": 1}}


def words(language="en"):
    return dict(SearchWord.objects.filter(language=language).values_list("word", "entries"))


def test_words_are_counted_and_forgotten():
    store(document("a", "Soil Soil carbon"), document("b", "soil"))
    assert words() == {"soil": 2, "carbon": 1}
    store(document("a", "Soil Forêt"))
    assert words() == {"soil": 2, "foret": 1}
    assert SearchWord.objects.get(word="foret").written == "forêt"


def test_words_are_written_as_in_texts_of_the_language():
    store(document("a", "Sol", "Séquestration", language="fr"), document("a", "Soil", keywords="séquestration"))
    assert SearchWord.objects.get(language="en", word="sequestration").written == "séquestration"
    store(document("b", "Sequestration"), document("b", "Sequestration", language="fr", shown_language="en"))
    store(document("c", "Soil", keywords="séquestration"))
    assert SearchWord.objects.get(language="en", word="sequestration").written == "sequestration"
    assert SearchWord.objects.get(language="fr", word="sequestration").written == "séquestration"


def test_a_forgotten_word_is_no_longer_like_another():
    store(document("a", "carbon"))
    store(document("a", "water"), source=SOURCE)
    candidates = get_engine().similar_words("en", ["carbn", "watr"])
    assert "carbon" not in [candidate.word for candidate in candidates["carbn"]]
    assert [candidate.word for candidate in candidates["watr"]] == ["water"]
