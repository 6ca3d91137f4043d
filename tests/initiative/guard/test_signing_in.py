"""Signing in to the admin is limited by address and by account, and tells nobody which accounts there are."""

import pytest
from django.urls import reverse

from initiative.guard.signing_in import BY_ACCOUNT, BY_VISITOR

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
