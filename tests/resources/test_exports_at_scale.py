"""Files of long lists: as many statements as portions, and no more memory than for short ones."""

import gc
import tracemalloc
import weakref
from itertools import chain, repeat

import pytest

from initiative.base.landmarks import landmarks
from initiative.search.rebuild import rebuild
from resources import exports
from resources.models import Resource
from resources.queries import PORTION, resources_in_portions
from tests.factories import PersonFactory, PlaceFactory, ResearchPriorityFactory, ResourceFactory, TopicFactory
from tests.resources.reading_back import from_json


def many(portions: int):
    """So many portions, of the same ten resources again and again."""
    keys = list(Resource.objects.values_list("pk", flat=True))
    return resources_in_portions(chain.from_iterable(repeat(keys, portions * PORTION // len(keys))))


def make_ten(_site):
    """Ten resources with one of everything."""
    person, place = PersonFactory(), PlaceFactory()
    topic, priority = TopicFactory(), ResearchPriorityFactory()
    for _number in range(10):
        resource = ResourceFactory(
            people=[person], topics=[topic], priorities=[priority], files=[{"url": "https://example.org/a.pdf"}]
        )
        resource.places = [place]
        resource.save()


@pytest.fixture(scope="module")
def _ten(made_for_module):
    with made_for_module(make_ten):
        yield


@pytest.fixture
def ten(_ten, site):
    return site


def test_it_is_the_list_that_is_seen_whatever_its_length(client, ten):
    for number in range(15):
        ResourceFactory(slug=f"field-{number}", title=f"Field {number}")
    rebuild()
    seen = [
        row.resource.slug
        for page in ("", "?page=2")
        for row in client.get(f"/en/resources/{page}").context["library"].rows
    ]
    exported = client.get("/en/resources/export.json").getvalue().decode()
    assert list(from_json(exported)) == seen
    assert len(seen) == 25


@pytest.mark.parametrize("portions", [1, 4])
@pytest.mark.parametrize("name", exports.FORMATS)
def test_six_statements_for_each_portion(ten, name, portions, django_assert_num_queries):
    landmarks()  # where the library is; kept for some seconds
    read_portions = many(portions)
    with django_assert_num_queries(6 * portions):
        written = b"".join(exports.written_in("en", exports.FORMATS[name], read_portions))
    assert written.count(b"What roots leave behind.") == PORTION * portions


def a_portion() -> int:
    """Bytes that the works of one portion take."""
    tracemalloc.start()
    works = list(many(1))
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert works
    return size


@pytest.mark.parametrize("name", exports.FORMATS)
def test_memory_does_not_grow_with_the_list(ten, name):
    def kept(portions):
        """Bytes in use at most between two pieces, in so many portions."""
        tracemalloc.start()
        most = 0
        for number, _piece in enumerate(exports.written_in("en", exports.FORMATS[name], many(portions))):
            if number:  # in the midst of it
                gc.collect()  # records refer to one another in circles
                most = max(most, tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        return most

    b"".join(exports.written_in("en", exports.FORMATS[name], many(1)))  # what stays from the first time on
    assert kept(6) - kept(2) < a_portion()  # four of them, were they kept


def test_a_portion_is_let_go_before_the_next_one_is_read():
    class Work:
        pass

    def read():
        held = []
        for _number in range(3):
            assert sum(work() is not None for work in held) <= 1  # the last one written
            works = [Work() for _work in range(PORTION)]
            held = [weakref.ref(work) for work in works]
            yield works
            works = None

    plain = exports.Format("txt", "Text", "text/plain", lambda _work: "x")
    assert b"".join(exports.written_in("en", plain, read())) == b"x" * 3 * PORTION


def test_only_long_lists_give_memory_back(ten, monkeypatch):
    """It takes a look at all that the process holds, which costs more than a short list."""
    given = []
    monkeypatch.setattr("resources.exports.give_back", lambda: given.append(1))
    keys = list(Resource.objects.values_list("pk", flat=True))
    written = b"".join(exports.written_in("en", exports.FORMATS["ris"], resources_in_portions(keys)))
    assert written.count(b"TY  -") == 10
    assert given == []
    assert (
        len(list(exports.written_in("en", exports.FORMATS["ris"], many(2)))) == 3
    )  # the last one is the foot, of nothing
    assert len(given) == 2


def test_while_who_takes_a_file_is_slow_no_work_of_its_portion_is_in_memory():
    """And whoever else wants one has a turn."""

    class Work:
        pass

    def read(held):
        for _number in range(2):
            works = [Work() for _work in range(PORTION)]
            held += map(weakref.ref, works)
            yield works
            works = None

    plain = exports.Format("txt", "Text", "text/plain", lambda _work: "x")
    held, others = [], []
    slow = exports.written_in("en", plain, read(held))
    assert len(next(slow)) == PORTION
    assert len(held) == PORTION
    assert sum(work() is not None for work in held) <= 1  # the last one written
    assert b"".join(exports.written_in("en", plain, read(others))) == b"x" * 2 * PORTION
    assert b"".join(slow) == b"x" * PORTION


def test_works_that_were_read_are_held_by_nothing_else(ten):
    keys = list(Resource.objects.values_list("pk", flat=True))
    portions = resources_in_portions(keys)
    works = next(portions)
    last = weakref.ref(works[-1])
    works.clear()
    gc.collect()
    assert last() is None
