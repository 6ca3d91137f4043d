"""The page of the library: what readers get, with htmx and without, in each language."""

import pytest

from tests.reading import read, words
from tests.resources.small_library import LIBRARY, shelve, titles


@pytest.fixture(scope="module")
def _six(_tree, django_db_blocker):
    with django_db_blocker.unblock():
        shelve()


@pytest.fixture
def library(_six, site):
    """Six resources, one of them archived, in the index."""


FACETS = {
    "en": ["Type", "Topic", "Region and country", "Language of the files", "Year", "Research priority", "Written for",
           "Made or published by", "Access", "Licence"],
    "fr": ["Type", "Thème", "Région et pays", "Langue des fichiers", "Année", "Priorité de recherche", "Écrit pour",
           "Produit ou publié par", "Accès", "Licence"],
    "es": ["Tipo", "Tema", "Región y país", "Idioma de los archivos", "Año", "Prioridad de investigación", "Escrito para",
           "Hecho o publicado por", "Acceso", "Licencia"],
    "ar": ["النوع", "الموضوع", "المنطقة والبلد", "لغة الملفات", "السنة", "أولوية البحث", "موجّه إلى",
           "إنتاج أو نشر", "الوصول", "الترخيص"],
}  # fmt: skip


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_the_page_in_each_language(client, library, code):
    page = read(client, LIBRARY[code])
    hits = page.main.select("ol.results > li")
    assert [words(hit.find(["h2", "h3"])) for hit in hits] == [
        "Bocage",
        "Compost",
        "Alley cropping",
        "Erosion",
        "Drainage",
    ]
    assert all(hit.find("a")["href"].startswith(LIBRARY[code]) for hit in hits)
    assert hits[0].h3.bdi["lang"] == "fr"
    labels = [words(tag) for tag in page.main.select(".facet legend")]
    assert labels == [words(tag) for tag in page.main.select("details.facet > summary")]
    assert labels == FACETS[code]
    date = {"en": "May 2021", "fr": "mai 2021", "es": "mayo de 2021", "ar": "مايو 2021"}
    assert date[code] in words(hits[0])
    files = {"en": "French", "fr": "français", "es": "francés", "ar": "الفرنسية"}
    assert files[code] in words(hits[0])
    abstract = {
        "en": "Trees between rows.",
        "fr": "Des arbres entre les rangs.",
        "es": "Trees between rows.",
        "ar": "Des arbres entre les rangs.",
    }
    assert abstract[code] in words(hits[2])
    assert "Ada Loam" in words(hits[2])
    if code == "en":
        assert (2, "5 results") in page.headings
        assert "Open access" in words(hits[2])


def test_the_same_choice_in_another_language_is_one_press_away(client, library):
    english = read(client, "/en/resources/?topic=agroforestry&q=trees&sort=title")
    assert english.languages["fr"] == "/fr/ressources/?q=trees&sort=title&topic=agroforesterie"
    assert english.languages["es"] == "/es/recursos/?q=trees&sort=title&topic=agroforesteria"
    assert english.languages["ar"] == "/ar/resources/?q=trees&sort=title&topic=agroforestry"
    plain = read(client, "/en/resources/?topic=agroforestry")
    french = read(client, plain.languages["fr"])

    def found(page):
        return [words(tag) for tag in page.main.select("ol.results h3")]

    assert found(plain) == found(french) == ["Bocage", "Alley cropping"]
    assert french.languages["en"] == "/en/resources/?topic=agroforestry"
    assert [chip["href"] for chip in french.main.select("nav.chips li a")] == ["/fr/ressources/"]


def test_what_was_chosen_is_ticked_and_can_be_taken_away(client, library):
    page = read(client, "/en/resources/?q=trees&topic=agroforestry&exact=1&scope=content&archived=1&sort=title")
    ticked = {(box["name"], box["value"]) for box in page.main.find_all("input", checked=True)}
    assert ticked == {("topic", "agroforestry"), ("exact", "1"), ("scope", "content"), ("archived", "1")}
    assert page.main.find("input", {"name": "q"})["value"] == "trees"
    assert page.main.find("option", selected=True)["value"] == "title"
    topic, archive = page.main.select("nav.chips li a")
    assert words(topic) == "Topic: Agroforestry , remove"
    assert topic["href"] == "/en/resources/?q=trees&scope=content&exact=1&sort=title&archived=1"
    assert words(archive) == "With the archive , remove"
    assert archive["href"] == "/en/resources/?q=trees&scope=content&exact=1&sort=title&topic=agroforestry"
    assert page.main.find("form")["action"] == "/en/resources/"
    assert page.main.find("form").get("method", "get") == "get"
    assert page.main.find("form").find("button") is not None  # works without a script


def test_only_the_plain_list_is_for_search_engines(client, library):
    assert read(client, "/en/resources/").is_indexed
    for query in ("?q=soil", "?topic=water", "?spotlight=1", "?archived=1", "?show=50"):
        page = read(client, f"/en/resources/{query}")
        assert not page.is_indexed
        assert page.canonical == "/en/resources/"


def test_htmx_gets_only_what_changes(client, library):
    whole = client.get("/en/resources/?topic=water")
    part = client.get("/en/resources/?topic=water", headers={"HX-Request": "true"})
    assert "HX-Request" in whole.headers["Vary"]
    assert "HX-Request" in part.headers["Vary"]
    text = part.content.decode()
    assert "<html" not in text
    assert "<h1" not in text
    assert "<title>Water – Library en – 4 per 1000\n</title>" in text
    assert "Drainage" in text
    assert "Compost" not in text
    # The language menus outside follow the choice.
    assert text.count('data-hx-swap-oob="true"') == 3
    assert "/fr/ressources/?topic=eau" in text


