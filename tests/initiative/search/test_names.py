"""What objects are suggested by: their titles and other names, kept true."""

import pytest

from initiative.search import Document, suggest
from initiative.search.models import SearchNameWord
from initiative.search.rebuild import rebuild
from initiative.search.store import writing
from tests.initiative.search.library import SOURCE, document, found, store

pytestmark = pytest.mark.django_db


def suggested(text) -> list[str]:
    return [suggestion.object_id for suggestion in suggest(text, "en", {"resource": 20})]


def test_a_suggestion_tells_what_it_is():
    store(
        document("fao", "Food & Agriculture > all", kind="organisation", names=["FAO", "ONUAA", "FAO de l’ONU"],
                 language="fr", shown_language="en")
    )  # fmt: skip
    (one,) = suggest("agri", "fr", {"organisation": 5})
    assert (one.kind, one.object_id, one.url, one.language) == ("organisation", "fao", "/fr/fao/", "en")
    assert one.title == one.name == "Food & Agriculture > all"
    assert one.mark(one.name, "en") == "Food &amp; <mark>Agriculture</mark> &gt; all"


@pytest.mark.parametrize(
    ("text", "name", "marked"),
    [
        ("onu", "ONUAA", "<mark>ONUAA</mark>"),
        ("fao", "FAO", "<mark>FAO</mark>"),
        ("fao des nat", "FAO des Nations", "<mark>FAO</mark> <mark>des</mark> <mark>Nations</mark>"),
        ("food org", "Food Organization", "<mark>Food</mark> <mark>Organization</mark>"),
    ],
)
def test_is_suggested_by_each_of_its_names(text, name, marked):
    names = ["FAO", "ONUAA", "FAO des Nations", "Organisation"]
    store(document("fao", "Food Organization", kind="organisation", names=names))
    (one,) = suggest(text, "en", {"organisation": 5})
    assert (one.title, one.name, one.mark(one.name, one.language)) == ("Food Organization", name, marked)


def test_one_name_must_have_all_that_is_typed():
    store(document("fao", "Food Organization", names=["FAO", "Nations unies"]))
    assert suggested("fao uni") == []
    assert suggested("nations uni") == ["fao"]


def test_other_names_are_found_by_a_search_as_well():
    store(document("trees", "Agroforestry", kind="topic", names=["agroforesterie", "trees on farms"]))
    assert found("agroforesteries", language="en") == found('"trees on farms"') == ["trees"]
    assert found("agroforesterie", scope="title") == []


def test_what_changes_is_suggested_by_its_new_name():
    store(document("a", "Soil", names=["Earth"]), document("b", "Soil"))
    store(document("a", "Water", names=["Rain"]))
    assert (suggested("soil"), suggested("earth"), suggested("wat"), suggested("rain")) == (["b"], [], ["a"], ["a"])
    with writing() as writer:
        writer.replace(SOURCE, {"a": [], "b": []})
    assert suggested("wat") == suggested("soil") == []
    assert not SearchNameWord.objects.exists()


def test_a_rebuild_mends_the_words(monkeypatch):
    monkeypatch.setattr("initiative.search.documents._indexers", {})
    store(document("a", "Soil"), document("b", "Water"))
    SearchNameWord.objects.filter(word="soil").delete()
    SearchNameWord.objects.filter(word="water").update(word="fire")
    monkeypatch.setattr("initiative.search.rebuild._drop_unknown", lambda words: None)
    rebuild()
    assert (suggested("soil"), suggested("water"), suggested("fire")) == (["a"], ["b"], [])


def test_of_many_words_that_begin_so_the_commonest_are_looked_at(monkeypatch):
    monkeypatch.setattr("initiative.search.suggestions._MOST_COMPLETIONS", 1)
    store(document("a", "Carbon"), document("b", "Carbon"), document("c", "Cardamom"))
    assert suggested("car") == ["a", "b"]
    assert suggested("card") == ["c"]


@pytest.mark.parametrize("count", [10, 500])
@pytest.mark.parametrize(("text", "statements"), [("s", 0), ("soil", 3), ("soil carb", 4), ("zebra", 1)])
def test_statements(count, text, statements, django_assert_num_queries):
    store(
        *(
            Document(kind=("resource", "person")[number % 2], object_id=str(number), language="en", title=f"Soil carbon {number}")
            for number in range(count)
        )
    )  # fmt: skip
    with django_assert_num_queries(statements):
        assert len(suggest(text, "en", {"resource": 3, "person": 2}, {"archived": ["yes"]})) == (statements > 1) * 5
