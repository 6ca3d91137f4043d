"""Following a search by e-mail, in French, without JavaScript: from the list to the last mail."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from initiative.follow.models import Follow, Follower
from initiative.guard import forms
from resources.models import ResourceType, Topic
from tests.browser.test_every_page import mistakes
from tests.factories import ResourceFactory

ADA = "ada@example.org"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """A browser that is driven fills in a form as quickly as a machine."""
    monkeypatch.setattr(forms, "SHORTEST", timedelta(0))


def link(message, word: str) -> str:
    """The path of the link in a mail whose address has a word."""
    (found,) = re.findall(rf"{re.escape(settings.SITE_URL)}(/fr/suivre/{word}/\S+)", message.body)
    return found


def ask(reader, path: str) -> None:
    """Fill in the form at a path, and send it."""
    page = reader.go(path)
    page.get_by_label("Votre adresse électronique").fill(ADA)
    page.get_by_label("Une fois par jour").check()
    page.get_by_role("button", name="Envoyez-moi le lien").click()


def test_from_a_search_to_the_last_mail(browse, pages, monkeypatch):
    reader = browse(width=390, java_script_enabled=False)
    page = reader.go("/fr/ressources/?topic=roots&type=films")
    page.get_by_role("link", name="Suivre cette recherche").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Suivre par courriel")
    followed = page.locator(".followed").inner_text()

    # A mistake first: it is said where it is, and nothing is lost.
    page.get_by_label("Votre adresse électronique").fill("ada@")
    page.get_by_label("Une fois par jour").check()
    page.get_by_role("button", name="Envoyez-moi le lien").click()
    expect(page.get_by_role("alert")).to_contain_text("Rien n’a encore été envoyé")
    expect(page.get_by_label("Une fois par jour")).to_be_checked()
    page.get_by_label("Votre adresse électronique").fill(ADA)
    page.get_by_role("button", name="Envoyez-moi le lien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Encore une étape")
    reader.forgive(" 400 ")
    (message,) = mail.outbox
    assert message.to == [ADA]
    assert followed in message.subject

    page = reader.go(link(message, "confirmer"))
    assert Follow.objects.confirmed().count() == 0
    page.get_by_role("button", name="Oui, suivre ceci").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est suivi")
    assert Follow.objects.confirmed().count() == 1

    # Something comes that matches, and something that doesn't; a day goes by.
    later = timezone.now() + timedelta(days=1, hours=2)
    films, roots = ResourceType.objects.get(slug_en="films"), Topic.objects.get(slug_en="roots")
    for title, topics in (("Des racines et des grains", [roots]), ("Autre chose", [])):
        ResourceFactory(title=title, language="fr", type=films, topics=topics, first_published_at=timezone.now())
    mail.outbox.clear()
    with monkeypatch.context() as tomorrow:
        tomorrow.setattr(timezone, "now", lambda: later)
        for _time in range(2):
            call_command("send_digests", verbosity=0)
    (message,) = mail.outbox
    assert followed in message.subject
    assert [line for line in message.body.splitlines() if line.startswith("* ")] == ["* Des racines et des grains"]

    page = reader.go(link(message, "mes-suivis"))
    expect(page.locator(".follows li")).to_have_count(1)
    page.get_by_label("Rythme").select_option("weekly")
    page.get_by_role("button", name="Modifier").click()
    expect(page.get_by_role("status")).to_contain_text("Modifié")
    assert Follow.objects.get().frequency == "weekly"

    page = reader.go(link(message, "arreter"))
    page.get_by_role("button", name="Tout arrêter et effacer mon adresse").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous ne suivez plus rien")
    assert Follower.objects.count() == 0
    assert reader.cookies == []


def test_an_organisation_is_followed_from_its_page(reader, pages):
    page = reader.go("/fr/partenaires/soil-trust/")
    page.get_by_role("link", name="Suivre par courriel").click()
    ask(reader, reader.path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Encore une étape")
    assert Follow.objects.get().kind == "organisation"


def test_a_mistake_is_told_and_nothing_sticks_out(browse, pages):
    """The forms as they are at first are looked at with every other screen."""
    narrow = browse(width=320)
    page = narrow.go("/fr/suivre/search/?topic=nonsense", 400)
    assert (narrow.overflow, mistakes(page)) == (0, [])
    page = narrow.go("/fr/suivre/search/?q=sols")
    page.get_by_role("button", name="Envoyez-moi le lien").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert narrow.overflow == 0
    assert mistakes(page) == []
    narrow.forgive(" 400 ")
