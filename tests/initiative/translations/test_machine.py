"""A machine proposes, a person confirms, and readers are told until then. The machine is a local server."""

import io
import re

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.utils import translation

from initiative.models import StandardPage
from initiative.translations.machine import LibreTranslate, MachineFailed, machine
from initiative.translations.models import Translation
from resources.models import Resource
from tests import factories
from tests.initiative.translations.content import (
    TEXT,
    address,
    body,
    cells,
    draft,
    latest,
    make_english,
    publish,
    rich,
    sent,
    sheet,
    write,
)
from tests.initiative.translations.libre_translate import serving
from tests.reading import words

BODY = f"text-body__{TEXT}"


@pytest.fixture
def server(settings):
    with serving() as running:
        settings.MACHINE_TRANSLATION_URL = running.url
        yield running


def make_content(site):
    page = make_english(site)
    publish(page, body=body('Down <b>they</b> go, <a href="https://example.org/">so</a>.'))
    return page


def propose(client, cell, **texts):
    """Press the button; the page after it."""
    data = sent(sheet(client, cell)) | {f"text-{path}": text for path, text in texts.items()} | {"step": "propose"}
    response = client.post(address(cell), data)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def french(page):
    return latest(page.get_translations().get(locale__language_code="fr").specific)


# The client


def test_texts_go_in_portions_with_the_key_and_come_back_in_order(server):
    client = LibreTranslate(server.url, "secret", letters=10)
    texts = ["one", "two", "three", "longer than that", "four"]
    assert client.translate(texts, "en", "fr", html=False) == ["ONE", "TWO", "THREE", "LONGER THAN THAT", "FOUR"]
    assert [body["q"] for body in server.asked] == [["one", "two"], ["three"], ["longer than that"], ["four"]]
    assert {(one["source"], one["target"], one["format"], one["api_key"]) for one in server.asked} == {
        ("en", "fr", "text", "secret")
    }
    LibreTranslate(server.url).translate(["x"] * 26, "en-GB", "es", html=True)
    assert [(len(one["q"]), one["source"], one["format"], "api_key" in one) for one in server.asked[4:]] == [
        (25, "en", "html", False),
        (1, "en", "html", False),
    ]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((403, {"error": "Invalid API key"}), "The machine refuses: the key for it is missing, wrong or used up."),
        ((429, {"error": "Slowdown"}), "The machine was asked too much. Try again later."),
        ((500, {"error": "Out of memory"}), "The machine failed (500). Out of memory"),
        ((502, b"<html>"), "The machine failed (502). "),
        ((302, b""), "The machine failed (302). "),
        ((200, b"<html>"), "The machine’s answer makes no sense: nothing of it was taken."),
        ((200, {"translatedText": ["une"]}), "The machine’s answer makes no sense: nothing of it was taken."),
        ((200, {"translatedText": "une"}), "The machine’s answer makes no sense: nothing of it was taken."),
        ((200, {"translatedText": ["une", None]}), "The machine’s answer makes no sense: nothing of it was taken."),
        ((200, ["une", "deux"]), "The machine’s answer makes no sense: nothing of it was taken."),
        ((200, b" " * (5 * 1024 * 1024 + 1)), "The machine didn’t answer in time."),
        (None, "The machine didn’t answer in time."),
    ],
)
def test_answers_that_are_none(server, answer, said):
    server.translate = lambda asked: answer
    with pytest.raises(MachineFailed, match=re.escape(said)):
        LibreTranslate(server.url, timeout=0.3 if answer is None else 20).translate(
            ["one", "two"], "en", "fr", html=False
        )


def test_languages_it_does_not_know_and_addresses_without_a_machine(server):
    with pytest.raises(MachineFailed, match="from English into Arabic"):
        LibreTranslate(server.url).translate(["one"], "en", "ar", html=False)
    assert server.asked == []
    with pytest.raises(MachineFailed, match=r"The machine at 127\.0\.0\.1 can’t be reached"):
        LibreTranslate("http://127.0.0.1:1").translate(["one"], "en", "fr", html=False)


