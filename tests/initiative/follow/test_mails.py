"""Every mail is read, in the language of its reader: what it says, in text and in HTML, and what mail programs are told."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.utils import translation

from initiative.base.mail import compose, sender, shorten
from initiative.follow import links
from initiative.follow.digests import send_digests
from initiative.follow.models import Follow
from tests.initiative.follow.reader import ADA, html_of
from tests.reading import words

SITE = "http://localhost:8000"
SIGNED = {
    "en": "-- \nThe international “4 per 1000” Initiative: soils for food security and climate.\nhttp://localhost:8000/en/\n",
    "fr": "-- \nL’Initiative internationale « 4 pour 1000 » : les sols pour la sécurité alimentaire et le climat.\nhttp://localhost:8000/fr/\n",
}


def plain(text: str) -> str:
    """A text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def html(message) -> BeautifulSoup:
    return BeautifulSoup(html_of(message), "html.parser")


def test_the_mail_to_confirm_in_english(reader):
    reader.fill_in(frequency="weekly")
    (message,) = mail.outbox
    link = links.confirm_url(Follow.objects.get())
    assert message.subject == "Please confirm: Field rye (en)"
    assert plain(message.body) == (
        "Field rye (en)\n\n"
        "Somebody, most likely you, asked us to tell this address once a week what is new there. Please confirm it:\n\n"
        f"{link}\n\n"
        "The link is good for three days. You did not ask for this? Then do nothing: no other mail comes, and your address "
        "is erased after three days.\n\n" + SIGNED["en"]
    )
    page = html(message)
    assert [a["href"] for a in page.find_all("a")] == [link, link, f"{SITE}/en/"]
    assert (page.html["lang"], page.html["dir"], words(page.h1)) == ("en", "ltr", "Field rye (en)")


def test_the_mail_to_confirm_in_french(reader):
    reader.fill_in(language="fr")
    (message,) = mail.outbox
    with translation.override("fr"):
        link = links.confirm_url(Follow.objects.get())
    assert plain(message.subject) == "À confirmer : Field rye (fr)"
    assert plain(message.body) == (
        "Field rye (fr)\n\n"
        "Quelqu’un, sans doute vous, nous a demandé d’annoncer une fois par jour à cette adresse ce qu’il y a de nouveau. "
        "Merci de le confirmer :\n\n"
        f"{link}\n\n"
        "Le lien est valable trois jours. Vous n’avez rien demandé ? Ne faites rien : aucun autre message ne viendra, et "
        "votre adresse sera effacée au bout de trois jours.\n\n" + SIGNED["fr"]
    )


def test_the_mail_to_who_follows_it_already(reader):
    follow = reader.follow(language="fr")
    reader.fill_in(language="fr")
    (message,) = mail.outbox
    with translation.override("fr"):
        mine, stop = links.mine_url(follow.follower), links.stop_url(follow.follower)
    assert plain(message.subject) == "Vous suivez déjà : Field rye (fr)"
    assert plain(message.body) == (
        "Field rye (fr)\n\n"
        "Quelqu’un, sans doute vous, nous a demandé d’annoncer à cette adresse ce qu’il y a de nouveau. Vous le suivez déjà : "
        "il n’y a rien à confirmer.\n\n"
        f"Voir et modifier ce que vous suivez:\n{mine}\n\n"
        f"Tout arrêter et effacer mon adresse:\n{stop}\n\n" + SIGNED["fr"]
    )
    assert [a["href"] for a in html(message).find_all("a")] == [mine, stop, f"{SITE}/fr/"]


def test_a_digest_in_english(reader, clock, field):
    follow = reader.follow()
    field.grows(
        "rye", "Roots & <soil>", kind="Article", facts=["Ada Loam", "PNAS", "2022"], summary="What roots\u2028leave."
    )
    field.grows("rye", "Racines", title_language="fr", translation="Roots", summary="Un résumé.", summary_language="fr")
    clock.forward(days=1)
    send_digests()
    (message,) = mail.outbox
    mine, stop = links.mine_url(follow.follower), links.stop_url(follow.follower)
    assert message.subject == "2 new: Field rye (en)"
    assert plain(message.body) == (
        "Field rye (en)\n2 new\n\n"
        "* Racines\n  Roots\n  Un résumé.\n  http://localhost:8000/en/racines/\n\n"
        "* Roots & <soil>\n  Article · Ada Loam · PNAS · 2022\n  What roots\u2028leave.\n  http://localhost:8000/en/roots-&-<soil>/\n\n"
        "-- \n"
        "You get this mail because you asked for it and confirmed it.\n\n"
        f"See and change what you follow:\n{mine}\n\n"
        f"Stop all and erase my address:\n{stop}\n\n" + SIGNED["en"].removeprefix("-- \n")
    )
    page = html(message)
    assert [words(item) for item in page.find_all("li")] == [
        "Racines Roots Un résumé.",
        "Roots & <soil> Article · Ada Loam · PNAS · 2022 What roots leave.",
    ]
    assert [(tag.name, tag["lang"], tag.get("dir")) for tag in page.select("li [lang]")] == [
        ("a", "fr", None),
        ("p", "fr", "ltr"),
    ]
    assert words(page.h2.a) == "Field rye (en)"
    assert page.h2.a["href"] == f"{SITE}/en/fields/rye/"


