from contextlib import contextmanager
from operator import eq
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import transaction
from django.utils import translation
from wagtail.models import Page

from initiative.base import freshness, replica
from initiative.base.known import Known, anew, asked_once, told_once
from initiative.base.querysets import open_to_all, where_all_are_open
from initiative.queries import goal_options, part_of
from resources.queries import topic_options, type_options
from tests.factories import GoalFactory, PlaceFactory, TopicFactory


class Counted:
    """What the database says, and how often it was asked."""

    def __init__(self):
        self.says, self.asked, self.fails = "old", [], False

    def __call__(self, *asked):
        self.asked.append(asked)
        if self.fails:
            raise LookupError("not now")
        return self.says


@pytest.fixture
def source():
    return Counted()


@pytest.fixture
def known(source):
    return Known("a-test", source)


@pytest.fixture
def clock(monkeypatch):
    """The process's own; with the times that readers meet, where other tests know everything for as long as they take."""
    clock = SimpleNamespace(now=1_000.0)
    monkeypatch.setattr("initiative.base.known.monotonic", lambda: clock.now)
    monkeypatch.setattr(freshness, "KNOWN", 3)
    monkeypatch.setattr(freshness, "RENEWED", 2)
    return clock


@contextmanager
def a_request():
    """Until the answer is out; what was put off until then is done at the end."""
    request_started.send(sender=None)
    yield
    request_finished.send(sender=None)


def test_it_is_read_once_for_each_thing_asked_and_again_when_its_time_is_over(known, source, clock):
    assert [known("en"), known("fr"), known("en"), known("fr")] == ["old"] * 4
    assert source.asked == [("en",), ("fr",)]
    source.says = "new"
    clock.now += 2.9
    assert known("en") == "old"
    clock.now += 0.1
    assert [known("en"), known("en")] == ["new", "new"]
    assert source.asked == [("en",), ("fr",), ("en",)]


@pytest.mark.django_db
def test_who_asks_late_is_not_kept_waiting_and_has_it_read_after_the_answer(known, source, clock):
    with a_request():
        known("en")
    clock.now += 1.9
    source.says = "new"
    with a_request():
        assert known("en") == "old"
    assert source.asked == [("en",)]
    clock.now += 0.1
    with a_request():
        assert [known("en"), known("en")] == ["old", "old"]
        assert source.asked == [("en",)]
    assert source.asked == [("en",), ("en",)]
    clock.now += 1.9
    with a_request():
        assert known("en") == "new"
    assert len(source.asked) == 2


@pytest.mark.django_db
def test_while_the_primary_is_away_nothing_is_put_off_to_who_asks_it(known, source, clock, monkeypatch):
    with a_request():
        known("en")
    monkeypatch.setattr(replica.watch, "is_alone", True)
    clock.now += 2
    with a_request():
        assert known("en") == "old"
    assert source.asked == [("en",)]
    clock.now += 1
    with a_request():
        known("en")
    assert source.asked == [("en",), ("en",)]


@pytest.mark.django_db
def test_it_is_renewed_in_the_language_that_it_was_asked_for_in(clock):
    read_in = []
    known = Known("a-test", lambda: read_in.append(translation.get_language()))
    with translation.override("fr"):
        known()
    clock.now += 2
    with a_request(), translation.override("fr"):
        known()
    assert read_in == ["fr", "fr"]


@pytest.mark.django_db
def test_what_somebody_could_not_wait_for_is_not_read_again(known, source, clock):
    known()
    clock.now += 2
    with a_request():
        known()
        clock.now += 1
        known()
        assert len(source.asked) == 2
    assert len(source.asked) == 2


def test_what_others_are_told_too_is_asked_as_if_something_were_private():
    """A reader knows that nothing is, and a moment later that is no longer so."""
    asked_of_all = Known("a-test", lambda: open_to_all(Page.objects.all()).query.where)
    with where_all_are_open(True):
        assert not open_to_all(Page.objects.all()).query.where
        assert asked_of_all()


@pytest.mark.django_db
def test_where_renewing_fails_the_next_to_ask_tries_again_and_the_one_after_its_time_is_told(known, source, clock):
    known()
    clock.now += 2
    source.fails = True
    for times in (2, 3):
        with a_request():
            assert known() == "old"
        assert len(source.asked) == times
    clock.now += 1
    with pytest.raises(LookupError):
        known()


@pytest.mark.django_db
def test_what_is_forgotten_is_read_at_once_however_new_it_is(known, source, clock):
    with a_request():
        known()
        source.says = "new"
        known.forget()
        assert known() == "new"


def test_something_is_as_old_as_what_it_is_made_of(known, source, clock):
    """Ten seconds is what they add up to (`freshness`): one isn't known for its own time after the time of another."""
    outer = Known("another-test", lambda: known())
    known()
    clock.now += 1.5
    source.says = "new"
    assert outer() == "old"
    clock.now += 1.5
    assert outer() == "new"


def test_nothing_is_made_of_what_is_to_be_renewed_soon(known, source, clock):
    outer = Known("another-test", lambda: known())
    known()
    clock.now += 2.5
    source.says = "new"
    assert outer() == "new"
    clock.now += 1.9
    assert outer() == "new"
    assert len(source.asked) == 2


