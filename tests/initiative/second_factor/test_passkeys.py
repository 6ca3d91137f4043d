"""Staff sign in with a passkey as the second step; what is forged, old or somebody else's is refused."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from initiative.second_factor import devices, passkeys
from initiative.second_factor.models import Authenticator, Passkey
from tests.initiative.second_factor.accounts import PASSWORD, code_of, sign_in
from tests.initiative.second_factor.stick import Stick

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, ada, device):
    """Where Ada has signed in with a code."""
    assert sign_in(client, code_of(device)).status_code == 302
    return client


def options(response) -> str:
    """What the page has its script ask the browser for."""
    return BeautifulSoup(response.content, "lxml").select_one("[data-passkey]")["data-options"]


def add(client, stick, name="Blue stick", **otherwise):
    asked = options(client.post(reverse("add_passkey"), {"name": name, "password": PASSWORD}))
    return client.post(reverse("add_passkey"), {"passkey": stick.make(asked, **otherwise)}, follow=True)


def begin(client, **more) -> str:
    """Give the right password and no code; what the passkey is asked."""
    return options(sign_in(client, **more))


def finish(client, answer: str):
    return client.post(reverse("wagtailadmin_login"), {"passkey": answer, "next": reverse("wagtailadmin_account")})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def stick(desk):
    """One that Ada has added."""
    made = Stick()
    assert "You can sign in with the passkey “Blue stick” now." in add(desk, made).text
    return made


def test_it_is_added_used_and_removed(desk, stick, ada, caplog):
    found = Passkey.objects.get(user=ada)
    assert (found.name, found.last_used_at) == ("Blue stick", None)
    asked = json.loads(options(desk.post(reverse("add_passkey"), {"name": "Another", "password": PASSWORD})))
    assert (asked["rp"]["id"], [each["id"] for each in asked["excludeCredentials"]]) == (
        "localhost",
        [found.credential],
    )

    phone = Client()
    caplog.set_level("INFO", "initiative.security")
    response = finish(phone, stick.show(begin(phone, remember="on")))
    assert (response.status_code, response.headers["Location"]) == (302, reverse("wagtailadmin_account"))
    assert phone.session["otp_device_id"] == found.persistent_id
    assert phone.session.get_expiry_age() > 24 * 3600  # as was asked with the password
    assert phone.get(reverse("wagtailadmin_home")).status_code == 200
    assert [record.factor for record in caplog.records if hasattr(record, "factor")] == ["second_factor.passkey"]
    found.refresh_from_db()
    assert (found.sign_count, found.last_used_at.date()) == (1, timezone.now().date())

    address = reverse("remove_passkey", args=[found.pk])
    assert "“Blue stick”" in phone.get(address).text
    assert phone.post(address, {"password": "wrong"}).context["form"].errors == {
        "password": ["This isn’t your password."]
    }
    assert "“Blue stick” was removed" in phone.post(address, {"password": PASSWORD}, follow=True).text
    assert not Passkey.objects.exists()
    assert phone.get(reverse("wagtailadmin_home")).status_code == 200  # with the password that was just given
    assert desk.get(reverse("wagtailadmin_home")).status_code == 302  # what one signs in with has changed
    assert "data-passkey" not in sign_in(Client()).text


def test_who_came_in_with_one_makes_new_codes_or_sets_another_phone_up_without_a_code(desk, stick, ada):
    phone = Client()
    finish(phone, stick.show(begin(phone)))
    address = reverse("second_factor")
    for client, what, password, codes in [
        (phone, "renew", "wrong", 0),
        (desk, "renew", PASSWORD, 0),  # came in with a code, so it may be asked for one
        (phone, "renew", PASSWORD, 10),
    ]:
        response = client.post(address, {"password": password, "code": "", what: ""})
        assert (len(response.context["codes"]), devices.recovery_codes_left(ada)) == (codes, codes)
    assert phone.session["otp_device_id"] == Passkey.objects.get().persistent_id
    wrong = phone.post(address, {"password": PASSWORD, "code": "000000", "remove": ""})
    assert list(wrong.context["form"].errors) == ["code"]
    assert phone.post(address, {"password": PASSWORD, "code": "", "remove": ""}).status_code == 302
    assert (devices.authenticator(ada), Passkey.objects.count()) == (None, 0)
    assert desk.get(reverse("wagtailadmin_home")).status_code == 302


def test_that_somebody_has_one_is_told_to_who_knows_the_password_alone(stick):
    client = Client()
    assert "data-passkey" not in sign_in(client, password="wrong").text
    asked = sign_in(client)
    assert asked.context["form"].errors == {
        "code": ["Your password is right. Use your passkey, or give the password again, and a code."]
    }
    assert not is_in(client)
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


@pytest.mark.parametrize(
    "otherwise",
    [
        {"challenge": "AAAA"},
        {"origin": "https://4p1000.example"},
        {"origin": "http://localhost:8001"},
        {"type": "webauthn.create"},
    ],
    ids=str,
)
def test_an_answer_to_another_question_or_from_another_site_is_refused(stick, otherwise):
    client = Client()
    response = finish(client, stick.show(begin(client), **otherwise))
    assert "That didn’t work with the passkey." in response.text
    assert not is_in(client)


def test_an_answer_counts_once_and_a_question_too(stick):
    client = Client()
    answer = stick.show(begin(client))
    assert finish(client, answer).status_code == 302
    for again in (Client(), client):
        again.logout()
        assert "didn’t work" in finish(again, answer).text  # nobody was asked
        begin(again)
        assert "didn’t work" in finish(again, answer).text  # something else was asked
        assert not is_in(again)
    second = begin(client)
    assert "didn’t work" in finish(client, "nonsense").text
    assert "didn’t work" in finish(client, stick.show(second)).text  # its question was answered before


def test_a_copy_of_a_stick_is_found_out(stick):
    client = Client()
    assert finish(client, stick.show(begin(client))).status_code == 302
    client.logout()
    stick.used = 0  # as the copy says that was made before
    assert "didn’t work" in finish(client, stick.show(begin(client))).text


def test_a_question_is_open_for_five_minutes_and_for_the_password_of_then(stick, ada, monkeypatch):
    client = Client()
    answer = stick.show(begin(client))
    ada.set_password("a thousand grains")
    ada.save()
    assert "didn’t work" in finish(client, answer).text
    answer = stick.show(begin(client, password="a thousand grains"))
    later = timezone.now() + timedelta(minutes=5, seconds=1)
    monkeypatch.setattr("initiative.second_factor.passkeys.timezone.now", lambda: later)
    assert "didn’t work" in finish(client, answer).text


def test_that_of_another_is_refused_and_cannot_be_added_or_removed(desk, stick, ada, device, django_user_model):
    ben = django_user_model.objects.create_superuser("ben", "", PASSWORD)
    other, client = Stick(), Client()
    client.force_login(ben)
    assert client.get(reverse("add_passkey")).headers["Location"] == reverse("second_factor")  # codes come first
    client.get(reverse("second_factor"))
    bens = Authenticator.objects.get(user=ben)
    client.post(reverse("second_factor"), {"code": code_of(bens), "password": PASSWORD})
    assert "Nothing was changed" in add(client, stick).text
    assert client.get(reverse("remove_passkey", args=[Passkey.objects.get().pk])).status_code == 404
    assert client.post(reverse("remove_passkey", args=[Passkey.objects.get().pk])).status_code == 404
    add(client, other)
    assert list(Passkey.objects.values_list("user__username", flat=True)) == ["ada", "ben"]
    client.logout()
    assert "didn’t work" in finish(client, other.show(begin(client))).text  # Ada's password, Ben's stick


def test_who_did_not_use_the_second_factor_can_neither_add_nor_remove_one(stick, ada):
    client = Client()
    client.force_login(ada)
    for address in (reverse("add_passkey"), reverse("remove_passkey", args=[Passkey.objects.get().pk])):
        assert client.post(address, {"name": "Mine"}).headers["Location"] == reverse("second_factor")
    assert Passkey.objects.count() == 1


@pytest.mark.parametrize("answer", ["x", "{}", "[]", "null", '{"id": 1}', "9" * 5000, "[" * 3000, "\0"])
def test_nonsense_is_refused(desk, stick, answer):
    client = Client()
    begin(client)
    assert "didn’t work" in finish(client, answer).text
    real = json.loads(stick.show(begin(client)))
    for part in real["response"]:
        changed = real | {"response": real["response"] | {part: answer}}
        begin(client)
        assert "didn’t work" in finish(client, json.dumps(changed)).text
    desk.post(reverse("add_passkey"), {"name": "Mine", "password": PASSWORD})
    assert "Nothing was changed" in desk.post(reverse("add_passkey"), {"passkey": answer}, follow=True).text
    assert Passkey.objects.count() == 1


def test_a_longer_name_than_the_standard_has_is_refused(desk):
    """PostgreSQL has no room for it, either."""
    made = Stick()
    made.number = bytes(1_024)
    assert "Nothing was changed" in add(desk, made).text
    made.number = bytes(1_023)
    assert "You can sign in with the passkey" in add(desk, made).text


def test_whatever_the_library_stumbles_on_is_nonsense():
    assert passkeys._tried([].pop) is None


def test_a_passkey_wants_a_name_and_the_password(desk):
    response = desk.post(reverse("add_passkey"), {"name": "Mine", "password": "wrong"})
    assert response.context["form"].errors == {"password": ["This isn’t your password."]}
    assert "data-passkey" not in response.text
    response = desk.post(reverse("add_passkey"), {"name": " ", "password": PASSWORD})
    assert response.context["form"].errors == {"name": ["This field is required."]}


def test_passkeys_go_with_the_authenticator(desk, stick, ada, device):
    devices.remove(ada)
    assert not Passkey.objects.exists()
    # What a version that knew of none left behind doesn't come back with the next authenticator.
    Passkey.objects.create(user=ada, name="Old", credential="b2xk", public_key=b"", sign_count=0)
    new = devices.new_authenticator(ada, session={})
    assert devices.confirm(new, code_of(new))
    assert not Passkey.objects.exists()


def test_answers_are_counted_as_attempts_to_sign_in(stick):
    client = Client()
    said = [finish(client, "x").context["form"].non_field_errors()[0] for _attempt in range(16)]
    assert said[-1] == "Too many attempts to sign in. Wait a quarter of an hour."
