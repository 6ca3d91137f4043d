"""The library's list: what an address asks for, and what the page makes of it."""

import pytest
from django.http import QueryDict
from django.utils import translation

from initiative.search.rebuild import rebuild
from resources.library import LibraryList
from resources.models import Resource, Topic
from tests.factories import (
    PersonFactory,
    ResearchPriorityFactory,
    ResourceFactory,
    ResourceTypeFactory,
    TopicFactory,
)
from tests.reading import read, words

LIBRARY = {"en": "/en/resources/", "fr": "/fr/ressources/", "es": "/es/recursos/", "ar": "/ar/resources/"}


@pytest.fixture(scope="module")
def _six(_tree, django_db_blocker):
    with django_db_blocker.unblock():
        _shelve()


@pytest.fixture
def library(_six, site):
    """Six resources, one of them archived, in the index."""


def _shelve():
    plants = TopicFactory(
        key="plants", name_en="Plants", name_fr="Plantes", slug_en="plants", slug_fr="plantes", order=1
    )
    trees = TopicFactory(
        key="agroforestry",
        parent=plants,
        name_en="Agroforestry",
        name_fr="Agroforesterie",
        name_es="Agroforestería",
        synonyms_en="tree farming",
        slug_en="agroforestry",
        slug_fr="agroforesterie",
        slug_es="agroforesteria",
    )
    water = TopicFactory(key="water", name_en="Water", name_fr="Eau", slug_en="water", slug_fr="eau", order=2)
    texts = ResourceTypeFactory(key="texts", name_en="Texts", name_fr="Textes", slug_en="texts", slug_fr="textes")
    article = ResourceTypeFactory(
        key="article",
        parent=texts,
        name_en="Articles",
        name_fr="Articles de revue",
        slug_en="articles",
        slug_fr="revues",
    )
    film = ResourceTypeFactory(key="film", name_en="Films", name_fr="Films", slug_en="films", slug_fr="films", order=3)
    storage = ResearchPriorityFactory(key="storage", title_en="Storage", title_fr="Stockage")
    ResourceFactory(
        title="Alley cropping",
        abstract_en="Trees between rows.",
        abstract_fr="Des arbres entre les rangs.",
        type=article,
        topics=[trees],
        issued="2019",
        access="open",
        priorities=[storage],
        people=[PersonFactory(given_name="Ada", family_name="Loam")],
    )
    ResourceFactory(
        title="Bocage", language="fr", abstract_en="Hedges.", type=film, topics=[trees, water], issued="2021-05"
    )
    ResourceFactory(title="Compost", abstract_en="Rot is life.", type=article, issued="2020", access="open")
    ResourceFactory(title="Drainage", abstract_en="Where water goes.", type=film, topics=[water], issued="")
    ResourceFactory(
        title="Erosion",
        abstract_en="Where soil goes with water.",
        type=texts,
        issued="2018",
        files=[{"url": "https://example.org/a.pdf", "language": code} for code in ("en", "es")],
    )
    ResourceFactory(
        title="Fossil", abstract_en="Old trees.", type=article, topics=[trees], issued="2001", archived=True
    )
    rebuild()


def asked(query="", language="en"):
    with translation.override(language):
        found = LibraryList(QueryDict(query), LIBRARY[language], language)
        assert found.results  # asked now, in this language
    return found


def titles(query="", language="en"):
    return [row.resource.title[0] for row in asked(query, language).rows]


def counts(query, name):
    with translation.override("en"):
        return {
            choice.option.value: choice.count
            for facet, choices in asked(query).facets
            if facet.name == name
            for choice in choices
        }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "BCAED"),  # newest first, the undated last
        ("sort=newest", "BCAED"),
        ("sort=oldest", "EACBD"),
        ("sort=title", "ABCDE"),
        ("sort=nonsense", "BCAED"),
        ("sort=relevance", "BCAED"),  # needs words
        ("topic=agroforestry&sort=title", "AB"),
        ("topic=agroforesterie&sort=title", "AB"),  # an address from a French reader
        ("topic=plants&sort=title", "AB"),  # what is above counts too
        ("topic=water&sort=title", "BD"),
        ("topic=water&topic=agroforestry&sort=title", "ABD"),  # either, within a facet
        ("topic=water&type=films&sort=title", "BD"),  # both, between facets
        ("topic=agroforestry&type=films", "B"),
        ("type=texts&sort=title", "ACE"),
        ("type=articles&sort=title", "AC"),
        ("language=fr", "B"),
        ("language=es", "E"),
        ("priority=storage", "A"),
        ("access=open&sort=title", "AC"),
        ("access=restricted&sort=title", "ABCDE"),  # not offered, so not understood
        ("archived=1&sort=title", "ABCDEF"),
        ("archived=1&topic=agroforestry&sort=title", "ABF"),
        ("q=water&sort=title", "BDE"),
        ("q=water&scope=title", ""),
        ("q=drainage&scope=title", "D"),
        ("q=loam", "A"),
        ("q=tree+farming&sort=title", "AB"),  # a synonym of their topic
        ("q=agroforester%C3%ADa&sort=title", "AB"),  # whatever the language
        ("q=nothing-like-this", ""),
        ("topic=nonsense&colour=red&page=-4&scope=x", "BCAED"),
        ("q=%00", "BCAED"),
        ("page=2", "BCAED"),  # after the last page comes none
    ],
)
def test_what_an_address_asks_for(library, query, found):
    assert "".join(titles(query)) == found