def test_a_page_that_comes_back_from_history_is_whole(client, library):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert b"<html" in client.get("/en/resources/?topic=water", headers=headers).content


def test_a_misspelt_word_finds_what_was_meant_in_one_press(client, library):
    page = read(client, "/en/resources/?q=draynage&archived=1")
    assert page.links["drainage"] == "/en/resources/?q=drainage&archived=1"
    assert titles("q=drainage") == ["D"]


def test_what_was_typed_is_shown_as_it_was_typed(client, library):
    page = read(client, "/en/resources/?q=%3Cscript%3Ealert(1)%3C/script%3E%22")
    assert page.main.find("input", {"name": "q"})["value"] == '<script>alert(1)</script>"'
    assert "alert(1)" not in [tag.get_text() for tag in page.soup.find_all("script")]


def test_what_was_found_is_marked(client, library):
    page = read(client, "/en/resources/?q=drainage")
    assert [words(mark) for mark in page.main.select("ol.results mark")] == ["Drainage"]


def test_the_browser_is_led_to_the_one_address(client, library):
    """So a form sent without a script has the same address as with one."""
    sent = "/en/resources/?q=soil+&scope=everything&sort=&topic=eau&year_from=&year_to=2030&page=7&colour=red"
    assert client.get(sent).headers["Location"] == "/en/resources/?q=soil&topic=water&year_to=2030"
    part = client.get(sent, headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Push-Url"]) == (200, "/en/resources/?q=soil&topic=water&year_to=2030")
    assert client.get("/en/resources/?page=3").headers["Location"] == "/en/resources/"
    assert client.get("/en/resources/?utm_source=elsewhere").status_code == 200


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/en/resources/", "Library en – 4 per 1000"),
        ("/en/resources/?sort=title", "Library en – 4 per 1000"),
        ("/en/resources/?q=soil&topic=water&year_to=2020", "“soil”, Water, until 2020 – Library en – 4 per 1000"),
        ("/fr/ressources/?place=002&archived=1", "Afrique, Archives comprises – Library fr – 4 pour 1000"),
    ],
)
def test_the_title_says_what_was_asked(client, library, path, title):
    assert read(client, path).title == title


def test_years_are_a_drawing_with_words_and_two_fields(client, library):
    page = read(client, "/en/resources/?year_from=2019")
    drawing = page.main.select_one(".years svg")
    assert drawing["role"] == "img"
    assert drawing["aria-label"].strip() == "Results by year: 2018: 1; 2019: 1; 2020: 1; 2021: 1;"
    assert [rect.get("class") for rect in drawing.find_all("rect")] == [["out"], None, None, None]
    fields = page.main.select(".years input")
    assert [(field["name"], field["value"], field["placeholder"]) for field in fields] == [
        ("year_from", "2019", "2018"),
        ("year_to", "", "2021"),
    ]


def test_facets_chosen_in_are_open_and_the_last_ones_wait(client, library):
    def opened(path):
        return [words(fold.summary) for fold in read(client, path).main.select("details.facet[open]")]

    usual = ["Type", "Topic", "Region and country", "Language of the files", "Year"]
    assert opened("/en/resources/") == usual
    assert opened("/en/resources/?audience=farmers&licence=CC-BY-4.0") == [*usual, "Written for", "Licence"]


def test_where_nothing_is_found_each_way_out_says_what_it_brings(client, library):
    page = read(client, "/en/resources/?q=fossil&topic=water")
    found = [words(row) for row in page.main.select(".empty li")]
    assert found == [
        "Without the words 2 results",
        "Fewer words, or more general ones",
        "See the whole library",
    ]
    assert (2, "0 results") in page.headings
    assert page.main.select("ol.results") == []
    assert page.links["Without the words"] == "/en/resources/?topic=water"
    page = read(client, "/en/resources/?q=cropping&topic=water&type=films")
    assert [words(row) for row in page.main.select(".empty li")] == [
        "Without the words 2 results",
        "Search without the filters",
        "Fewer words, or more general ones",
        "See the whole library",
    ]


def test_words_of_which_nothing_has_all_are_said(client, library):
    page = read(client, "/en/resources/?q=drainage+compost")
    assert "Nothing has all of these words. What follows has most of them." in page.text
    assert sorted(titles("q=drainage+compost")) == ["C", "D"]
    assert "Nothing has all" not in read(client, "/en/resources/?q=water").text


def test_a_page_with_everything_is_light(client, library):
    answer = client.get("/en/resources/?q=water", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < 30_000


def test_results_by_year_are_a_drawing_and_a_table_that_leads_there(client, library):
    page = read(client, "/en/resources/?sort=title&year_from=2020")
    chart = page.main.select_one(".chart")
    rows = [[words(cell) for cell in row.find_all(["th", "td"])] for row in chart.select("tr")]
    years = [row for row in rows[1:] if row[1] != "0"]
    assert rows[0] == ["Year", "Resources"]
    assert len(chart.select("rect.chart-ground")) == len(years) > 1
    assert chart.svg["aria-label"].startswith(f"Results by year, {years[0][0]} to {years[-1][0]}. Most: ")
    # All years, whatever was chosen of them; the rest of what was asked stays.
    assert int(years[0][0]) < 2020
    first = chart.select("tbody a")[0]["href"]
    assert first == f"/en/resources/?sort=title&year_from={years[0][0]}&year_to={years[0][0]}"
    assert read(client, first).main.select_one(".chart")