def test_it_is_off_unless_the_settings_name_one(settings, moderator, english):
    assert (settings.MACHINE_TRANSLATION_URL, machine()) == ("", None)
    assert "Propose" not in words(sheet(moderator, cells(english)["fr"]).select_one(".tr-foot"))
    with pytest.raises(CommandError, match="names no machine"):
        call_command("translate_by_machine", to="fr")


# Side by side


def test_it_fills_what_is_empty_and_is_marked_until_somebody_says_it_is_right(server, moderator, english):
    page = propose(moderator, cells(english)["fr"], title="Racines")
    assert words(page.select_one(".messages .warning")) == "The machine proposes 2 texts. Read them before you save."
    assert cells(english)["fr"].state == "missing"  # nothing is saved yet
    data = sent(page)
    assert (data["text-title"], data["text-introduction"]) == ("Racines", "ROOTS HOLD 735 PARTNERS.")
    assert [words(line.select_one("h3")).split(" ")[0] for line in page.select(".tr-line--machine")] == [
        "Introduction",
        "Text",
    ]
    assert server.asked[1]["q"] == ['Down <b id="m1">they</b> go, <a id="m2">so</a>.']  # nothing of ours but numbers

    response = moderator.post(address(cells(english)["fr"]), data | {"step": "publish"})
    errors = [words(error) for error in BeautifulSoup(response.content, "html.parser").select(".tr-error")]
    assert errors == ["A machine wrote this. Read it, then say that it is right, or mend it."] * 2
    again = sent(BeautifulSoup(response.content, "html.parser"))
    assert moderator.post(address(cells(english)["fr"]), again | {"step": "save"}).status_code == 302
    own = french(english)
    assert (own.title, own.introduction) == ("Racines", "ROOTS HOLD 735 PARTNERS.")
    assert '<b>THEY</b> GO, <a href="https://example.org/">SO</a>.' in own.body[0].value.source
    cell = cells(english)["fr"]
    assert (set(cell.machine), cell.machine_made, cell.machine_shown) == ({"introduction", f"body.{TEXT}"}, True, False)
    board = BeautifulSoup(moderator.get("/admin/translations/?view=machine").content, "html.parser")
    assert words(board.select_one(".tr-cell--draft .tr-flag--machine")) == "Machine-made"

    # One is mended, one is confirmed; then it may be published.
    write(moderator, cell, "publish", done=[f"body.{TEXT}"], introduction="Les racines tiennent 735 partenaires.")
    cell = cells(english)["fr"]
    assert (cell.state, cell.machine, cell.machine_made, cell.machine_shown) == ("current", {}, False, False)


def test_readers_are_told_what_nobody_has_checked(server, moderator, english, client):
    data = sent(propose(moderator, cells(english)["fr"])) | {"step": "publish", "unchecked": "on"}
    assert moderator.post(address(cells(english)["fr"]), data).status_code == 302
    assert (cells(english)["fr"].state, cells(english)["fr"].machine_shown) == ("current", True)
    client.logout()
    path = french(english).get_path()
    notice = BeautifulSoup(client.get(path).content, "html.parser").select_one("aside .notice")
    assert words(notice) == "Traduit par une machine, pas encore vérifié par une personne."
    # Arabic readers, who are shown the French text, are told in Arabic; English ones read the source.
    arabic = english.get_translations().get(locale__language_code="ar").specific
    with translation.override("ar"):
        notices = BeautifulSoup(client.get(arabic.get_path()).content, "html.parser").select("aside .notice")
    assert words(notices[-1]) == "ترجمته آلة ولم يتحقق منه إنسان بعد."
    assert not BeautifulSoup(client.get("/en/roots/").content, "html.parser").select("aside .notice")
    # A draft that mends it leaves what readers see, and what they are told.
    draft(french(english), title="R", introduction="I", body=body("B"))
    assert (cells(english)["fr"].machine_made, cells(english)["fr"].machine_shown) == (False, True)
    publish(french(english))
    assert not BeautifulSoup(client.get(path).content, "html.parser").select("aside .notice")