def test_words_find_by_relevance_the_title_before_the_text(library):
    ResourceFactory(title="Water", abstract_en="Rain.", issued="1990")
    rebuild()
    assert titles("q=water")[0] == "W"


def test_counts_of_a_facet_ignore_its_own_choice_and_follow_the_others(library):
    assert counts("", "topic") == {"plants": 2, "agroforestry": 2, "water": 2}
    assert counts("topic=water", "topic") == {"plants": 2, "agroforestry": 2, "water": 2}
    assert counts("type=films", "topic") == {"plants": 1, "agroforestry": 1, "water": 2}
    assert counts("topic=water", "type") == {"film": 2}
    assert counts("type=articles", "type") == {"texts": 3, "article": 2, "film": 2}
    assert counts("", "language") == {"en": 4, "fr": 1, "es": 1}
    assert counts("", "access") == {"open": 2}
    assert counts("access=open", "priority") == {"storage": 1}
    assert counts("q=water", "type") == {"texts": 1, "film": 2}
    assert counts("archived=1", "topic") == {"plants": 3, "agroforestry": 3, "water": 2}


def test_what_is_chosen_stays_even_if_nothing_has_it(library):
    assert counts("topic=water&priority=storage", "topic") == {"plants": 1, "agroforestry": 1, "water": 0}
    assert titles("topic=water&priority=storage") == []


def test_facets_stand_in_order_with_the_depth_of_their_tree(library):
    found = asked().facets
    assert [facet.name for facet, _choices in found] == ["type", "topic", "language", "priority", "access"]
    assert [(choice.option.label, choice.option.depth) for choice in found[1][1]] == [
        ("Plants", 0),
        ("Agroforestry", 1),
        ("Water", 0),
    ]


def test_labels_and_slugs_are_in_the_language_of_the_reader(library):
    with translation.override("fr"):
        (facet,) = [choices for facet, choices in asked(language="fr").facets if facet.name == "topic"]
        assert [(choice.option.label, choice.slug) for choice in facet] == [
            ("Plantes", "plantes"),
            ("Agroforesterie", "agroforesterie"),
            ("Eau", "eau"),
        ]


def test_each_chip_takes_its_own_value_away_and_keeps_the_rest(library):
    with translation.override("en"):
        assert asked("q=soil&topic=water&topic=agroforestry&type=films&sort=title&archived=1&page=2").chips == [
            {"label": "Films", "url": "/en/resources/?q=soil&sort=title&archived=1&topic=agroforestry&topic=water"},
            {"label": "Agroforestry", "url": "/en/resources/?q=soil&sort=title&archived=1&type=films&topic=water"},
            {"label": "Water", "url": "/en/resources/?q=soil&sort=title&archived=1&type=films&topic=agroforestry"},
        ]
        assert asked("q=soil&topic=water&exact=1").clear_url == "/en/resources/?q=soil&exact=1"
        assert asked().chips == []


def test_an_address_says_only_what_was_asked(library):
    assert asked("q=&scope=everything&sort=newest&topic=&page=1&colour=red").url() == "/en/resources/"
    assert asked("q=soil&sort=relevance").url() == "/en/resources/?q=soil"
    assert asked("q=soil&sort=newest").url() == "/en/resources/?q=soil&sort=newest"


