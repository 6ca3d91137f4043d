"""Who finds the screen of somebody who makes accounts open gets no way in that lasts: the editor's password is asked for."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.urls import NoReverseMatch, reverse

from initiative.accounts.password_again import TIMES
from initiative.guard.models import Attempt
from initiative.letters.models import Letter

pytestmark = pytest.mark.django_db
PASSWORD = "soil is alive"
WRONG = ({}, {"editor_password": "soil is dead"})
RIGHT = {"editor_password": PASSWORD}
REFUSED = "This isn’t your password."
EVE = {"username": "eve", "email": "eve@example.org", "first_name": "Eve", "last_name": "Silt", "is_superuser": "on"}
BEN = {"username": "ben", "email": "ben@example.org", "first_name": "Ben", "last_name": "Clay", "is_active": "on"}


@pytest.fixture
def ada(django_user_model, client):
    user = django_user_model.objects.create_superuser("ada", "ada@example.org", PASSWORD)
    client.force_login(user)
    Letter.objects.all().delete()  # about her first sign-in
    return user


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben", "ben@example.org", first_name="Ben", last_name="Clay")


def edit(client, user, form):
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), form)


def test_an_account_is_made_with_the_password_and_all_administrators_know_of_a_new_one(client, ada, django_user_model):
    users = django_user_model.objects
    users.create_superuser("cleo", "cleo@example.org", PASSWORD)
    users.create_superuser("gone", "gone@example.org", PASSWORD, is_active=False)
    for wrong in WRONG:
        page = client.post(reverse("wagtailusers_users:add"), EVE | wrong)
        assert 'value="eve@example.org"' in page.text  # what was typed is there
        assert not users.filter(username="eve").exists()
    assert REFUSED in page.text
    assert not Letter.objects.exists()
    assert client.post(reverse("wagtailusers_users:add"), EVE | RIGHT).status_code == 302
    told = Letter.objects.filter(subject="There is a new administrator").order_by("pk")
    assert [letter.to for letter in told] == ["ada@example.org", "cleo@example.org"]
    eve = users.get(username="eve")
    assert "The account eve on the site" in told[0].text
    assert "It was the account ada that gave it this right." in told[0].text
    assert reverse("wagtailusers_users:edit", args=[eve.pk]) in told[0].text


@pytest.mark.parametrize(
    "changed",
    [{"email": "eve@example.org", "send_link": "on"}, {"send_link": "on"}, {"is_superuser": "on"}, {"is_active": ""}],
)
def test_anothers_address_rights_and_link_want_the_password_a_name_does_not(client, ada, ben, changed):
    for wrong in WRONG:
        page = edit(client, ben, BEN | changed | wrong)
        assert f'value="{(BEN | changed)["email"]}"' in page.text
    assert REFUSED in page.text
    ben.refresh_from_db()
    assert (ben.email, ben.is_superuser, ben.is_active) == ("ben@example.org", False, True)
    assert not Letter.objects.exists()
    tries = Attempt.objects.count()
    assert edit(client, ben, BEN | {"first_name": "Benno"}).status_code == 302
    assert Attempt.objects.count() == tries
    assert edit(client, ben, BEN | changed | RIGHT).status_code == 302
    ben.refresh_from_db()
    assert ben.email == (BEN | changed)["email"]
    assert ben.is_superuser is bool(changed.get("is_superuser"))
    told = Letter.objects.filter(subject="There is a new administrator")
    assert [letter.to for letter in told] == ["ada@example.org"] * ben.is_superuser


def test_ones_own_name_to_sign_in_with_and_roles_want_it_too(client, ada):
    role = Group.objects.create(name="Soil")
    form = {"username": "ada", "first_name": "Ada", "last_name": "Loam"}
    assert edit(client, ada, form).status_code == 302
    for changed in ({"username": "eve"}, {"groups": [role.pk]}):
        assert REFUSED in edit(client, ada, form | changed | WRONG[1]).text
        ada.refresh_from_db()
        assert (ada.username, ada.groups.count()) == ("ada", 0)
    for _time in range(TIMES.times):
        TIMES.take(str(ada.pk))
    assert "Too many attempts." in edit(client, ada, form | {"username": "eve"} | RIGHT).text
    Attempt.objects.all().delete()
    assert edit(client, ada, form | {"username": "eve", "groups": [role.pk]} | RIGHT).status_code == 302
    ada.refresh_from_db()
    assert (ada.username, ada.groups.count()) == ("eve", 1)


@pytest.mark.parametrize(("action", "choice"), [("assign_role", "role"), ("set_active_state", "mark_as_active")])
def test_several_accounts_at_once_want_it_too(client, ada, ben, action, choice):
    role = Group.objects.create(name="Soil")
    path = f"{reverse('wagtail_bulk_action', args=['auth', 'user', action])}?id={ben.pk}"
    form = {choice: role.pk if choice == "role" else "False"}
    assert "current-password" in client.get(path).text
    for wrong in ({}, {"password": "soil is dead"}):
        assert client.post(path, form | wrong).status_code == 200
        ben.refresh_from_db()
        assert (ben.is_active, ben.groups.count()) == (True, 0)
    assert client.post(path, form | {"password": PASSWORD}).status_code == 302
    ben.refresh_from_db()
    assert (ben.is_active, ben.groups.count()) == ((True, 1) if choice == "role" else (False, 0))


def test_what_a_group_may_do_and_that_it_is_gone_wants_it_too(client, ada, ben):
    role = Group.objects.create(name="Soil")
    role.user_set.add(ben)
    right = Permission.objects.get(codename="access_admin")
    edit, delete = (reverse(f"wagtailusers_groups:{name}", args=[role.pk]) for name in ("edit", "delete"))
    page = BeautifulSoup(client.get(edit).content, "html.parser")
    names = {one["name"] for one in page.select("form input[type=hidden][name$=_FORMS]")}
    form = {"name": "Loam", "permissions": [right.pk], **dict.fromkeys(names, "0")}
    for path, filled in ((reverse("wagtailusers_groups:add"), form | {"name": "Silt"}), (edit, form)):
        assert "current-password" in client.get(path).text
        for wrong in WRONG:
            page = client.post(path, filled | wrong)
            assert f'value="{filled["name"]}"' in page.text
        assert REFUSED in page.text
        assert (Group.objects.filter(name__in=["Loam", "Silt"]).exists(), role.permissions.count()) == (False, 0)
    assert client.post(edit, form | RIGHT).status_code == 302
    role.refresh_from_db()
    assert (role.name, list(role.permissions.all())) == ("Loam", [right])
    assert "1 account is in it" in client.get(delete).text
    for wrong in ({}, {"password": "soil is dead"}):
        assert client.post(delete, wrong).status_code == 200
        assert Group.objects.filter(pk=role.pk).exists()
    assert client.post(delete, {"password": PASSWORD}).status_code == 302
    assert not Group.objects.filter(pk=role.pk).exists()


@pytest.mark.parametrize("several", [False, True])
def test_deleting_an_account_wants_it_too(client, ada, ben, django_user_model, several):
    path = reverse("wagtailusers_users:delete", args=[ben.pk])
    if several:
        path = f"{reverse('wagtail_bulk_action', args=['auth', 'user', 'delete'])}?id={ben.pk}"
    assert "current-password" in client.get(path).text
    for wrong in ({}, {"password": "soil is dead"}):
        page = client.post(path, wrong)
        assert (page.status_code, django_user_model.objects.filter(pk=ben.pk).exists()) == (200, True)
    assert REFUSED in page.text
    assert client.post(path, {"password": PASSWORD}).status_code == 302
    assert not django_user_model.objects.filter(pk=ben.pk).exists()


def test_accounts_are_not_copied():
    with pytest.raises(NoReverseMatch):
        reverse("wagtailusers_users:copy", args=[1])
