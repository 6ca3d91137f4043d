"""A link by e-mail, once, for fifteen minutes, for one address; a cookie for the desk alone."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation

from initiative.guard.forms import opened_at
from initiative.guard.models import Attempt
from partners.desk.doors import COOKIE
from partners.desk.models import DeskSession, SignInLink
from tests.partners.desk.partner import Partner, make_partner
from tests.partners.joining.applicant import links

pytestmark = pytest.mark.django_db

DOORS = {"en": "/en/partners-desk/", "fr": "/fr/espace-partenaires/"}


@pytest.fixture(autouse=True)
def _here(site, letters):
    """All tests of this module need both."""


def knock(partner, email, onward="", language="en", status=200, seconds=10, **more):
    opened = opened_at(timezone.now() - timedelta(seconds=seconds))
    return partner.post(
        DOORS[language], {"email": email, "opened": opened, "url": "", "onward": onward, **more}, status
    )


def test_a_link_signs_in_once(letters, caplog):
    caplog.set_level("INFO", "initiative.security")
    me = make_partner(language="fr", name="Ada Loam", slug="valle-hondo")
    ada = Partner()
    page = knock(ada, "Ada@Valle-Hondo.example", language="en")
    assert page.h1 == "Look into your mailbox"
    assert not page.response.cookies
    (letter,) = letters
    assert (letter.to, letter.extra_headers["Content-Language"]) == (["ada@valle-hondo.example"], "fr")
    (path, *_rest) = links(letter)
    # Programs that look through letters open links: that signs nobody in.
    for _look in range(3):
        assert not ada.get(path).response.cookies
    page = ada.post(path)
    assert ada.path == "/desk/at/valle-hondo/"
    assert page.language == ("fr", "ltr")
    cookie = ada.client.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == ("/desk/", True, "Lax", "")
    assert DeskSession.objects.get().key in cookie.value
    assert cookie.value != DeskSession.objects.get().key
    again = Partner()
    assert again.post(path, status=410).h1 == "This link does not work any more"
    assert again.get(path, 410)
    assert COOKIE not in again.client.cookies
    assert me.organisation.name in page.text
    said = [record.getMessage() for record in caplog.records if record.name == "initiative.security"]
    assert said == ["signed in at the desk", *["Refused: link to the desk"] * 2]
    assert "valle-hondo" not in " ".join(said)


def test_a_link_lasts_fifteen_minutes_and_is_for_its_address(letters):
    me = make_partner()
    ada = Partner()
    knock(ada, me.email)
    path = links(letters[-1])[0]
    SignInLink.objects.update(asked=timezone.now() - timedelta(minutes=15, seconds=1))
    ada.post(path, status=410)
    knock(ada, me.email)
    path = links(letters[-1])[0]
    # Who was removed between the letter and the press, or has another address now, doesn't come in.
    me.email = "eva@valle-hondo.example"
    me.save()
    ada.post(path, status=410)
    assert not DeskSession.objects.exists()


def test_nobody_learns_who_is_known(letters, django_assert_num_queries):
    make_partner()
    known, unknown = Partner(), Partner()
    first = knock(known, "ada@valle-hondo.example")
    second = knock(unknown, "eve@valle-hondo.example")
    assert first.html.replace("ada@", "X@") == second.html.replace("eve@", "X@")
    assert [letter.to for letter in letters] == [["ada@valle-hondo.example"]]
    # Asked for too often from one place, both hear the same, too.
    for email in ("ada@valle-hondo.example", "eve@valle-hondo.example"):
        for number in range(2, 7):
            asked = knock(Partner(), email, status=429 if number == 6 else 200)
        assert asked.with_text("li", "Too many letters were asked for. Try again in an hour.")
    assert len(letters) == 5


def as_often(email: str, times: int, first: int = 1) -> list[str]:
    """The pages that so many strangers see, from a place of their own each."""
    return [
        knock(Partner(REMOTE_ADDR=f"203.0.113.{number}"), email).html.replace(email[:4], "X@")
        for number in range(first, first + times)
    ]


def test_a_stranger_keeps_nobody_out(letters):
    """Who asks for somebody else's links spends their own."""
    me = make_partner()
    eve = Partner(REMOTE_ADDR="203.0.113.66")
    for _hour in range(4):
        for number in range(1, 7):
            knock(eve, me.email, status=429 if number == 6 else 200)
        Attempt.objects.update(moment=F("moment") - timedelta(hours=1, seconds=1))
    assert len(letters) == 13
    ada = Partner(REMOTE_ADDR="198.51.100.7")
    for number in range(1, 4):
        knock(ada, me.email)
        assert len(letters) == 13 + number
    ada.post(links(letters[-1])[0])
    assert ada.client.cookies[COOKIE].value


def test_strangers_in_many_places_spend_no_more_than_what_is_sent(letters):
    """What isn't sent counts for nothing: six places ask thirty times, and the owner has a letter."""
    me = make_partner()
    for place in range(6):
        eve = Partner(REMOTE_ADDR=f"203.0.113.{place + 1}")
        for _time in range(5):
            knock(eve, me.email)
    before = len(letters)
    assert before < 30
    knock(Partner(REMOTE_ADDR="198.51.100.7"), me.email)
    assert len(letters) == before + 1


