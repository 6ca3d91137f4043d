"""Signing in to the admin is limited by address and by account, and tells nobody which accounts there are."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from initiative.guard.signing_in import BY_ACCOUNT, BY_DEVICE, BY_VISITOR
from initiative.second_factor.models import Authenticator

pytestmark = pytest.mark.django_db
TOO_MANY = "Too many attempts to sign in. Wait a quarter of an hour."


@pytest.fixture
def ada(django_user_model):
    return django_user_model.objects.create_superuser("ada", "", "soil is alive")


def try_it(client, username="ada", password="wrong", address="203.0.113.5"):
    data = {"username": username, "password": password}
    return client.post(reverse("wagtailadmin_login"), data, REMOTE_ADDR=address)


def told(response) -> list[str]:
    return response.context["form"].non_field_errors()


def test_one_address_may_try_so_often_whatever_the_account(client, ada):
    for attempt in range(BY_VISITOR.times):
        assert TOO_MANY not in told(try_it(client, username=f"nobody{attempt}"))
    assert told(try_it(client, password="soil is alive")) == [TOO_MANY]
    assert try_it(client, password="soil is alive", address="203.0.113.6").status_code == 302


@pytest.mark.parametrize("username", ["ADA", "nobody"])
def test_one_account_may_be_tried_so_often_from_anywhere_and_so_may_one_that_is_not_there(client, ada, username):
    for attempt in range(BY_ACCOUNT.times):
        assert TOO_MANY not in told(try_it(client, username=username, address=f"198.51.100.{attempt}"))
    assert told(try_it(client, username=username.lower(), address="203.0.113.6")) == [TOO_MANY]


def test_a_wrong_password_and_an_unknown_account_are_told_the_same(client, ada):
    wrong = ["Your username and password didn't match. Please try again."]
    assert told(try_it(client)) == told(try_it(client, username="nobody")) == wrong


def test_what_a_wrong_try_costs_tells_nobody_which_accounts_there_are(client, ada, django_user_model, monkeypatch):
    """As many passwords are digested and the same statements made for one that is in use, invited, closed or not there."""
    django_user_model.objects.create_user("invited", "invited@example.org")
    django_user_model.objects.create_user("closed", "", "soil is alive", is_active=False)
    Authenticator.objects.create(user=django_user_model.objects.create_user("careful", "", "soil is alive"))
    digested, digest = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *given: digested.append(given) or digest(*given), raising=True
    )
    costs = {}
    try_it(client, username="somebody", address="198.51.100.1")  # what is looked up once for all
    for number, username in enumerate(("nobody", "ada", "careful", "invited", "closed"), 2):
        digested.clear()
        with CaptureQueriesContext(connection) as queries:
            assert try_it(client, username=username, address=f"198.51.100.{number}").status_code == 200
        statements = [" ".join(query["sql"].split(" ", 4)[:4]) for query in queries]
        costs[username] = (len(digested), statements)
    assert costs["nobody"][0] == 1
    assert all(cost == costs["nobody"] for cost in costs.values()), costs


def test_who_is_tried_from_everywhere_still_signs_in_on_their_own_device(client, ada):
    assert try_it(client, password="soil is alive").status_code == 302
    client.post(reverse("wagtailadmin_logout"))
    stranger = Client()
    for attempt in range(BY_ACCOUNT.times + 1):
        try_it(stranger, address=f"198.51.100.{attempt}")
    assert told(try_it(stranger, password="soil is alive", address="203.0.113.6")) == [TOO_MANY]
    for _attempt in range(BY_DEVICE.times - 1):
        assert TOO_MANY not in told(try_it(client, address="203.0.113.7"))
    assert try_it(client, password="soil is alive", address="203.0.113.8").status_code == 302
    client.post(reverse("wagtailadmin_logout"))
    assert told(try_it(client, password="soil is alive", address="203.0.113.9")) == [TOO_MANY]
    stranger.cookies["device"] = "made up"
    assert told(try_it(stranger, password="soil is alive", address="203.0.113.10")) == [TOO_MANY]
