"""Whoever gets an account chooses its password by a link in a letter, once and within three days."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import base36_to_int

from initiative.accounts.forms import RESETS_BY_VISITOR
from initiative.base.logs import MASK, mask
from initiative.letters.models import Letter

pytestmark = pytest.mark.django_db
PASSWORD = "a thousand grains"
NEW = {
    "username": "ben",
    "email": "ben@example.org",
    "first_name": "Ben",
    "last_name": "Clay",
    "editor_password": PASSWORD,
}


@pytest.fixture
def desk(django_user_model, client):
    client.force_login(django_user_model.objects.create_superuser("ada", "ada@example.org", PASSWORD))
    Letter.objects.all().delete()  # about her first sign-in
    return client


@pytest.fixture
def ben(desk, django_user_model):
    response = desk.post(reverse("wagtailusers_users:add"), NEW, follow=True)
    assert "A letter with a link to choose the password is on its way." in response.text
    return django_user_model.objects.get(username="ben")


def link() -> str:
    """The one in the last letter, as a path."""
    letter = Letter.objects.order_by("pk").last()
    assert letter.to == "ben@example.org"
    return re.search(r"http://localhost:8000(/admin/password_reset/confirm/\S+)", letter.text)[1]


def choose(path: str, password=PASSWORD):
    """Follow a link and choose a password; the page that comes then."""
    client = Client()
    page = client.get(path, follow=True)
    form = {"new_password1": password, "new_password2": password}
    return client.post(page.redirect_chain[-1][0], form, follow=True) if page.redirect_chain else page


def test_the_form_has_no_password_but_the_editors(desk, ben):
    for address in (reverse("wagtailusers_users:add"), reverse("wagtailusers_users:edit", args=[ben.pk])):
        page = BeautifulSoup(desk.get(address).content, "lxml")
        assert [field["name"] for field in page.select("[type=password]")] == ["editor_password"]
        assert page.select_one("[name=email]")


def test_from_the_letter_to_the_first_sign_in(ben):
    assert not ben.has_usable_password()
    assert Letter.objects.get().subject == "Choose the password of your account"
    path = link()
    assert "too short" in choose(path, "short").text
    assert choose(path).redirect_chain[-1][0] == reverse("wagtailadmin_password_reset_complete")
    ben.refresh_from_db()
    assert ben.check_password(PASSWORD)
    assert Letter.objects.count() == 1  # who has just chosen it knows
    assert "Invalid password reset link" in choose(path).text  # once


@pytest.mark.parametrize(("since", "works"), [(timedelta(days=3), True), (timedelta(days=3, seconds=1), False)])
def test_the_link_lasts_three_days(ben, monkeypatch, since, works):
    path = link()
    made = base36_to_int(path.split("/")[-2].partition("-")[0])
    monkeypatch.setattr(
        PasswordResetTokenGenerator, "_num_seconds", lambda self, now: made + int(since.total_seconds())
    )
    choose(path)
    ben.refresh_from_db()
    assert ben.has_usable_password() is works


def test_another_link_is_sent_by_who_edits_accounts_or_by_oneself(desk, ben):
    address, form = reverse("wagtailusers_users:edit", args=[ben.pk]), NEW | {"is_active": "on"}
    desk.post(address, form)
    assert Letter.objects.count() == 1
    desk.post(address, form | {"send_link": "on"})
    assert Letter.objects.count() == 2
    choose(link())
    ben.refresh_from_db()
    assert ben.check_password(PASSWORD)
    ben.set_unusable_password()
    ben.save()
    Letter.objects.all().delete()
    ask("Ben@example.org")
    assert "Did you not ask for this?" in Letter.objects.get().text
    assert choose(link()).redirect_chain[-1][0] == reverse("wagtailadmin_password_reset_complete")


def ask(email: str, address="198.51.100.1") -> str:
    """Ask for a link as anybody may; the page that comes then."""
    page = Client(REMOTE_ADDR=address).post(reverse("wagtailadmin_password_reset"), {"email": email}, follow=True)
    assert page.redirect_chain == [(reverse("wagtailadmin_password_reset_done"), 302)]
    return BeautifulSoup(page.text, "lxml").get_text()


def test_five_letters_a_day_go_to_an_address_whoever_asks(ben):
    Letter.objects.all().delete()
    pages = {ask("ben@example.org", f"198.51.100.{number}") for number in range(6)}
    assert Letter.objects.filter(to="ben@example.org").count() == 5
    assert len(pages) == 1  # which says nothing of it


def test_one_visitor_may_ask_so_often_for_any_address(ben):
    Letter.objects.all().delete()
    for _time in range(RESETS_BY_VISITOR.times - 1):
        RESETS_BY_VISITOR.take("198.51.100.1")
    pages = {ask("nobody@example.org"), ask("ben@example.org")}
    assert (Letter.objects.count(), len(pages)) == (0, 1)
    ask("ben@example.org", "198.51.100.2")
    assert Letter.objects.count() == 1


def test_a_known_address_shows_neither_in_the_page_nor_in_its_time(ben, monkeypatch):
    """What is looked up and written is so beside the request."""
    later, seen = [], []
    monkeypatch.setattr("initiative.accounts.forms.do_beside", later.append)
    for email in ("ben@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            seen.append((ask(email), len(queries)))
    assert seen[0] == seen[1]
    Letter.objects.all().delete()
    for act in later:
        act()
    assert [letter.to for letter in Letter.objects.all()] == ["ben@example.org"]


def test_the_letter_is_in_the_language_of_who_invites(desk):
    desk.post(reverse("wagtailusers_users:add"), NEW, headers={"accept-language": "ar"})
    assert Letter.objects.get().language == "ar"
    assert Letter.objects.get().subject == "اختاروا كلمة مرور حسابكم"


def test_its_secret_stays_out_of_logs(ben):
    secret = link().rstrip("/").rpartition("/")[2]
    assert mask(f"GET {link()}") == f"GET {link()}".replace(secret, MASK)
