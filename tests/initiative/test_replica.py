"""Who reads from a replica of the database, and when nobody does."""

from contextlib import nullcontext

import pytest
from django.db import OperationalError, connection, connections, router
from django.db.backends.base.base import NO_DB_ALIAS as ALIAS
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from initiative.base import replica
from initiative.base.replica import Router, Watch, from_primary, reading
from initiative.replica import ReplicaMiddleware
from initiative.search.models import SearchEntry
from resources.models import Resource
from tests.factories import ResourceFactory


@pytest.fixture
def second(db, settings, monkeypatch):
    """Another name for the test's own connection, so that it shows the same rows; the only other name that a test is allowed."""
    connections.settings[ALIAS] = connections.settings["default"]
    mirror = connection.copy(ALIAS)
    mirror.connection, mirror.autocommit, mirror.in_atomic_block = connection.connection, False, True
    connections[ALIAS] = mirror
    monkeypatch.setattr(replica, "ALIAS", ALIAS)
    monkeypatch.setattr(replica, "watch", Watch())
    monkeypatch.setattr(replica.watch, "problem", lambda: "")
    settings.DATABASE_ROUTERS = ["initiative.base.replica.Router"]
    settings.MIDDLEWARE = [settings.MIDDLEWARE[0], "initiative.replica.ReplicaMiddleware", *settings.MIDDLEWARE[1:]]
    yield mirror
    mirror.connection = None
    del connections[ALIAS], connections.settings[ALIAS]


@pytest.fixture
def asked(second, client):
    """An address asked for: its status, and how many statements went to the primary and to the replica."""

    def ask(path, by=client, method="get", **more):
        with CaptureQueriesContext(connection) as primary, CaptureQueriesContext(second) as other:
            status = getattr(by, method)(path, **more).status_code
        return status, len(primary), len(other)

    return ask


@pytest.fixture
def page(site):
    ResourceFactory(slug="roots", title="Roots")
    return "/en/resources/roots/"


def test_a_reader_is_answered_from_the_replica_alone_once_menus_are_known(page, asked):
    first, second = asked(page), asked(page)
    assert first[0] == second[0] == 200
    assert (second[1], second[2] > 3) == (0, True)
    assert first[1] > 0  # what the worker keeps for everybody comes from the primary
    assert asked("/ar/")[2] > 0


@pytest.mark.parametrize("path", ["/en/search/?q=soil", "/sitemap.xml", "/en/partners-desk/", "/readyz", "/"])
def test_what_is_no_page_is_answered_by_the_primary(page, asked, path):
    assert asked(path)[2] == 0


def test_who_is_signed_in_sent_a_form_or_sends_one_asks_the_primary(page, asked, admin_client, client):
    assert asked(page, admin_client)[1:] > (0, 0)
    assert asked(page, admin_client)[2] == 0
    assert asked(page, method="post")[2] == 0
    assert asked(page, headers={"Authorization": "Bearer x"})[2] == 0
    for name in ("csrftoken", "messages"):
        client.cookies.clear()
        client.cookies[name] = "x"
        assert asked(page)[2] == 0


def test_after_a_write_the_rest_of_the_request_reads_what_was_written(second):
    with reading() as turn:
        assert (Resource.objects.all().db, turn.used) == (ALIAS, True)
        Page.objects.filter(pk=0).update(title="x")
        assert (Resource.objects.all().db, turn.reads) == ("default", False)
    with reading():
        assert Page.objects.select_for_update().db == "default"
    assert Resource.objects.all().db == "default"


def test_what_is_kept_for_others_and_the_search_are_read_from_the_primary(second, monkeypatch):
    with reading():
        assert SearchEntry.objects.all().db == "default"
        with from_primary():
            assert Page.objects.all().db == "default"
        assert Page.objects.all().db == ALIAS
        monkeypatch.setattr(replica.watch, "is_alone", True)
        with from_primary():
            assert Page.objects.all().db == ALIAS  # better than nothing


def test_what_was_read_there_is_saved_here_and_nothing_is_migrated_there(second):
    ResourceFactory(slug="roots")
    with reading():
        found = Resource.objects.get(slug="roots")
        assert found._state.db == ALIAS
    assert router.db_for_write(Resource, instance=found) == "default"
    assert router.allow_relation(found, ResourceFactory())
    assert [Router().allow_migrate(alias, "resources") for alias in (ALIAS, "default")] == [False, True]


@pytest.fixture
def places(second, monkeypatch, client):
    """Where each database is in its log, or what it raises; the watch looks at that, and at a clock that it gives."""
    found = {"default": 1, ALIAS: 1}

    def position(alias, _what):
        if isinstance(found[alias], Exception):
            raise found[alias]
        return found[alias]

    client.raise_request_exception = False
    monkeypatch.setattr(replica, "watch", Watch(Clock()))
    monkeypatch.setattr(replica, "_position", position)
    return found


def refuse():
    raise OperationalError("terminating connection\nwithout more words")


