"""What was found is marked, everything else escaped."""

import pytest

from initiative.search import Document, Query, search
from initiative.search.grammar import parse
from initiative.search.highlight import Highlighter
from tests.initiative.search.library import store


def marked(query, text, language="en", site_language="en"):
    terms = parse(query, site_language, ["en", "fr", "es"]).terms
    return Highlighter(terms, site_language).title(text, language)


@pytest.mark.parametrize(
    ("query", "text", "html"),
    [
        ("soil", "Soils & <soil>", "<mark>Soils</mark> &amp; &lt;<mark>soil</mark>&gt;"),
        ("soil carbon", "Carbon in soils", "<mark>Carbon</mark> in <mark>soils</mark>"),
        ('"soil carbon"', "Soil carbon, carbon soil", "<mark>Soil carbon</mark>, carbon soil"),
        ("agro*", "Agroforestry, not forestry", "<mark>Agroforestry</mark>, not forestry"),
        ('"soil car"*', "Soil carbon", "<mark>Soil carbon</mark>"),
        ("color", "Colours", "<mark>Colours</mark>"),
        ("soil -carbon", "Soil carbon", "<mark>Soil</mark> carbon"),
        ("soil-carbon", "soil of carbon", "<mark>soil of carbon</mark>"),
        ("mark", "<mark>mark</mark>", "&lt;<mark>mark</mark>&gt;<mark>mark</mark>&lt;/<mark>mark</mark>&gt;"),
        ("", "Soil", "Soil"),
        ("zebra", "Soil", "Soil"),
        ("soil", "", ""),
    ],
)
def test_marks(query, text, html):
    assert marked(query, text) == html


@pytest.mark.parametrize("language", ["en", "fr", "ar", "de"])
@pytest.mark.parametrize(
    "query", ["soil", "soil carbone the", "agro* cafe", "=soils terre", "التربة المناخ", "soil -carbon"]
)
def test_single_words_are_marked_as_they_are_among_others(query, language):
    """They take a shorter way, on which each word of a text is looked at but once."""
    text = "The Soils, l’agroforesterie: café, soil_carbon (carbones) والتربة ́ تربة Terres theirs & THE soil’s"
    terms = parse(query, "en", ["en", "fr", "ar"]).terms
    alone, among = Highlighter(terms, "en"), Highlighter(terms, "en")
    assert alone._of_single_words
    among._of_single_words = False
    assert alone.title(text, language) == among.title(text, language)


def test_marks_words_of_the_language_shown():
    assert marked("foret", "L’agroforesterie, la Forêt", "fr", "fr") == "L’agroforesterie, la <mark>Forêt</mark>"
    assert marked("soils", "Soil carbon", "en", "fr") == "<mark>Soil</mark> carbon"
    assert marked("cafe", "cafe\u0301!") == "<mark>cafe\u0301</mark>!"


def snippet(query, text):
    return Highlighter(parse(query, "en", ["en"]).terms, "en").snippet(text, "en")


def test_a_short_text_is_shown_whole():
    assert snippet("soil", "A soil & a <b>.") == "A <mark>soil</mark> &amp; a &lt;b&gt;."


def test_without_a_match_the_beginning_is_shown():
    shown = snippet("zebra", "word " * 200)
    assert shown.startswith("word word")
    assert shown.endswith("word …")
    assert len(shown) <= 245


def test_the_passage_with_most_of_the_words_is_shown():
    text = "soil " + "filler " * 100 + "soil and carbon in water " + "filler " * 100
    shown = snippet("soil carbon water", text)
    assert shown.startswith("… filler ")
    assert "<mark>soil</mark> and <mark>carbon</mark> in <mark>water</mark>" in shown
    assert shown.endswith("filler …")


def test_a_text_without_blanks_is_cut_anyway():
    assert len(snippet("zebra", "x" * 1_000)) < 250


def test_many_matches_are_not_slow():
    assert "<mark>soil</mark>" in snippet("soil", "soil " * 4_000)


def test_hits_are_safe_to_print(db):
    store(
        Document(kind="k", object_id="1", language="en", title='<script>"soil"</script>', body="<i>soil</i> a<b> & c")
    )
    (hit,) = search(Query("soil")).hits
    assert hit.title_html == "&quot;<mark>soil</mark>&quot;"
    assert hit.snippet_html == "<mark>soil</mark> a &amp; c"
    assert hit.title_html.__html__() == hit.title_html
