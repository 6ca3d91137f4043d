"""Limits count per person, in the database by default, without keeping who the person is."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

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
