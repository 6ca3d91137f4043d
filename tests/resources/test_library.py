"""The library's list: what an address asks for, and in which order and pages it is shown. Facets: see test_facets."""

import pytest

from initiative.search.rebuild import rebuild
from resources.models import Resource, Topic
from tests.factories import ResourceFactory, ResourceTypeFactory
from tests.resources.small_library import asked, shelve, titles


@pytest.fixture(scope="module")
def _six(_tree, django_db_blocker):
    with django_db_blocker.unblock():
        shelve()


@pytest.fixture
def library(_six, site):
    """Six resources, one of them archived, in the index."""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "BCAED"),  # newest first, the undated last
        ("sort=newest", "BCAED"),
        ("sort=oldest", "EACBD"),
        ("sort=title", "ABCDE"),
        ("sort=nonsense", "BCAED"),
        ("sort=relevance", "BCAED"),  # needs words
        ("topic=water&topic=agroforestry&sort=title", "ABD"),  # either, within a facet
        ("topic=water&type=films&sort=title", "BD"),  # both, between facets
        ("topic=agroforestry&type=films", "B"),
        ("q=water&sort=title", "BDE"),
        ("q=water&scope=title", ""),
        ("q=drainage&scope=title", "D"),
        ("q=loam", "A"),
        ("q=tree+farming&sort=title", "AB"),  # a synonym of their topic
        ("q=agroforester%C3%ADa&sort=title", "AB"),  # whatever the language
        ("q=nothing-like-this", ""),
        ("topic=nonsense&colour=red&page=-4&scope=x", "BCAED"),
        ("q=%00", "BCAED"),
        ("page=2", "BCAED"),  # beyond the last, which is shown
    ],
)
def test_what_an_address_asks_for(library, query, found):
    assert "".join(titles(query)) == found


def test_words_find_by_relevance_the_title_before_the_text(library):
    ResourceFactory(title="Water", abstract_en="Rain.", issued="1990")
    rebuild()
    assert titles("q=water")[0] == "W"


def test_an_address_says_only_what_was_asked(library):
    assert asked("q=&scope=everything&sort=newest&topic=&page=1&colour=red").url() == "/en/resources/"
    assert asked("q=soil&sort=relevance").url() == "/en/resources/?q=soil"
    assert asked("q=soil&sort=newest").url() == "/en/resources/?q=soil&sort=newest"
    assert asked("show=20").url() == asked("show=7").url() == "/en/resources/"
    assert asked("exact=1&page=1&q=+soil+").url() == "/en/resources/?q=soil&exact=1"


@pytest.mark.parametrize(
    ("query", "clean"),
    [
        ("", True),
        ("q=soil", True),
        ("topic=water&q=soil", True),  # in whatever order
        ("q=soil&utm_source=elsewhere", True),  # not ours
        ("q=", False),
        ("q=+soil", False),
        ("scope=everything", False),
        ("sort=newest", False),
        ("topic=eau", False),
        ("topic=water&topic=water", False),
        ("page=1", False),
        ("page=2", False),
        ("archived=yes", False),
        ("show=20", False),
    ],
)
def test_each_state_has_one_address(library, query, clean):
    found = asked(query)
    assert found.is_clean is clean
    assert asked(found.url(found.number).partition("?")[2]).is_clean


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
    assert [row.resource for row in asked("type=many&page=9").rows] == [row.resource for row in last.rows]


def test_more_on_a_page(library):
    assert asked().sizes == []
    kind = ResourceTypeFactory(key="many", slug_en="many")
    for number in range(61):
        ResourceFactory(title=f"Z {number:02}", type=kind)
    rebuild()
    found = asked("type=many&show=50&page=2&sort=title")
    assert [row.resource.title for row in found.rows] == [f"Z {number:02}" for number in range(50, 61)]
    assert found.page_count == 2
    assert found.previous_url == "/en/resources/?sort=title&show=50&type=many"
    assert found.sizes == [
        {"number": 20, "url": "/en/resources/?sort=title&type=many", "current": False},
        {"number": 50, "url": "/en/resources/?sort=title&show=50&type=many", "current": True},
        {"number": 100, "url": "/en/resources/?sort=title&show=100&type=many", "current": False},
    ]
    # A feed and a file are of the whole list.
    assert found.feed_url == "/en/resources/feed.atom?sort=title&type=many"
    assert len(asked("type=many&show=100").rows) == 61


@pytest.mark.parametrize(
    ("language", "titled", "ordered"),
    [
        ("en", ["Zinc", "Été", "eau", "«Élan»", "2 roots"], ["2 roots", "eau", "«Élan»", "Été", "Zinc"]),
        ("fr", ["Œuvre", "Ortie", "Olive", "Ouate"], ["Œuvre", "Olive", "Ortie", "Ouate"]),
        ("es", ["Oasis", "Ñandú", "Nuez", "Nabo"], ["Nabo", "Nuez", "Ñandú", "Oasis"]),
        ("ar", ["Zinc", "تربة", "أرض", "Clay", "ماء"], ["أرض", "تربة", "ماء", "Clay", "Zinc"]),
    ],
)
def test_titles_stand_in_the_order_of_the_readers_language(library, language, titled, ordered):
    kind = ResourceTypeFactory(key="few", slug_en="few")
    for title in titled:
        ResourceFactory(title=title, type=kind)
    rebuild()
    assert [row.resource.title for row in asked("type=few&sort=title", language).rows] == ordered


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ("", True),
        ("sort=title", True),
        ("q=", True),
        ("topic=x", True),
        ("q=a", False),
        ("archived=1", False),
        ("page=2", True),  # there is no second
        ("access=open", False),
    ],
)
def test_the_library_as_one_comes_to_it(library, query, plain):
    assert asked(query).is_plain is plain


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


def ways(query):
    return [
        (way["way"], way.get("what", ""), way["url"].partition("?")[2], way["count"]) for way in asked(query).ways_out
    ]


def test_nothing_found_says_what_to_loosen_and_what_it_would_bring(library):
    assert asked("topic=water").ways_out == []
    assert ways("q=rows&topic=water&type=articles") == [
        ("facet", "Topic: Water", "q=rows&type=articles", 1),
    ]
    assert ways("topic=water&topic=agroforestry&priority=storage&year_from=2020") == [
        ("facet", "Year: from 2020", "topic=agroforestry&topic=water&priority=storage", 1),
        ("facet", "Research priority: Storage", "topic=agroforestry&topic=water&year_from=2020", 1),
    ]
    assert ways("q=zzzz&topic=water&sort=newest") == [("words", "", "sort=newest&topic=water", 2)]
    assert ways("q=fossil") == [("words", "", "", 5), ("archive", "", "q=fossil&archived=1", 1)]
    assert ways("q=tree&scope=title&exact=1") == [("words", "", "", 5), ("wide", "", "q=tree", 2)]


def test_what_to_loosen_costs_little(library, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        ways("q=tree+nothing&scope=title&exact=1&topic=water&type=articles&year_from=2020&archived=1")
