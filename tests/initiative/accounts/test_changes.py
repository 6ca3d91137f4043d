"""One's address is changed with the password, and whoever had the old one is told; so is who gets another password."""

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from wagtail.users.models import UserProfile

from initiative.accounts.password_again import TIMES
from initiative.guard.models import Attempt
from initiative.letters.models import Letter
from tests.initiative.accounts.account_form import ACCOUNT

pytestmark = pytest.mark.django_db
PASSWORD = "soil is alive"


@pytest.fixture
def ada(django_user_model, client):
    user = django_user_model.objects.create_superuser("ada", "ada@example.org", PASSWORD)
    client.force_login(user)
    Letter.objects.all().delete()  # about her first sign-in
    return user


def save(client, **changed):
    return client.post(reverse("wagtailadmin_account"), ACCOUNT | changed)


def address(user) -> str:
    user.refresh_from_db()
    return user.email


def letters() -> list[tuple[str, str]]:
    """To whom, and the sentence that says what."""
    return [(letter.to, letter.text.split("\n")[2]) for letter in Letter.objects.order_by("pk")]


def test_ones_name_is_changed_without_the_password(client, ada):
    assert save(client, **{"name_email-first_name": "Adeline"}).status_code == 302
    ada.refresh_from_db()
    assert (ada.first_name, ada.email, letters()) == ("Adeline", "ada@example.org", [])


def test_a_new_address_wants_the_password_and_the_old_one_is_told(client, ada):
    UserProfile.objects.filter(user=ada).update(preferred_language="es")
    new = {"email-email": "loam@example.org", "locale-preferred_language": "es"}
    for wrong in ("", "soil is dead"):
        page = save(client, **new, **{"email-password": wrong})
        assert page.status_code == 200
        assert "loam@example.org" in page.text  # what was typed is there
        assert address(ada) == "ada@example.org"
    assert letters() == []
    assert save(client, **new, **{"email-password": PASSWORD}).status_code == 302
    assert address(ada) == "loam@example.org"
    [(to, what)] = letters()
    assert to == "ada@example.org"
    assert "La dirección de correo de su cuenta ha cambiado." in what


def test_the_password_cannot_be_guessed_there(client, ada):
    new = {"email-email": "loam@example.org"}
    for _time in range(TIMES.times):
        TIMES.take(str(ada.pk))
    assert "Too many attempts. Wait a quarter of an hour." in save(client, **new, **{"email-password": PASSWORD}).text
    assert address(ada) == "ada@example.org"


def test_a_new_password_wants_the_old_one_and_is_told(client, ada):
    new = {"password-new_password1": "a thousand grains", "password-new_password2": "a thousand grains"}
    for wrong in ("", "soil is dead"):
        assert save(client, **new, **{"password-old_password": wrong}).status_code == 200
    assert save(client, **new, **{"password-old_password": PASSWORD}).status_code == 302
    ada.refresh_from_db()
    assert ada.check_password("a thousand grains")
    assert letters() == [("ada@example.org", "The password of your account was changed.")]


def test_the_password_cannot_be_guessed_by_choosing_another(client, ada):
    """In Wagtail's panel; one's name changed in the same page is no try, and a page shown again is no second one."""
    new = {"password-new_password1": "a thousand grains", "password-new_password2": "a thousand grains"}
    assert save(client, **{"name_email-first_name": "Adeline"}).status_code == 302
    assert save(client, **new, **{"password-old_password": PASSWORD}).status_code == 302
    assert Attempt.objects.count() == 1
    for _time in range(TIMES.times - 2):
        TIMES.take(str(ada.pk))
    page = save(client, **new, **{"password-old_password": "soil is dead"})
    assert "This isn’t your password." in page.text
    assert Attempt.objects.count() == TIMES.times
    page = save(client, **new, **{"password-old_password": "a thousand grains"})
    assert page.status_code == 200
    assert "Too many attempts. Wait a quarter of an hour." in page.text


def test_who_may_edit_accounts_cannot_choose_passwords_nor_change_their_own_address_there(client, ada):
    form = {"username": "ada", "email": "loam@example.org", "first_name": "Ada", "last_name": "Loam", "is_active": "on"}
    form |= {"password1": "a thousand grains", "password2": "a thousand grains"}
    response = client.post(reverse("wagtailusers_users:edit", args=[ada.pk]), form)
    assert response.status_code == 302
    assert address(ada) == "ada@example.org"
    assert ada.check_password(PASSWORD)
    type(ada).objects.update(email="")
    assert client.post(reverse("wagtailusers_users:edit", args=[ada.pk]), form).status_code == 302


def test_whose_address_somebody_else_changes_is_told_at_the_old_one(client, ada, django_user_model):
    ben = django_user_model.objects.create_user("ben", "ben@example.org", PASSWORD)
    form = {"username": "ben", "email": "b@example.org", "first_name": "Ben", "last_name": "Clay", "is_active": "on"}
    form |= {"editor_password": PASSWORD}
    assert client.post(reverse("wagtailusers_users:edit", args=[ben.pk]), form).status_code == 302
    assert address(ben) == "b@example.org"
    assert [to for to, _what in letters()] == ["ben@example.org"]


def test_signing_in_and_a_digest_made_anew_are_no_changes(client, ada, django_assert_num_queries):
    ada.password = make_password(PASSWORD)
    with django_assert_num_queries(1):
        ada.save(update_fields=["last_login"])
    ada.save()
    assert letters() == []


def test_what_was_not_saved_is_not_told(ada):
    ada.email = "loam@example.org"
    ada.set_password("a thousand grains")
    ada.save(update_fields=["password"])
    ada.set_password("a thousand worms")
    ada.save(update_fields=["first_name"])
    assert letters() == [("ada@example.org", "The password of your account was changed.")]
    ada.set_password("a thousand roots")
    ada.save(update_fields=["email"])
    assert [what[:11] for _to, what in letters()] == ["The passwor", "The e-mail "]