def test_pages_and_the_ways_between_them(library):
    kind = ResourceTypeFactory(key="many", slug_en="many")
    for number in range(61):
        ResourceFactory(title=f"Z {number:02}", type=kind)
    rebuild()
    second = asked("type=many&page=2&sort=title")
    assert [row.resource.title for row in second.rows] == [f"Z {number:02}" for number in range(20, 40)]
    assert (second.results.total, second.page_count) == (61, 4)
    assert second.previous_url == "/en/resources/?sort=title&type=many"
    assert second.next_url == "/en/resources/?sort=title&type=many&page=3"
    assert [link and (link["number"], link["current"]) for link in second.page_links] == [
        (1, False),
        (2, True),
        (3, False),
        (4, False),
    ]
    first, last = asked("type=many"), asked("type=many&page=4")
    assert [link and link["number"] for link in first.page_links] == [1, 2, None, 4]
    assert (first.previous_url, last.next_url) == ("", "")
    assert len(last.rows) == 1


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ("1", 1),
        ("7", 7),
        ("0", 1),
        ("-3", 1),
        ("x", 1),
        ("", 1),
        ("1e3", 1),
        ("٣", 1),
        ("99999", 5000),
        ("999999999999", 1),
    ],
)
def test_a_page_number_is_a_number(db, page, number):
    assert LibraryList(QueryDict(f"page={page}"), "/", "en").number == number


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ("", True),
        ("sort=title", True),
        ("q=", True),
        ("topic=x", True),
        ("q=a", False),
        ("archived=1", False),
        ("page=2", True),  # there is only one
        ("access=open", False),
    ],
)
def test_the_library_as_one_comes_to_it(library, query, plain):
    assert asked(query).is_plain is plain


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
    assert len(labels) == 5
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
    (chip,) = page.main.select("nav.chips li a")
    assert chip["href"] == "/en/resources/?q=trees&scope=content&exact=1&sort=title&archived=1"
    assert page.main.find("form")["action"] == "/en/resources/"
    assert page.main.find("form").get("method", "get") == "get"
    assert page.main.find("form").find("button") is not None  # works without a script


def test_only_the_plain_list_is_for_search_engines(client, library):
    assert read(client, "/en/resources/").is_indexed
    for query in ("?q=soil", "?topic=water", "?page=2", "?archived=1"):
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
    assert "Drainage" in text
    assert "Compost" not in text
    # The language menus outside follow the choice.
    assert text.count('hx-swap-oob="true"') == 3
    assert "/fr/ressources/?topic=eau" in text


def test_a_page_that_comes_back_from_history_is_whole(client, library):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert b"<html" in client.get("/en/resources/?topic=water", headers=headers).content


def test_a_misspelt_word_finds_what_was_meant_in_one_press(client, library):
    page = read(client, "/en/resources/?q=draynage&archived=1")
    assert page.links["drainage"] == "/en/resources/?q=drainage&archived=1"
    assert titles("q=drainage") == ["D"]


def test_nothing_found_says_what_might_help(client, library):
    page = read(client, "/en/resources/?q=zzzz&topic=water&exact=1&scope=title")
    assert (2, "No results") in page.headings or (2, "0 results") in page.headings
    assert page.main.select("ol.results") == []
    assert page.links["Search without the filters"] == "/en/resources/?q=zzzz&scope=title&exact=1"
    assert page.links["See the whole library"] == "/en/resources/"


def test_what_was_typed_is_shown_as_it_was_typed(client, library):
    page = read(client, "/en/resources/?q=%3Cscript%3Ealert(1)%3C/script%3E%22")
    assert page.main.find("input", {"name": "q"})["value"] == '<script>alert(1)</script>"'
    assert "alert(1)" not in [tag.get_text() for tag in page.soup.find_all("script")]


def test_what_was_found_is_marked(client, library):
    page = read(client, "/en/resources/?q=drainage")
    assert [words(mark) for mark in page.main.select("ol.results mark")] == ["Drainage"]


def test_unpublishing_takes_a_resource_from_the_list(client, library, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Resource.objects.get(title="Compost").unpublish()
    assert titles("sort=title") == ["A", "B", "D", "E"]


def test_publishing_puts_it_there_and_finds_it_by_its_new_words(client, library, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        resource = ResourceFactory(title="Grass", abstract_en="Mown.", live=False)
    assert titles("q=mown") == []
    with django_capture_on_commit_callbacks(execute=True):
        resource.save_revision().publish()
    assert titles("q=mown") == ["G"]


def test_renaming_a_topic_is_found_at_once(library, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        topic = Topic.objects.get(key="water")
        topic.synonyms_en = "hydrology"
        topic.save()
    assert sorted(titles("q=hydrology")) == ["B", "D"]