@pytest.mark.django_db
def test_what_says_the_same_stays_the_thing_that_it_was(source, clock):
    known = Known("a-test", source, same=eq)
    source.says = ["the same"]
    first = known()
    clock.now += 3
    source.says = ["the same"]
    assert known() is first
    clock.now += 2
    with a_request():
        known()
    assert known() is first
    assert len(source.asked) == 3
    clock.now += 3
    source.says = ["another"]
    assert known() == ["another"]


def test_other_processes_are_asked_for_no_more_than_a_mark_that_lasts(known, monkeypatch):
    marks = []
    put = cache.set
    monkeypatch.setattr(
        cache, "set", lambda name, mark, seconds: (marks.append((name, seconds)), put(name, mark, seconds))
    )
    known("en")
    known("fr")
    assert marks == [("known:a-test", 3_600)]


def test_what_another_process_kept_is_read_anew_under_its_mark(known, source):
    known()
    source.says = "new"
    cache.set("known:a-test", "of another process", 60)
    assert [known(), known()] == ["new", "new"]
    assert cache.get("known:a-test") == "of another process"
    assert len(source.asked) == 2


@pytest.mark.django_db
def test_what_is_read_before_a_change_is_committed_is_forgotten_then(known, source, django_capture_on_commit_callbacks):
    known()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        known.forget()
        assert known() == "old"  # somebody outside the transaction still sees the old state
        source.says = "new"
        assert known() == "old"
    assert known() == "new"


def test_what_changes_while_it_is_read_is_not_kept(source):
    known = Known("a-test", lambda: (cache.delete("known:a-test"), source())[1])
    known()
    source.says = "new"
    assert known() == "new"


@pytest.mark.django_db
def test_whoever_must_see_what_is_there_now_reads_it_once_and_for_themselves(known, source):
    known()
    source.says = "new"
    with anew():
        assert [known(), known()] == ["new", "new"]
        source.says = "newer"
        known.forget()
        assert known() == "newer"
    assert len(source.asked) == 3
    cache.set("known:a-test", "another mark", 60)
    assert known() == "newer"


@pytest.mark.django_db
def test_within_a_request_the_cache_is_asked_once_for_each_thing(known, source, monkeypatch):
    got = []
    get = cache.get
    monkeypatch.setattr(cache, "get", lambda name: (got.append(name), get(name))[1])
    with told_once():
        assert [known("en"), known("fr"), known("en"), known("en")] == ["old"] * 4
        assert got == ["known:a-test"] * 2
        source.says = "new"
        cache.set("known:a-test", "of another process", 60)
        assert known("en") == "old"  # the whole page is of one state
        known.forget()
        assert [known("en"), known("fr")] == ["new", "new"]
    assert known("en") == "new"
    assert len(got) == 5


def test_a_page_asks_once_and_whoever_edits_each_time(source):
    assert [asked_once("thing", source), asked_once("thing", source)] == ["old", "old"]
    assert source.asked == [()] * 2
    with told_once():
        assert [asked_once("thing", source), asked_once("other", source), asked_once("thing", source)] == ["old"] * 3
        source.says = "new"
        assert asked_once("thing", source) == "old"
        with anew():
            assert asked_once("thing", source) == "new"
    assert asked_once("thing", source) == "new"
    assert source.asked == [()] * 6


@pytest.mark.django_db
def test_what_is_made_of_something_known_is_made_of_what_is_known_now(known, source):
    """Others are told it, too: it may not be of the state that one request began with."""
    outer = Known("another-test", known)
    with told_once():
        assert known() == "old"
        source.says = "new"
        cache.set("known:a-test", "of another process", 60)
        assert known() == "old"
        assert outer() == "new"


def test_a_page_asks_for_nothing_known_twice(client, site, monkeypatch):
    asked = []
    shared = Known._shared
    monkeypatch.setattr(
        Known, "_shared", lambda known, what: (asked.append((known._name, what)), shared(known, what))[1]
    )
    assert client.get("/en/resources/").status_code == 200
    by_the_page = [one for one in asked if one[0] != "known:home"]
    assert len(by_the_page) == len(set(by_the_page)) > 3


@pytest.mark.django_db
def test_words_of_the_library_are_seen_at_once_where_they_change(django_assert_num_queries):
    topic = TopicFactory(name_en="Roots")
    assert [option.label for option in topic_options()] == ["Roots"]
    with django_assert_num_queries(0):
        topic_options()
    topic.name_en = "Living roots"
    topic.save()
    assert [option.label for option in topic_options()] == ["Living roots"]
    topic.delete()
    assert (topic_options(), type_options()) == ([], [])


@pytest.mark.django_db
def test_goals_and_places_are_seen_at_once_where_they_change():
    assert (goal_options(), part_of(["KE"])) == ([], {})
    goal, place = GoalFactory(number=15, title_en="Life on land"), PlaceFactory(code="KE")
    assert [option.label for option in goal_options()] == ["15 Life on land"]
    assert part_of(["KE", "XX"]) == {"KE": place.parent_id}
    goal.delete()
    place.delete()
    assert (goal_options(), part_of(["KE"])) == ([], {})
