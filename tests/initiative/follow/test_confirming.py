"""The link in the first mail: opening it does nothing, its button does, once and for three days."""

import pytest
from django.core import mail
from django.utils import translation

from initiative.follow import links, services
from initiative.follow.models import Follow, Follower
from tests.initiative.follow.reader import ADA, BEN
from tests.reading import Reading


def test_opening_the_link_confirms_nothing(reader):
    """Scanners of mails open every link."""
    reader.fill_in()
    for _time in range(2):
        page = reader.open(reader.link("confirm"))
        assert (page.h1, page.main.select_one(".lead").text) == ("Confirm that you follow this", "Field rye (en)")
        assert "If there is something new, a mail tells you once a day." in page.text
    reader.client.head(reader.link("confirm"))
    assert Follow.objects.confirmed().count() == 0


def test_the_button_confirms_and_a_second_press_changes_nothing(reader, clock):
    reader.fill_in()
    link = reader.link("confirm")
    asked = clock.now
    page = Reading(reader.press(link))
    first = clock.now
    assert (page.h1, page.links["Field rye (en)"]) == ("You follow this", "/en/fields/rye/")
    clock.forward(hours=2)
    assert Reading(reader.press(link)).h1 == "You follow this"
    assert reader.open(link).h1 == "You follow this"
    (follow,) = Follow.objects.all()
    assert (follow.asked_at, follow.confirmed_at, follow.seen_until) == (asked, first, first)
    assert str(follow.next_on) == "2026-03-05"
    assert len(mail.outbox) == 1


def test_pages_with_a_link_in_their_address_are_neither_kept_nor_found(reader):
    reader.fill_in()
    response = reader.client.get(reader.link("confirm"))
    assert "no-store" in response.headers["Cache-Control"]
    assert not Reading(response).is_indexed
    assert not response.cookies


def test_after_three_days_it_is_over(reader, clock):
    reader.fill_in()
    link = reader.link("confirm")
    clock.forward(days=3)
    assert reader.open(link).h1 == "Confirm that you follow this"
    clock.forward(seconds=1)
    assert reader.open(link, 410).h1 == "This link is no longer good"
    assert reader.press(link).status_code == 410
    assert Follow.objects.confirmed().count() == 0


def test_a_link_is_over_with_what_it_stood_for(reader):
    reader.fill_in()
    link = reader.link("confirm")
    reader.press(link)
    services.erase(ADA)
    assert reader.open(link, 410).h1 == "This link is no longer good"
    assert reader.press(link).status_code == 410
    assert Follower.objects.count() == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1],
        lambda token: ("B" if token[0] == "A" else "A") + token[1:],
        lambda token: token.upper(),
        lambda token: "x",
        lambda token: token.partition(".")[0],
    ],
)
def test_a_link_that_was_changed_is_not_found(reader, spoil):
    follow = reader.follow()
    confirm = links.confirm_url(follow).split("/")[-2]
    mine = links.token_of(follow.follower)
    for path in (f"confirm/{spoil(confirm)}", f"mine/{spoil(mine)}", f"stop/{spoil(mine)}"):
        reader.open(f"/en/follow/{path}/", 404)
        assert reader.press(f"/en/follow/{path}/").status_code == 404
    assert Follow.objects.confirmed().count() == 1


def test_one_link_does_not_stand_in_for_another(reader):
    follow = reader.follow()
    confirm = links.confirm_url(follow).split("/")[-2]
    reader.open(f"/en/follow/stop/{confirm}/", 404)
    reader.open(f"/en/follow/mine/{confirm}/", 404)
    reader.open(f"/en/follow/confirm/{links.token_of(follow.follower)}/", 404)


def test_fifty_is_enough(reader, clock, monkeypatch):
    monkeypatch.setattr(services, "MOST", 2)
    for number in range(2):
        reader.follow(what=f"field{number}")
    reader.fill_in(what="field2")
    response = reader.press(reader.link("confirm"))
    page = Reading(response)
    assert (response.status_code, page.h1) == (409, "You follow a great deal already")
    assert "One can follow 2 things at a time. Stop one of them, then open this link again." in page.text
    assert (
        reader.open(page.links["See everything you follow"].removeprefix("http://localhost:8000")).h1
        == "What you follow"
    )
    services.stop(Follow.objects.get(key="field0"))
    assert reader.press(reader.link("confirm")).status_code == 200


def test_what_is_gone_meanwhile_is_said_to_be(reader, field):
    reader.fill_in()
    field.gone.add("rye")
    page = reader.open(reader.link("confirm"))
    assert "What this was about is no longer on the site." in page.text
    assert page.main.find("form") is None


def test_the_same_thing_in_two_languages_is_two_follows_of_one_address(reader):
    for language in ("en", "fr"):
        reader.follow(ADA, language=language)
    reader.follow(BEN)
    assert list(Follower.objects.order_by("pk").values_list("email", "language")) == [
        (ADA, "en"),
        (ADA, "fr"),
        (BEN, "en"),
    ]


@pytest.mark.parametrize(("language", "heading"), [("fr", "C’est suivi"), ("ar", "أنت تتابع هذا")])
def test_it_is_confirmed_in_the_language_of_the_reader(reader, language, heading):
    reader.fill_in(language=language)
    page = Reading(reader.press(reader.link("confirm", "confirmer")))
    assert (page.language[0], page.h1) == (language, heading)
    assert f"Field rye ({language})" in page.links


def test_links_lead_to_the_site_of_the_settings(reader, settings):
    settings.SITE_URL = "https://www.example.org"
    follow = reader.follow()
    with translation.override("fr"):
        assert links.mine_url(follow.follower).startswith("https://www.example.org/fr/suivre/mes-suivis/")
        assert links.stop_url(follow.follower).startswith("https://www.example.org/fr/suivre/arreter/")
        assert links.confirm_url(follow).startswith("https://www.example.org/fr/suivre/confirmer/")