def test_of_one_address_nobody_hears_how_often_others_asked(letters, monkeypatch):
    """Beyond what is sent to an address, and beyond what is counted for one, the answer is the same for known and unknown."""
    make_partner()
    asked = []
    monkeypatch.setattr("partners.desk.signing_in.ask_to_sign_in", lambda email, *_arguments: asked.append(email))
    known, unknown = (as_often(email, 31) for email in ("ada@valle-hondo.example", "eve@valle-hondo.example"))
    assert len({*known, *unknown}) == 1
    # Three of each place would come on top; these ask once each.
    assert [asked.count(email) for email in ("ada@valle-hondo.example", "eve@valle-hondo.example")] == [30, 30]


def test_the_letter_is_written_beside_the_request(settings, monkeypatch):
    """Neither the answer nor its time depends on what is found."""
    make_partner()
    later = []
    monkeypatch.setattr("partners.desk.signing_in.do_beside", later.append)
    knock(Partner(), "ada@valle-hondo.example")
    assert len(later) == 1


def test_machines_are_told_nothing(letters):
    make_partner()
    assert knock(Partner(), "ada@valle-hondo.example", url="https://spam.example").h1 == "Look into your mailbox"
    assert knock(Partner(), "nonsense").links["Write an e-mail address such as name@example.org"] == "#id_email"
    assert not letters


def test_one_comes_to_where_one_wanted_and_nowhere_else(letters):
    me = make_partner(slug="valle-hondo")
    ada = Partner()
    page = ada.get("/desk/at/valle-hondo/people/")
    assert page.soup.find(id="id_onward")["value"] == "/desk/at/valle-hondo/people/"
    knock(ada, me.email, onward="/desk/at/valle-hondo/people/")
    ada.post(links(letters[-1])[0])
    assert ada.path == "/desk/at/valle-hondo/people/"
    for elsewhere in ("https://evil.example/", "//evil.example/desk/", "/desk/../admin/", "/en/"):
        SignInLink.objects.all().delete()
        knock(Partner(REMOTE_ADDR="203.0.113.9"), me.email, onward=elsewhere)
        assert SignInLink.objects.get().onward == ""


def test_on_every_page_of_the_desk_one_can_sign_out():
    ada = Partner(make_partner())
    for path in (ada.at("overview"), ada.at("reading"), ada.at("people"), ada.at("new", "profile")):
        [form] = ada.get(path).soup.select(f'form[action="{reverse("desk:go_out")}"]')
        assert form.button.text == "Sign out"


def test_signed_out_is_out_everywhere():
    me = make_partner()
    ada, other_tab = Partner(me), Partner()
    other_tab.client.cookies = ada.client.cookies.copy()
    ada.get(ada.at("overview"))
    page = ada.post(reverse("desk:go_out"))
    assert page.h1 == "Partners’ desk"
    assert other_tab.get(ada.at("overview")).h1 == "Partners’ desk"
    assert not DeskSession.objects.exists()


def test_a_session_ends_after_twelve_hours_without_a_page():
    ada = Partner(make_partner())
    DeskSession.objects.update(seen=timezone.now() - timedelta(hours=11))
    ada.get(ada.at("overview"))
    assert ada.path == ada.at("overview")
    DeskSession.objects.update(seen=timezone.now() - timedelta(hours=12, seconds=1))
    assert ada.get(ada.at("overview")).h1 == "Partners’ desk"


def test_a_forged_cookie_is_nobody(client):
    ada = Partner(make_partner())
    session = DeskSession.objects.get()
    for value in ("", "x", session.key, f"{session.key}.{'a' * 22}", "a" * 22 + "." + "b" * 22):
        ada.client.cookies[COOKIE] = value
        assert ada.get(ada.at("overview")).h1 == "Partners’ desk"


def test_who_speaks_for_several_chooses():
    me = make_partner(slug="first", name="Ada")
    second = make_partner(slug="second")
    ada = Partner(me)
    page = ada.get("/desk/")
    assert set(page.links.values()) == {"/desk/at/first/", "/desk/at/second/"}
    second.organisation.unpublish()
    ada.get("/desk/")
    assert ada.path == "/desk/at/first/"


def test_the_language_is_ones_own():
    ada = Partner(make_partner(slug="valle-hondo", language="ar"))
    page = ada.get("/desk/")
    assert page.language == ("ar", "rtl")
    assert page.response.headers["Content-Language"] == "ar"
    assert "no-store" in page.response.headers["Cache-Control"]
    page = ada.post(reverse("desk:language"), {"language": "es", "onward": "/desk/at/valle-hondo/people/"})
    assert (ada.path, page.language) == ("/desk/at/valle-hondo/people/", ("es", "ltr"))
    ada.post(reverse("desk:language"), {"language": "xx", "onward": "https://evil.example/"})
    assert ada.path == "/desk/at/valle-hondo/"
    ada.me.refresh_from_db()
    assert ada.me.language == "es"


def test_readers_get_no_cookie_and_the_desk_s_goes_nowhere_else(client):
    with translation.override("fr"):
        assert reverse("desk_door") == DOORS["fr"]
    for path in (*DOORS.values(), "/en/application/", "/en/"):
        assert not client.get(path).cookies