def test_a_replica_that_fails_is_left_alone_and_the_reader_has_the_page(page, asked, second, places, monkeypatch):
    assert asked(page)[2] > 0
    places[ALIAS] = OperationalError("connection refused\nIs it running?")
    with monkeypatch.context() as away:
        away.setattr(second, "cursor", refuse)
        status, primary, _none = asked(page)
        assert (status, primary > 3) == (200, True)
        assert replica.watch.problem() == "OperationalError: connection refused"
        replica.watch.clock.now += 9
        assert asked(page)[0] == 200
    places[ALIAS] = 1
    assert asked(page)[2] == 0
    replica.watch.clock.now += 2
    assert asked(page)[2] > 0


def test_a_statement_that_the_replica_breaks_off_is_asked_of_the_primary_and_the_next_of_the_replica(
    page, asked, second, places, monkeypatch
):
    with monkeypatch.context() as away:
        away.setattr(second, "cursor", refuse)
        status, primary, _none = asked(page)
        assert (status, primary > 3) == (200, True)
    assert asked(page)[2] > 0


def test_while_the_primary_is_away_the_replica_answers_alone(page, asked, places, monkeypatch):
    places["default"] = OperationalError("connection refused")
    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", refuse)
        assert asked(page)[0] == 200
        assert asked(page)[0] == 200
    assert replica.watch.is_alone


def test_a_mistake_of_the_site_itself_is_still_one(rf, monkeypatch):
    class Answer:
        status_code = 500

    monkeypatch.setattr(replica, "watch", Watch(Clock()))
    monkeypatch.setattr(replica, "_position", lambda alias, _what: 1)
    calls = []

    def answer(_request):
        Router().db_for_read(Resource)
        calls.append(1)
        return Answer()

    assert ReplicaMiddleware(answer)(rf.get("/en/")).status_code == 500
    assert (len(calls), replica.watch.problem()) == (2, "")


class Clock:
    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


def watched(monkeypatch, steps) -> list[str]:
    """What the watch finds, step by step: seconds later, the primary's position, the replica's (an exception is raised)."""
    clock, told, positions = Clock(), [], {}
    watch = Watch(clock)

    def position(alias, _what):
        if isinstance(positions[alias], Exception):
            raise positions[alias]
        return positions[alias]

    monkeypatch.setattr(replica, "_position", position)
    for later, primary, other in steps:
        clock.now += later
        positions |= {"default": primary, "replica": other}
        told.append(watch.problem())
    return told


AWAY = OperationalError("connection refused\nIs it running?")


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([(0, 5, 5), (0.4, 9, 9), (60, 9, 9)], ["", "", ""]),
        ([(0, 5, 5), (0.4, 9, 5), (0.4, 12, 9)], ["", "", ""]),  # half a second late
        ([(0, 5, 5), (0.4, 9, 5), (0.4, 9, 5), (0.4, 9, 9)], ["", "", "it is behind", ""]),
        ([(0, 5, 5), (0.4, 9, 5), (0.2, 9, 5)], ["", "", ""]),  # nobody looks again so soon
        ([(0, 9, 5), (0.4, 9, 9)], ["it is behind", ""]),  # nothing is known of before
        ([(0, 5, 5), (30, 9, 5)], ["", "it is behind"]),
        ([(0, 5, None), (0.4, 5, 5), (10, 5, 5)], ["it follows no other server"] * 2 + [""]),
        ([(0, 5, AWAY), (9, 5, 5), (1, 5, 5)], ["OperationalError: connection refused"] * 2 + [""]),
        ([(0, 5, 5), (1, AWAY, 5), (10, AWAY, 5), (10, 9, 5)], ["", "", "", "it is behind"]),
    ],
)  # fmt: skip
def test_it_is_asked_only_while_it_is_new_enough(monkeypatch, steps, told):
    assert watched(monkeypatch, steps) == told


def test_until_somebody_has_looked_nobody_asks_it(monkeypatch, caplog):
    """A new worker's first look takes as long as two connections; others come meanwhile."""
    watch, meanwhile = Watch(Clock()), []

    def position(alias, _what):
        meanwhile.append(watch.problem())
        return 1

    monkeypatch.setattr(replica, "_position", position)
    assert (watch.problem(), meanwhile) == ("", ["nobody has looked yet"] * 2)
    assert not caplog.records


def test_a_failure_that_a_request_finds_is_told_and_looked_at_once(monkeypatch, caplog):
    """Of two requests that fail together, the second takes what the first has found meanwhile."""
    clock, looks = Clock(), []
    watch = Watch(clock)

    def position(alias, _what):
        if alias == "default":
            return 1
        looks.append(clock.now)
        clock.now += 5  # a connection that isn't answered
        raise AWAY

    monkeypatch.setattr(replica, "_position", position)

    class Queue:
        """The lock, at which the second request waits until the first has let go."""

        def __enter__(self):
            if not looks:
                monkeypatch.setattr(watch, "_lock", nullcontext())
                assert not watch.doubt()

        def __exit__(self, *_error):
            pass

    monkeypatch.setattr(watch, "_lock", Queue())
    assert not watch.doubt()
    assert looks == [1_000.0]
    assert [record.getMessage() for record in caplog.records] == [
        "The replica isn't asked: OperationalError: connection refused."
    ]
