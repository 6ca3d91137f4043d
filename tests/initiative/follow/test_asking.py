"""Asking to follow something: one form for everybody, one answer for everybody, and nothing but one mail."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from initiative.follow.models import Follow, Follower
from tests.initiative.follow.reader import ADA, BEN, FOLLOW, links_of
from tests.reading import DIRECTIONS, Reading, words

HEADINGS = {
    "en": ("Follow by e-mail", "Field rye (en)", "Your e-mail address", ["Once a day", "Once a week"]),
    "fr": (
        "Suivre par courriel",
        "Field rye (fr)",
        "Votre adresse électronique",
        ["Une fois par jour", "Une fois par semaine"],
    ),
    "es": (
        "Seguir por correo",
        "Field rye (es)",
        "Su dirección de correo electrónico",
        ["Una vez al día", "Una vez a la semana"],
    ),
    "ar": (
        "المتابعة بالبريد الإلكتروني",
        "Field rye (ar)",
        "عنوان بريدك الإلكتروني",
        ["مرة في اليوم", "مرة في الأسبوع"],
    ),
}


@pytest.mark.parametrize("language", FOLLOW)
def test_the_form_says_what_is_followed_in_the_language_of_the_reader(reader, language):
    page = reader.open(f"{FOLLOW[language]}field/?name=rye")
    title, followed, label, often = HEADINGS[language]
    assert page.language == (language, DIRECTIONS[language])
    assert page.h1 == title
    assert page.links[followed] == f"/{language}/fields/rye/"
    assert words(page.soup.find("label", attrs={"for": "id_email"})) == label
    assert [words(choice) for choice in page.main.select(".choice")] == often
    assert page.main.select_one("input[checked]")["value"] == "weekly"
    assert not page.is_indexed


def test_no_cache_keeps_the_form_and_no_cookie_is_set(reader):
    response = reader.client.get("/en/follow/field/?name=rye")
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert not reader.fill_in().cookies
    assert not reader.client.cookies


def test_the_language_menu_keeps_what_is_followed(reader, site):
    page = reader.open("/fr/suivre/field/?name=rye")
    assert page.languages == {code: f"{start}field/?name=rye" for code, start in FOLLOW.items()}


def test_what_nobody_offers_is_not_found_and_nonsense_is_refused(reader):
    reader.open("/en/follow/nothing/?name=rye", 404)
    page = reader.open("/en/follow/field/?name=", 400)
    assert (page.h1, page.main.select_one(".lead").text) == ("This can’t be followed", "Name a field.")
    assert reader.client.post("/en/follow/field/", {"email": ADA}).status_code == 400
    assert mail.outbox == []


def test_asking_sends_one_mail_and_keeps_nothing_but_what_was_asked(reader, clock):
    response = reader.fill_in("Ada@Example.ORG", frequency="weekly")
    assert (response.status_code, response.headers["Location"]) == (303, "/en/follow/sent/")
    (follow,) = Follow.objects.all()
    follower = follow.follower
    assert (follower.email, follower.language, follower.failures) == (ADA, "en", 0)
    assert (follow.kind, follow.key, follow.frequency) == ("field", "rye", "weekly")
    assert (follow.asked_at, follow.confirmed_at, follow.seen_until, follow.next_on) == (clock.now, None, None, None)
    assert [message.to for message in mail.outbox] == [[ADA]]
    assert reader.open("/en/follow/sent/").h1 == "One more step"


def test_whether_an_address_is_known_shows_nowhere(reader, clock):
    """Known and confirmed, known and unconfirmed, unknown: byte by byte the same answer, and one mail each."""
    reader.follow(ADA)
    reader.fill_in(BEN)
    mail.outbox.clear()
    opened = reader.opened
    answers = [reader.fill_in(email, opened=opened) for email in (ADA, BEN, "cleo@example.org")]
    for answer in answers:  # "Expires" is the second of the answer
        del answer.headers["Expires"]
    assert {(answer.status_code, answer.content, str(answer.headers), str(answer.cookies)) for answer in answers} == {
        (303, b"", str(answers[0].headers), "")
    }
    assert [message.to for message in mail.outbox] == [[ADA], [BEN], ["cleo@example.org"]]
    pages = {reader.client.get(answer.headers["Location"]).content for answer in answers}
    assert len(pages) == 1


def test_the_same_holds_for_addresses_that_a_mail_server_refuses(reader, monkeypatch):
    def refuse(message):
        raise smtplib.SMTPRecipientsRefused({ADA: (550, b"No such mailbox")})

    taken = reader.fill_in(BEN)
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    refused = reader.fill_in(ADA)
    assert (refused.status_code, refused.content, refused.headers["Location"]) == (303, b"", taken.headers["Location"])


def test_where_no_mail_leaves_nothing_is_kept_and_the_form_says_so(reader, monkeypatch):
    def fail(message):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
    response = reader.fill_in(frequency="daily")
    page = Reading(response)
    assert response.status_code == 503
    assert "We can’t send mail just now; the fault is ours. Try again in some minutes." in page.text
    assert page.main.select_one("#id_email")["value"] == ADA
    assert page.main.select_one("input[checked]")["value"] == "daily"
    assert Follower.objects.count() == 0


def test_what_was_there_before_is_kept_where_no_mail_leaves(reader, monkeypatch):
    reader.follow(ADA)
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", lambda message: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        reader.fill_in(ADA)

    def fail(message):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
    assert reader.fill_in(ADA).status_code == 503
    assert Follow.objects.confirmed().count() == 1


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@example",
        "ada@example.org\nBcc: ben@example.org",
        "ada@example.org\r\nSubject: Win",
        "ada@example.org%0ABcc:ben@example.org",
        "ada@example.org, ben@example.org",
        "Ada <ada@example.org>",
        "ada\x00@example.org",
        "ada@exa\u202emple.org",
        f"{'a' * 250}@example.org",
    ],
)
def test_what_is_no_address_is_refused_and_nothing_typed_is_lost(reader, email):
    response = reader.fill_in(email, frequency="weekly")
    page = Reading(response)
    assert response.status_code == 400
    assert page.heading("This was not sent yet")
    field = page.main.select_one("#id_email")
    assert field["aria-invalid"] == "true"
    assert page.main.find(id=field["aria-describedby"]) is not None
    assert page.main.select_one("input[checked]")["value"] == "weekly"
    assert (mail.outbox, Follower.objects.count()) == ([], 0)


def test_an_address_in_another_script_is_written_as_mail_servers_write_it(reader):
    assert reader.fill_in("Ada@Bücher.example").status_code == 303
    assert [message.to for message in mail.outbox] == [["ada@xn--bcher-kva.example"]]


def test_an_unknown_frequency_is_refused(reader):
    response = reader.fill_in(frequency="hourly")
    assert response.status_code == 400
    assert "Choose how often." in Reading(response).text


def test_a_machine_gets_the_same_answer_and_nothing_happens(reader):
    response = reader.fill_in(url="https://spam.example")
    assert (response.status_code, response.headers["Location"]) == (303, "/en/follow/sent/")
    assert (mail.outbox, Follower.objects.count()) == ([], 0)


def test_a_form_from_elsewhere_does_nothing(reader):
    response = reader.client.post(
        "/en/follow/field/?name=rye",
        {"email": ADA, "frequency": "daily", "opened": reader.opened},
        HTTP_ORIGIN="https://elsewhere.example",
    )
    assert response.status_code == 403
    assert (mail.outbox, Follower.objects.count()) == ([], 0)


def test_an_address_gets_five_mails_a_day_whoever_asks_and_nobody_sees_it(reader, clock):
    answers = [reader.fill_in(ADA, f"field{number}", REMOTE_ADDR=f"203.0.113.{number}") for number in range(7)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(303, b"")}
    assert len(mail.outbox) == 5
    assert Follow.objects.count() == 5
    clock.forward(hours=25)
    reader.fill_in(ADA, "field7")
    assert len(mail.outbox) == 6


def test_one_visitor_sends_thirty_an_hour(reader, clock):
    answers = [reader.fill_in(f"reader{number}@example.org").status_code for number in range(31)]
    assert answers == [303] * 30 + [429]
    response = reader.fill_in("last@example.org")
    assert (
        "Too many of these came from your connection. Nothing is lost: try again in an hour." in Reading(response).text
    )
    assert Reading(response).main.select_one("#id_email")["value"] == "last@example.org"
    clock.forward(hours=1, seconds=1)
    assert reader.fill_in("last@example.org").status_code == 303


def test_asking_again_gives_more_time_and_the_wish_of_now(reader, clock):
    reader.fill_in(frequency="daily")
    clock.forward(days=2)
    reader.fill_in(frequency="weekly")
    (follow,) = Follow.objects.all()
    assert (follow.asked_at, follow.frequency) == (clock.now, "weekly")
    assert links_of(mail.outbox[0]) == links_of(mail.outbox[1])


def test_asking_for_what_is_followed_changes_nothing(reader, clock):
    before = reader.follow(frequency="daily")
    clock.forward(days=1)
    reader.fill_in(frequency="weekly")
    after = Follow.objects.get()
    fields = ("frequency", "asked_at", "confirmed_at", "seen_until", "next_on")
    assert [getattr(after, name) for name in fields] == [getattr(before, name) for name in fields]
    assert mail.outbox[0].subject == "You follow this already: Field rye (en)"


def test_a_follow_is_wholly_confirmed_or_not_at_all(reader, clock):
    follow = reader.follow()
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.filter(pk=follow.pk).update(seen_until=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.filter(pk=follow.pk).update(confirmed_at=None)


def test_what_is_logged_of_a_follower_is_no_address(reader, clock):
    follow = reader.follow()
    assert ADA not in f"{follow.follower} {follow.follower!r} {follow} {follow!r}"


@pytest.mark.parametrize("seconds", [0, 1])
def test_who_is_quicker_than_a_person_is_asked_once_more(reader, clock, seconds):
    from initiative.guard.forms import opened_at

    response = reader.fill_in(opened=opened_at(clock.now - timedelta(seconds=seconds)))
    assert response.status_code == 400
    assert "That was quicker than a person writes." in Reading(response).text
    assert mail.outbox == []
