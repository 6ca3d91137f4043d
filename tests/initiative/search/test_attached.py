"""The text of what comes with an object, such as a PDF: found, and shown where nothing else has what was asked."""

import pytest

from initiative.search import Query, search
from initiative.search.grammar import parse
from initiative.search.models import SearchEntry, SearchWord
from initiative.search.passages import first_passage
from tests.initiative.search.library import document, found, store

pytestmark = pytest.mark.django_db

PDF = "Contents and foreword. " * 400 + "The earthworms of Brittany dig galleries in wet clay. " + "Annex. " * 400


@pytest.fixture
def shelf():
    store(
        document("report", "Soil life", "What lives below.", "Darwin", attached=PDF),
        document("note", "Earthworms", "A note on galleries."),
        document("rapport", "Vie du sol", "", attached="Les vers de terre aèrent.", attached_language="fr"),
        document("report", "Soil life", "Ce qui vit dessous.", attached=PDF, attached_language="en", language="fr"),
    )


def passages(text, **more) -> dict[str, str]:
    return {hit.object_id: str(hit.attached_html) for hit in search(Query(text=text, **more)).hits}


def test_a_match_deep_in_a_file_is_found_and_shown_with_what_stands_around_it(shelf):
    shown = passages("galleries clay")["report"]
    assert "<mark>galleries</mark> in wet <mark>clay</mark>." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 320


@pytest.mark.parametrize(
    ("query", "passage"),
    [
        ("soil", ""),  # in the title
        ("below", ""),  # in the body
        ("darwin", ""),  # in the keywords
        ("soil OR galleries", ""),
        ("soil galleries", "<mark>galleries</mark>"),  # one of the words only there
        ('"earthworms of brittany"', "<mark>earthworms of Brittany</mark>"),
        ("earthw*", "<mark>earthworms</mark>"),
        ("bretagne OR brittany", "<mark>Brittany</mark>"),
        ("digging", "<mark>dig</mark>"),
    ],
)
def test_only_what_stands_nowhere_else_is_shown_from_the_file(shelf, query, passage):
    shown = passages(query)["report"]
    assert passage in shown
    assert bool(shown) == bool(passage)


def test_it_is_read_in_its_own_language(shelf):
    assert passages("ver") == {"rapport": "Les <mark>vers</mark> de terre aèrent."}
    (hit,) = search(Query(text="galleries", language="fr")).hits
    assert (hit.shown_language, hit.attached_language) == ("fr", "en")
    assert "<mark>galleries</mark>" in hit.attached_html


def test_it_is_part_of_the_contents_and_not_of_the_title(shelf):
    assert found("brittany", scope="content") == ["report"]
    assert found("brittany", scope="title") == []
    assert found("earthworms") == ["note", "report"]
    assert found("note brittany") == ["note", "report"]  # most of the words: nothing is missing in a file then
    assert passages("note brittany") == {"note": "", "report": ""}


def test_it_teaches_no_spelling(shelf):
    assert not SearchWord.objects.filter(word="brittany").exists()


def test_a_text_that_is_replaced_or_gone_is_not_found_any_more(shelf):
    store(document("report", "Soil life", attached="Only moles."))
    assert (found("galleries"), found("moles")) == (["note"], ["report"])
    store(document("report", "Soil life"))
    assert found("moles") == []
    assert SearchEntry.objects.get(object_id="report", language="en").attached_language == ""


def test_one_statement_for_all_passages_of_a_page(django_assert_num_queries):
    store(*(document(str(number), f"Report {number}", attached=PDF) for number in range(30)))
    with django_assert_num_queries(3):
        search(Query(text="report"))
    with django_assert_num_queries(4):
        results = search(Query(text="galleries"))
    assert all(hit.attached_html for hit in results.hits)


@pytest.mark.parametrize(
    ("query", "text"),
    [("ecosysteme", "l’Écosystème"), ("كربون", "والكربون"), ("plough", "Plowed"), ("co2", "CO₂"), ("agua", "el agua")],
)
def test_a_place_is_found_whatever_accents_and_articles_it_has(query, text):
    terms = parse(query, "en", ["en", "fr", "es", "ar"]).terms
    language = {"كربون": "ar", "agua": "es", "ecosysteme": "fr"}.get(query, "en")
    assert "<mark>" in first_passage(terms, f"{'Vorne. ' * 300}{text} {'hinten. ' * 300}", language, "en")


def test_a_place_that_only_looks_likely_is_passed_over():
    terms = parse("carbon", "en", ["en"]).terms
    assert first_passage(terms, "Careful cars carry. " * 2_000, "en", "en") is None
    assert "<mark>Carbon</mark>" in first_passage(terms, "Careful cars carry. " * 100 + "Carbon.", "en", "en")
    assert first_passage(terms, "", "en", "en") is None