def test_a_digest_of_several_things_in_french(reader, clock, field):
    reader.follow(what="rye", language="fr")
    reader.follow(what="oats", language="fr")
    reader.follow(what="hops", language="fr")
    field.grows("rye", "Racines")
    for number in range(23):
        field.grows("oats", f"Avoine {number}")
    clock.forward(days=1)
    send_digests()
    (message,) = mail.outbox
    assert plain(message.subject) == "24 nouveautés dans ce que vous suivez"
    lines = plain(message.body).splitlines()
    assert lines[:2] == ["Field rye (fr)", "1 nouveauté"]
    assert lines[lines.index("Field oats (fr)") + 1] == "23 nouveautés"
    assert len([line for line in lines if line.startswith("* Avoine")]) == 20
    assert lines[lines.index("Et 3 autres sur le site:") + 1] == f"{SITE}/fr/fields/oats/"
    assert "Field hops (fr)" not in lines
    assert [words(h2) for h2 in html(message).find_all("h2")] == ["Field rye (fr)", "Field oats (fr)"]


def test_a_digest_in_arabic_runs_from_right_to_left(reader, clock, field):
    reader.follow(language="ar")
    for title in ("Roots", "Compost"):
        field.grows("rye", title, title_language="en")
    clock.forward(days=1)
    send_digests()
    (message,) = mail.outbox
    assert message.subject == "مستجدان: Field rye (ar)"
    page = html(message)
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert (page.select_one(".sheet")["lang"], page.select_one(".sheet")["dir"]) == ("ar", "rtl")
    assert [(a["lang"], a.bdi is not None) for a in page.select("h3 a")] == [("en", True), ("en", True)]
    assert "تصلك هذه الرسالة لأنك طلبتها وأكّدت طلبك." in message.body


def test_what_mail_programs_are_told(reader, clock, field, settings):
    settings.SITE_URL, settings.DEFAULT_FROM_EMAIL = "https://www.example.org", "secretariat@example.org"
    follow = reader.follow(language="fr")
    field.grows("rye", "Roots")
    clock.forward(days=1)
    send_digests()
    (message,) = mail.outbox
    with translation.override("fr"):
        stop = links.stop_url(follow.follower)
    sent = message.message()
    assert stop.startswith("https://www.example.org/fr/suivre/arreter/")
    assert sent["List-Unsubscribe"] == f"<{stop}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["List-Id"] == "<follow.www.example.org>"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Content-Language"] == "fr"
    assert sent["From"] == "4 pour 1000 <secretariat@example.org>"
    assert sent["To"] == ADA
    assert sent["Message-ID"] == f"<{int(clock.now.timestamp()) - 3600}.{follow.follower.identity.hex}@www.example.org>"
    assert [part.get_content_type() for part in sent.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert ADA not in message.body + html_of(message)


def test_nobody_unsubscribes_from_what_was_not_confirmed(reader):
    reader.fill_in()
    assert "List-Unsubscribe" not in mail.outbox[0].message()


def test_a_mail_fetches_nothing_and_counts_nothing(reader, clock, field):
    reader.fill_in()
    reader.press(reader.link("confirm"))
    reader.fill_in()
    clock.forward(seconds=1)
    field.grows("rye", "Roots")
    clock.forward(days=1)
    send_digests()
    assert len(mail.outbox) == 3
    for message in mail.outbox:
        page = html(message)
        assert page.find_all(["img", "link", "script", "iframe", "object", "svg", "form"]) == []
        assert "url(" not in html_of(message)
        # Addresses lead to the site alone, and say nothing of who reads.
        assert {a["href"].startswith(SITE) for a in page.find_all("a")} == {True}
        assert not [a["href"] for a in page.find_all("a") if "?" in a["href"]]


def test_no_line_break_gets_into_a_header():
    message = compose(
        "follow/mails/known",
        "Rye\r\nBcc: ben@example.org\n\u2028 and oats",
        ADA,
        {"words": "Rye", "mine_url": "", "stop_url": ""},
    )
    assert message.subject == "Rye Bcc: ben@example.org and oats"
    assert not message.message()["Bcc"]


def test_the_sender_keeps_a_name_of_its_own(settings):
    settings.DEFAULT_FROM_EMAIL = "Soil Desk <desk@example.org>"
    assert sender() == "Soil Desk <desk@example.org>"
    settings.DEFAULT_FROM_EMAIL = "desk@example.org"
    assert sender() == "4 per 1000 <desk@example.org>"


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("Roots and soil", 14, "Roots and soil"),
        ("Roots  and\nsoil ", 14, "Roots and soil"),
        ("Roots\u2028and\u00a0soil", 14, "Roots and\u00a0soil"),
        ("Roots and soil", 13, "Roots and…"),
        ("Roots, and soil", 8, "Roots…"),
        ("Rootsandsoil", 6, "Roots…"),
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_at_a_word(text, longest, short):
    assert shorten(text, longest) == short
    assert re.fullmatch(r"[^\n]*", shorten(text, longest))
