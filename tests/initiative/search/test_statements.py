"""A search costs the same few statements, whatever it is asked and however much there is."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiative.search import Document, Query, known_values, search, whatever_matches
from initiative.search.engines import get_engine
from initiative.search.models import SearchEntry
from tests.initiative.search.library import store

pytestmark = pytest.mark.django_db

WORDS = ["carbon", "erosion", "humus", "compost", "mulch"]


def documents(count):
    for number in range(count):
        yield Document(
            kind="resource",
            object_id=str(number),
            language="en",
            title=f"Soil {WORDS[number % 5]} {chr(97 + number % 26)}{number}",
            body="Roots and water " * 5,
            facets={"type": [f"type {number % 7}"], "place": [f"place {number % 40}", "earth"]},
        )


@pytest.fixture(params=[10, 500])
def index(request):
    store(*documents(request.param))
    get_engine().similar_words("en", ["warm"])  # on PostgreSQL the first asks once what the server can do


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    ("statements", "query"),
    [
        (2, Query()),
        (2, Query(sort="title")),
        (2, Query(sort="title", bare=True)),
        (3, Query("soil", bare=True)),
        (2, Query(sort="title", page=3, size=3)),
        (2, Query(sort="oldest", facets={"type": ["type 1", "type 2"], "place": ["earth"]})),
        (3, Query("soil")),
        (3, Query("soil", sort="title", kinds=["resource"], facets={"place": ["earth"]})),
        (3, Query("soil -humus")),
        (3, Query("-humus")),
        (3, Query('"roots and water" OR compost*', exact=True)),
        (4, Query("carbon zebra", kinds=["resource"], count=[])),  # partial; nothing is like "zebra"
        (
            5,
            Query("carbonn"),
        ),  # nothing found, so no entries to read: matches, similar words, matches of the suggestion
        (6, Query("soil carbonn zebrra", sort="title")),
    ],
)
def test_statements(query, statements, django_assert_max_num_queries, django_assert_num_queries):
    if statements >= 4:
        with django_assert_max_num_queries(6):
            search(query)
    else:
        with django_assert_num_queries(statements):
            search(query)


@pytest.mark.usefixtures("index")
def test_all_values_of_all_facets_cost_one(django_assert_num_queries):
    with django_assert_num_queries(1):
        known_values("resource")


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    "query", [Query(sort="title", page=2), Query("soil", size=7), Query("carbonn"), Query("nothing")]
)
def test_bare_hits_are_the_same_objects_without_their_texts(query):
    whole, bare = search(query), search(replace(query, bare=True))
    assert [(hit.kind, hit.object_id, hit.language) for hit in bare.hits] == [
        (hit.kind, hit.object_id, hit.language) for hit in whole.hits
    ]
    assert {(hit.title, hit.text, hit.url, hit.date) for hit in bare.hits} <= {("", "", "", None)}
    assert replace(bare, hits=()) == replace(whole, hits=())


@pytest.mark.usefixtures("index")
def test_bare_hits_read_no_texts():
    with CaptureQueriesContext(connection) as spent:
        search(Query("soil", bare=True))
    assert '"body"' not in spent[-1]["sql"]
    assert '"object_id"' in spent[-1]["sql"]


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    ("statements", "query"),
    [
        (3, Query("soil", kinds=["resource"])),
        (2, Query("soil", kinds=["event"])),
        (2, Query("nonsense")),
        (2, Query("", sort="title")),
        (4, Query("humus zebra", kinds=["resource"])),  # partial
    ],
)
def test_whatever_matches_is_read_at_once(query, statements, django_assert_num_queries):
    with django_assert_num_queries(statements):
        ids = whatever_matches(query)
    found = {object_id for page in range(1, 12) for object_id in _shown(query, page)}
    assert (set(ids), len(ids)) == (found, len(found))


def _shown(query, page):
    return [hit.object_id for hit in search(replace(query, page=page, size=50, count=[])).hits]


def test_any_number_of_ids_is_one_text_for_postgresql():
    asked = SearchEntry.objects.filter(id__among=iter([3, 1])).query
    (among,) = asked.where.children
    sql, values = among.as_postgresql(asked.get_compiler("default"), connection)
    assert (sql.endswith("= ANY(%s::bigint[])"), values) == (True, ["{3,1}"])
