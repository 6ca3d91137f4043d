"""Limits count per person, in the database by default, without keeping who the person is."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from initiative import urls
from initiative.base.drawing import DrawingError
from initiative.guard import counts
from initiative.guard.limits import Limit, visitor
from initiative.guard.models import Attempt

pytestmark = pytest.mark.django_db

TWO_AN_HOUR = Limit("test", times=2, period=timedelta(hours=1))


def test_so_many_in_a_period_and_no_more():
    assert [TWO_AN_HOUR.take("203.0.113.5") for _attempt in range(3)] == [True, True, False]
    assert TWO_AN_HOUR.take("203.0.113.6")
    assert Limit("another", times=2, period=timedelta(hours=1)).take("203.0.113.5")
    assert Attempt.objects.count() == 4


def test_what_is_older_than_the_period_does_not_count():
    for _attempt in range(2):
        TWO_AN_HOUR.take("203.0.113.5")
    Attempt.objects.update(moment=timezone.now() - timedelta(hours=1, seconds=1))
    assert TWO_AN_HOUR.take("203.0.113.5")


def test_nobody_can_read_who_it_was():
    TWO_AN_HOUR.take("203.0.113.5")
    Limit("another", times=2, period=timedelta(hours=1)).take("203.0.113.5")
    first, second = Attempt.objects.values_list("who", flat=True)
    assert first != second
    assert [len(first), len(second)] == [64, 64]


def test_after_a_day_it_is_forgotten():
    TWO_AN_HOUR.take("a")
    Attempt.objects.update(moment=timezone.now() - timedelta(days=1, seconds=1))
    TWO_AN_HOUR.take("b")
    assert Attempt.objects.count() == 1
    Attempt.objects.update(moment=timezone.now() - timedelta(days=1, seconds=1))
    call_command("publish_on_time", once=True)  # though nobody comes
    assert Attempt.objects.count() == 0


@pytest.fixture
def answer(client, monkeypatch):
    """What a page answers, all of which a function does."""
    client.raise_request_exception = False

    def answer(page):
        monkeypatch.setattr(urls.urlpatterns[0], "callback", page)
        return client.get(reverse(urls.urlpatterns[0].name)).status_code

    return answer


def test_what_the_site_could_not_do_is_given_back_and_nothing_else(answer):
    """Whoever asks again for what couldn't be drawn isn't refused once it can be."""
    TWO_AN_HOUR.take("203.0.113.5")

    def undrawn(request):
        assert TWO_AN_HOUR.take("203.0.113.5")
        raise DrawingError("what draws ended twice")

    assert [answer(undrawn) for _time in range(3)] == [503, 503, 503]
    assert Attempt.objects.count() == 1
    assert answer(lambda request: HttpResponse(status=200 if TWO_AN_HOUR.take("203.0.113.5") else 429)) == 200
    assert Attempt.objects.count() == 2


def test_a_mistake_that_somebody_may_know_how_to_cause_gives_nothing_back(answer):
    def mistaken(request):
        if not TWO_AN_HOUR.take("203.0.113.5"):
            return HttpResponse(status=429)
        raise ValueError("what was sent could not be shown")

    assert [answer(mistaken) for _time in range(3)] == [500, 500, 429]


def test_a_database_that_is_away_is_asked_once_whatever_was_counted(answer, monkeypatch, caplog):
    def refuse(*_args, **_more):
        raise OperationalError("connection refused")

    def goes_away(request):
        assert TWO_AN_HOUR.take("203.0.113.5")
        assert TWO_AN_HOUR.take("203.0.113.6")
        monkeypatch.setattr(counts.Attempt.objects, "filter", refuse)
        refuse()

    assert answer(goes_away) == 503
    assert caplog.text.count("so an attempt stays counted") == 1


def test_what_went_with_all_else_takes_no_other_along(answer):
    """SQLite gives the number of what was rolled back to the next."""

    def rolled_back(request):
        with transaction.atomic():
            TWO_AN_HOUR.take("203.0.113.5")
            number = Attempt.objects.get().pk
            transaction.set_rollback(True)
        Attempt.objects.create(pk=number, who="another", moment=timezone.now())
        raise DrawingError("what draws ended twice")

    assert answer(rolled_back) == 503
    assert Attempt.objects.get().who == "another"


def test_where_the_database_is_away_by_then_the_page_says_the_same(answer, monkeypatch, caplog):
    def refuse(*_args, **_more):
        raise OperationalError("connection refused")

    def goes_away(request):
        TWO_AN_HOUR.take("203.0.113.5")
        monkeypatch.setattr(counts.Attempt.objects, "filter", refuse)
        refuse()

    assert answer(goes_away) == 503
    assert "The database can't be asked, so an attempt stays counted (connection refused)" in caplog.text


def test_counting_costs_three_statements(django_assert_num_queries):
    with django_assert_num_queries(3):
        TWO_AN_HOUR.take("a")


@pytest.mark.parametrize(
    ("behind_proxy", "remote", "forwarded", "found"),
    [
        (False, "203.0.113.5", "", "203.0.113.5"),
        (False, "203.0.113.5", "198.51.100.1", "203.0.113.5"),  # anybody may write that
        (True, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (True, "10.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        (True, "10.0.0.1", "", "10.0.0.1"),
        (True, "10.0.0.1", "nonsense", "nonsense"),
        (False, "2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::/64"),
        (False, "2001:db8:1:2:bbbb::2", "", "2001:db8:1:2::/64"),
        (False, "::ffff:203.0.113.5", "", "203.0.113.5"),
        (False, "", "", ""),
    ],
)
def test_where_a_request_came_from(rf, settings, behind_proxy, remote, forwarded, found):
    settings.BEHIND_PROXY = behind_proxy
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert visitor(rf.get("/", REMOTE_ADDR=remote, headers=headers)) == found
