"""What a reader follows, on one page: to hear more or less often, to stop one thing, to stop it all."""

import pytest
from django.core import mail
from django.utils import translation

from initiative.follow import links, services
from initiative.follow.models import Follow, Follower
from tests.initiative.follow.reader import ADA, BEN
from tests.reading import Reading, words


def path(follow, name="mine", language="en"):
    with translation.override(language):
        return getattr(links, f"{name}_url")(follow.follower).removeprefix("http://localhost:8000")


def rows(page) -> list[tuple[str, str]]:
    """Heading and chosen frequency of each row."""
    return [(words(row.h2), row.select_one("option[selected]")["value"]) for row in page.main.select(".follows li")]


def test_everything_of_the_address_is_there_and_nothing_of_others(reader, clock):
    follow = reader.follow(what="rye")
    clock.forward(minutes=1)
    reader.follow(what="oats", frequency="weekly")
    clock.forward(minutes=1)
    reader.follow(what="rye", language="fr")
    reader.follow(BEN, what="hops")
    reader.fill_in(what="unconfirmed")
    page = reader.open(path(follow))
    assert page.h1 == "What you follow"
    # Words in the language of the page; where the follow is in another, it says so, and leads there.
    assert rows(page) == [("Field rye (en)", "daily"), ("Field oats (en)", "weekly"), ("Field rye (en)", "daily")]
    links_ = [link["href"] for link in page.main.select(".follows h2 a")]
    assert links_ == ["/en/fields/rye/", "/en/fields/oats/", "/fr/fields/rye/"]
    assert [words(mark) for mark in page.main.select(".follows .meta span:nth-child(2)")] == ["mails in French"]
    assert ADA not in page.html
    assert "since 4 March 2026" in page.text


def test_more_or_less_often(reader, clock):
    follow = reader.follow(frequency="weekly")
    assert str(follow.next_on) == "2026-03-11"
    clock.forward(days=1)
    page = Reading(reader.press(path(follow), follow=follow.identity.hex, frequency="daily"))
    assert words(page.main.select_one("[role=status]")) == "Changed: Field rye (en)"
    assert rows(page) == [("Field rye (en)", "daily")]
    changed = Follow.objects.get()
    assert (changed.frequency, str(changed.next_on), changed.seen_until) == ("daily", "2026-03-06", follow.seen_until)


def test_stopping_one_keeps_the_others(reader):
    first, second = reader.follow(what="rye"), reader.follow(what="oats")
    page = Reading(reader.press(path(first), follow=first.identity.hex, stop="1", frequency="daily"))
    assert words(page.main.select_one("[role=status]")) == "You don’t follow this any more: Field rye (en)"
    assert list(Follow.objects.values_list("key", flat=True)) == ["oats"]
    page = Reading(reader.press(path(first), follow=second.identity.hex, stop="1"))
    assert page.h1 == "You follow nothing any more"
    assert Follower.objects.count() == 0
    assert reader.open(path(first), 410).h1 == "This link is no longer good"


def test_stopping_the_last_in_one_language_leads_on_with_the_other(reader):
    english, french = reader.follow(language="en"), reader.follow(language="fr")
    page = Reading(reader.press(path(english), follow=english.identity.hex, stop="1"))
    assert list(Follower.objects.values_list("language", flat=True)) == ["fr"]
    assert page.main.form["action"] == path(french)
    assert page.links["Stop all and erase my address"] == path(french, "stop")


@pytest.mark.parametrize(
    "data",
    [{}, {"follow": "nonsense"}, {"follow": "0" * 32, "stop": "1"}, {"frequency": "daily"}],
)
def test_what_makes_no_sense_changes_nothing(reader, data):
    follow = reader.follow()
    assert rows(Reading(reader.press(path(follow), **data))) == [("Field rye (en)", "daily")]


def test_an_unknown_frequency_and_the_follow_of_another_change_nothing(reader):
    follow, other = reader.follow(), reader.follow(BEN)
    reader.press(path(follow), follow=follow.identity.hex, frequency="hourly")
    reader.press(path(follow), follow=other.identity.hex, stop="1")
    assert list(Follow.objects.order_by("pk").values_list("frequency", flat=True)) == ["daily", "daily"]


def test_what_is_no_longer_there_can_still_be_stopped(reader, field):
    follow = reader.follow()
    field.gone.add("rye")
    page = reader.open(path(follow))
    assert rows(page) == [("No longer on this site", "daily")]
    reader.press(path(follow), follow=follow.identity.hex, stop="1")
    assert Follow.objects.count() == 0


def test_the_page_costs_the_same_for_two_and_for_twenty(reader, django_assert_max_num_queries):
    follow = reader.follow(what="rye")
    for number in range(19):
        Follow.objects.create(
            follower=follow.follower,
            kind="field",
            key=str(number),
            digest=str(number),
            asked_at=follow.asked_at,
            confirmed_at=follow.confirmed_at,
            seen_until=follow.seen_until,
            next_on=follow.next_on,
        )
    reader.open(path(follow))
    with django_assert_max_num_queries(6):
        reader.open(path(follow))


# Stopping it all


def test_mail_programs_stop_it_all_by_themselves(reader, client):
    """RFC 8058: a POST with one field, without cookie, without origin, answered without a redirect."""
    follow = reader.follow(ADA, language="en")
    reader.follow(ADA, language="fr")
    reader.follow(BEN)
    del client.defaults["HTTP_ORIGIN"]
    for _time in range(2):  # asking again is no failure
        response = client.post(
            path(follow, "stop"), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert response.status_code == 200
        assert not response.cookies
        assert "no-store" in response.headers["Cache-Control"]
        assert list(Follower.objects.values_list("email", flat=True)) == [BEN]
    assert mail.outbox == []


def test_a_person_who_opens_that_link_gets_a_button(reader):
    follow = reader.follow(language="fr")
    page = reader.open(path(follow, "stop", "fr"))
    assert page.h1 == "Arrêter tous les messages"
    assert page.links["Choisir plutôt quoi arrêter"].endswith(path(follow, "mine", "fr"))
    assert Follower.objects.count() == 1
    page = Reading(reader.press(path(follow, "stop", "fr")))
    assert page.h1 == "Vous ne suivez plus rien"
    assert (Follow.objects.count(), Follower.objects.count()) == (0, 0)
    assert reader.open(path(follow, "stop", "fr")).h1 == "Vous ne suivez plus rien"


def test_erasing_leaves_nothing(reader):
    reader.follow(ADA, "rye")
    reader.follow(ADA, "oats", language="es")
    reader.fill_in(ADA, "hops")
    assert services.erase("ADA@example.org") == 3
    assert (Follow.objects.count(), Follower.objects.count()) == (0, 0)
    assert services.erase(ADA) == 0