@pytest.mark.parametrize(
    ("broken", "refused"),
    [
        (lambda text: text.replace('<a id="m2">', "").replace("</a>", ""), ["Text"]),
        (lambda text: text.replace('id="m2"', 'href="http://evil.example"'), ["Text"]),
        (lambda text: f"<script>{text}</script>" if "<" in text else text, ["Text"]),
        (lambda text: "" if "<" in text else text, ["Text"]),
        (lambda text: "x" * 256 if text == "Roots" else text, ["Title"]),
    ],
    ids=["link lost", "another link", "script", "nothing", "too long"],
)
def test_an_answer_that_breaks_a_text_is_refused_for_that_text(server, moderator, english, broken, refused):
    server.translate = lambda asked: (200, {"translatedText": [broken(text) for text in asked["q"]]})
    page = propose(moderator, cells(english)["fr"])
    assert words(page.select_one(".messages .error")).startswith(
        f"What the machine made of these can’t be taken: {', '.join(refused)}."
    )
    data = sent(page)
    assert len([name for name in data if name.startswith("machine-") and data[name]]) == 2
    assert data["text-introduction"] == "Roots hold 735 partners."


def test_when_it_fails_nothing_typed_is_lost(server, moderator, english):
    server.translate = lambda asked: (429, {"error": "Slowdown"})
    page = propose(moderator, cells(english)["fr"], title="Racines", body__x="")
    assert "asked too much" in words(page.select_one(".messages .error"))
    assert sent(page)["text-title"] == "Racines"
    server.translate = server.in_capitals
    typed = {"title": "Racines", "introduction": "I", f"body__{TEXT}": rich("<p>B</p>")}
    assert "no empty text" in words(propose(moderator, cells(english)["fr"], **typed).select_one(".messages"))
    assert server.asked[1:] == []


# The command


def test_the_command_drafts_what_is_missing_and_goes_on_where_it_stopped(server, english, site):
    factories.add_page(site["home", "fr"], StandardPage, title="Autre", slug="deep-roots")
    publish(english, title="Deep roots")
    resource = factories.ResourceFactory(title="A study", abstract_en="Roots.")
    statistic = factories.StatisticFactory(label_en="735 partners")  # has no drafts
    others = Translation.objects.exclude(
        subject__subject__in=[cells(thing)["fr"].subject.subject for thing in (english, resource, statistic)]
    )
    others.delete()
    out = io.StringIO()
    call_command("translate_by_machine", to="fr", most=1, stdout=out)
    server.translate = lambda asked: (403, {})
    with pytest.raises(CommandError, match=r"The machine refuses.*0 pages and records drafted"):
        call_command("translate_by_machine", to="fr", stdout=out)
    server.translate = server.in_capitals
    call_command("translate_by_machine", to="fr", stdout=out)
    assert out.getvalue() == "1 pages and records drafted.\n" * 2
    own = french(english)
    assert (own.title, own.slug, own.live, own.has_unpublished_changes) == ("DEEP ROOTS", "deep-roots-2", True, True)
    assert StandardPage.objects.get(pk=own.pk).title == "Deep roots"
    assert latest(resource).abstract_fr == "ROOTS."
    assert Resource.objects.get(pk=resource.pk).abstract_fr in ("", None)
    assert [
        (cells(thing)["fr"].state, cells(thing)["fr"].machine_made) for thing in (english, resource, statistic)
    ] == [
        ("draft", True),
        ("draft", True),
        ("missing", False),
    ]
    asked = len(server.asked)
    call_command("translate_by_machine", to="fr", stdout=out)
    assert len(server.asked) == asked
