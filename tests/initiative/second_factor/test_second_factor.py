"""Staff set a second factor up, use it, lose it; where it is required nobody works without."""

import re
from importlib import import_module
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth.hashers import check_password
from django.contrib.auth.tokens import default_token_generator
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from initiative.accounts.letters import AUTHENTICATOR, NO_SECOND_FACTOR
from initiative.accounts.letters import RECOVERY_CODES as RECOVERY_CODES_MADE
from initiative.letters.models import Letter
from initiative.second_factor import devices
from initiative.second_factor.models import RECOVERY_CODES, Authenticator, RecoveryCode, RecoveryCodes
from initiative.second_factor.views import SEEDS
from tests.initiative.second_factor.accounts import PASSWORD, code_of, sign_in

pytestmark = pytest.mark.django_db


def page(response) -> BeautifulSoup:
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return BeautifulSoup(response.content, "lxml")


def test_who_has_none_signs_in_with_the_password_alone(client, ada):
    assert sign_in(client).status_code == 302


def test_who_has_one_needs_both(client, ada, device):
    asked = sign_in(client)
    assert asked.context["form"].errors == {
        "code": ["Your password is right. Give the code of your authenticator as well."]
    }
    wrong = f"{(int(code_of(device)) + 1) % 1_000_000:06d}"
    assert sign_in(client, wrong).context["form"].errors["code"] == [
        "This code isn’t right, or was used already. Wait for the next one."
    ]
    assert "_auth_user_id" not in client.session
    code = code_of(device)
    assert sign_in(client, f" {code[:3]} {code[3:]} ").status_code == 302
    assert client.session["otp_device_id"] == device.persistent_id


def test_a_new_password_by_a_letter_stands_in_for_no_code(client, ada, device):
    path = reverse(
        "wagtailadmin_password_reset_confirm",
        args=[urlsafe_base64_encode(force_bytes(ada.pk)), default_token_generator.make_token(ada)],
    )
    path = client.get(path, follow=True).redirect_chain[-1][0]
    new = "a thousand grains"
    done = client.post(path, {"new_password1": new, "new_password2": new})
    assert done.headers["Location"] == reverse("wagtailadmin_password_reset_complete")
    ada.refresh_from_db()
    assert ada.check_password(new)
    assert Authenticator.objects.get(user=ada).confirmed
    assert "_auth_user_id" not in client.session
    assert sign_in(client, password=new).context["form"].errors.keys() == {"code"}
    assert "_auth_user_id" not in client.session
    assert sign_in(client, code_of(device), password=new).status_code == 302


def test_that_somebody_has_one_is_told_to_nobody_without_the_password(client, ada, device):
    assert "code" not in sign_in(client, code_of(device), password="wrong").context["form"].errors


def test_a_code_works_once(client, ada, device):
    code = code_of(device)
    assert sign_in(client, code).status_code == 302
    client.logout()
    assert sign_in(client, code).context["form"].errors["code"]


def test_whoever_guesses_has_to_wait_even_with_the_right_code(client, ada, device):
    right = code_of(device)
    sign_in(client, f"{(int(right) + 1) % 1_000_000:06d}")
    assert sign_in(client, right).context["form"].errors["code"]


def test_a_recovery_code_stands_in_once(client, ada, device):
    first, second, *_rest = devices.new_recovery_codes(ada)
    assert sign_in(client, first.upper()).status_code == 302
    client.logout()
    assert sign_in(client, first).context["form"].errors["code"]
    assert devices.recovery_codes_left(ada) == 9
    client.logout()
    RecoveryCodes.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert sign_in(client, second.replace("-", " ")).status_code == 302


def test_a_recovery_code_has_75_bits_and_is_kept_as_a_slow_digest_with_a_salt_of_its_own(ada, device, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    codes = RecoveryCodes.objects.create(user=ada, name="recovery").fill()
    assert [code[0] for code in codes] == list("abcdefghij")
    assert all(re.fullmatch(r"[a-j][a-z2-7]{3}(-[a-z2-7]{4}){3}", code) for code in codes)
    digests = list(RecoveryCode.objects.values_list("digest", flat=True))
    assert len({digest.split("$")[2] for digest in digests}) == RECOVERY_CODES
    assert all(digest.startswith("pbkdf2_sha256$1000000$") for digest in digests)
    assert not any(code[5:9] in str(RecoveryCode.objects.values()) for code in codes)


def test_who_guesses_recovery_codes_waits_and_a_guess_costs_one_digest(ada, device, monkeypatch):
    [right, *_rest] = devices.new_recovery_codes(ada)
    tried = []
    monkeypatch.setattr(
        "initiative.second_factor.models.check_password", lambda *given: tried.append(given) or check_password(*given)
    )
    assert devices.check(ada, right[:-1] + ("a" if right[-1] != "a" else "b")) is None
    assert devices.check(ada, right) is None  # it has to wait
    assert len(tried) == 1
    RecoveryCodes.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert [bool(devices.check(ada, wrong)) for wrong in ("zzzz", "\0", "é" * 16)] == [False] * 3


def test_codes_that_were_kept_in_clear_are_forgotten(ada):
    StaticToken.objects.create(device=StaticDevice.objects.create(user=ada, name="recovery"), token="abcdefgh")
    import_module("initiative.second_factor.migrations.0002_forget_codes_in_clear").forget(apps, None)
    assert (StaticToken.objects.count(), StaticDevice.objects.count()) == (0, 0)


@pytest.mark.parametrize(("left", "told"), [(3, None), (2, "You have 2 recovery codes left."), (0, "You have 0")])
def test_who_has_few_codes_left_is_told_on_the_home_page(client, ada, device, left, told):
    devices.new_recovery_codes(ada)
    RecoveryCode.objects.exclude(letter__in="abc"[:left]).delete()
    client.force_login(ada)
    panel = page(client.get(reverse("wagtailadmin_home"))).select_one("#few-recovery-codes-section")
    assert told in panel.get_text() if told else panel is None, panel
    device.delete()  # who signs in with the password alone needs none
    assert "few-recovery-codes" not in client.get(reverse("wagtailadmin_home")).text


def test_it_is_set_up_on_one_page_and_the_recovery_codes_are_shown_once(client, ada):
    client.force_login(ada)
    address = reverse("second_factor")
    shown = page(client.get(address))
    device = Authenticator.objects.get(user=ada, confirmed=False)
    assert devices.secret(device) in shown.get_text()
    picture = shown.select_one("[role=img] svg")
    assert picture["width"] == picture["height"]
    assert page(client.get(address)).select_one("[role=img] svg") == picture  # the same until it is confirmed
    assert "isn’t right" in page(client.post(address, {"code": "000000", "password": PASSWORD})).get_text()
    assert devices.authenticator(ada) is None
    done = page(client.post(address, {"code": code_of(device), "password": PASSWORD}))
    codes = [code.get_text() for code in done.select("li code")]
    assert [code[0] for code in codes] == [code.letter for code in RecoveryCode.objects.filter(codes__user=ada)]
    assert len(codes) == RECOVERY_CODES
    assert devices.authenticator(ada) == device
    later = page(client.get(address)).get_text()
    assert "You have 10 recovery codes left." in later
    assert not any(code in later for code in codes)


@pytest.fixture
def two(ada) -> list[Client]:
    """Both know Ada's password; one of them is Ada."""
    found = [Client(), Client()]
    for each in found:
        assert sign_in(each).status_code == 302
    return found


def seed(client) -> Authenticator:
    """What a client is shown to set up."""
    shown = page(client.get(reverse("second_factor"))).get_text()
    [found] = [each for each in Authenticator.objects.filter(confirmed=False) if devices.secret(each) in shown]
    return found


def test_each_session_is_shown_a_seed_of_its_own_and_one_from_before_another_asked_confirms_nothing(two, ada):
    first, second = two
    theirs, hers = seed(first), seed(second)
    assert devices.secret(theirs) != devices.secret(hers)
    assert list(Authenticator.objects.filter(user=ada)) == [hers] == [seed(second)]
    code = {"code": code_of(theirs), "password": PASSWORD}
    for client in (second, first):
        refused = client.post(reverse("second_factor"), code)
        assert refused.context["form"].errors.keys() == {"code"}
        assert devices.authenticator(ada) is None
    assert "The picture from before counts no more." in page(refused).get_text()
    assert not devices.confirm(theirs, code["code"])


def test_who_knows_the_password_asks_for_another_so_often_and_then_its_owner_elsewhere_has_hers(two, ada):
    first, second = two
    address = reverse("second_factor")
    for _time in range(SEEDS.times):
        seed(second)  # in the place of theirs
        assert first.get(address, REMOTE_ADDR="203.0.113.5").status_code == 200
    assert seed(first) == Authenticator.objects.get(user=ada)  # one's own is shown as often as one likes
    other = Client(REMOTE_ADDR="203.0.113.6")
    sign_in(other)
    owns = seed(other)
    refused = first.get(address, REMOTE_ADDR="203.0.113.5")
    assert refused.status_code == 429
    assert "Too many attempts. Wait a quarter of an hour." in refused.text
    assert list(Authenticator.objects.filter(user=ada)) == [owns]
    other.post(address, {"code": code_of(owns), "password": PASSWORD})
    assert devices.authenticator(ada) == owns


def test_what_others_have_not_confirmed_goes_with_a_confirmation_and_with_a_new_password(two, ada):
    hers = seed(two[1])
    left = Authenticator.objects.create(user=ada, confirmed=False)  # by two who asked at the same moment
    two[1].post(reverse("second_factor"), {"code": code_of(hers), "password": PASSWORD})
    assert list(Authenticator.objects.filter(user=ada)) == [hers]
    assert not devices.confirm(left, code_of(left))
    devices.remove(ada)
    seed(two[1])
    ada.check_password(PASSWORD)
    ada.save()
    assert Authenticator.objects.filter(user=ada).exists()
    ada.set_password("a thousand grains")
    ada.save()
    assert not Authenticator.objects.filter(user=ada).exists()


def test_with_a_code_one_gets_new_recovery_codes_or_gives_it_up(client, ada, device):
    client.force_login(ada)
    old = devices.new_recovery_codes(ada)
    address = reverse("second_factor")
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    for what in ("renew", "remove"):
        client.post(address, {"code": "000000", "password": PASSWORD, what: ""})
        assert set(RecoveryCode.objects.values_list("digest", flat=True)) == kept
    client.post(address, {"code": code_of(device), "password": PASSWORD, "renew": ""})
    assert devices.recovery_codes_left(ada) == RECOVERY_CODES
    assert not any(devices.check(ada, code) for code in old[:1])
    assert client.post(address, {"code": code_of(device), "password": PASSWORD, "remove": ""}).status_code == 302
    assert (devices.authenticator(ada), devices.recovery_codes_left(ada)) == (None, 0)


def test_without_the_password_nothing_is_changed_and_of_each_change_one_is_told(client, ada, device):
    ada.email = "ada@example.org"
    ada.save()
    client.force_login(ada)
    Letter.objects.all().delete()  # about her first sign-in
    address, kept = reverse("second_factor"), devices.new_recovery_codes(ada)
    for password, said in (("", "This field is required."), ("wrong", "This isn’t your password.")):
        for what in ("renew", "remove"):
            response = client.post(address, {"code": code_of(device), "password": password, what: ""})
            assert response.context["form"].errors == {"password": [said]}
    assert (devices.authenticator(ada), devices.recovery_codes_left(ada)) == (device, len(kept))
    for what in ("renew", "remove"):
        client.post(address, {"code": code_of(device), "password": PASSWORD, what: ""})
    client.get(address)
    new = Authenticator.objects.get(user=ada)
    assert client.post(address, {"code": code_of(new), "password": "wrong"}).context["form"].errors.keys() == {
        "password"
    }
    client.post(address, {"code": code_of(new), "password": PASSWORD})
    assert [(letter.to, letter.subject) for letter in Letter.objects.all()] == [
        ("ada@example.org", "Your account was changed")
    ] * 3
    told = [letter.text for letter in Letter.objects.order_by("pk")]
    for text, what in zip(told, (RECOVERY_CODES_MADE, NO_SECOND_FACTOR, AUTHENTICATOR), strict=True):
        assert str(what) in text


def test_nobody_sees_or_uses_that_of_another(client, ada, device, django_user_model):
    other = django_user_model.objects.create_superuser("ben", "", PASSWORD)
    client.force_login(other)
    assert devices.secret(device) not in page(client.get(reverse("second_factor"))).get_text()
    assert devices.check(other, code_of(device)) is None


def test_where_it_is_required_staff_are_led_to_set_it_up_and_can_do_nothing_else(client, ada, settings):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(ada)
    for name in ("wagtailadmin_home", "wagtailadmin_account", "wagtailimages:index"):
        response = client.get(reverse(name))
        assert (response.status_code, response.headers["Location"]) == (302, reverse("second_factor"))
    assert "It takes a minute to set up." in page(client.get(reverse("second_factor"))).get_text()
    device = Authenticator.objects.get(user=ada)
    client.post(reverse("second_factor"), {"code": code_of(device), "password": PASSWORD})
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    client.logout()
    sign_in(client, code_of(device))
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_a_session_that_began_before_it_was_set_up_elsewhere_ends(client, ada, device, settings):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(ada)
    response = client.get(reverse("wagtailadmin_account"))
    assert response.headers["Location"] == f"{reverse('wagtailadmin_login')}?next={reverse('wagtailadmin_account')}"
    assert "_auth_user_id" not in client.session


def test_there_is_one_door(client, site, ada, device):
    """Wagtail has another, for private pages and documents, which would take a password alone."""
    assert client.post("/fr/_util/login/", {"username": "ada", "password": PASSWORD}).status_code == 404
    assert "_auth_user_id" not in client.session
    collection = Collection.get_first_root_node().add_child(name="Staff")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = get_document_model().objects.create(
        title="Minutes", file=ContentFile(b"1", "minutes.txt"), collection=collection
    )
    assert client.get(document.url).headers["Location"] == f"{reverse('wagtailadmin_login')}?next={quote(document.url)}"


def test_who_did_not_use_the_second_factor_is_a_reader_like_all(client, site, ada, device, settings):
    client.force_login(ada)
    assert client.get("/styleguide/").status_code == 200
    settings.STAFF_SECOND_FACTOR = True
    assert client.get("/styleguide/").status_code != 200
    assert client.get("/en/").status_code == 200


def test_readers_notice_nothing_where_it_is_required(client, site, settings):
    settings.STAFF_SECOND_FACTOR = True
    response = client.get("/en/")
    assert (response.status_code, response.headers.get("Vary", "")) == (200, client.get("/en/").headers.get("Vary", ""))
    assert "Cookie" not in response.headers.get("Vary", "")
    assert client.get(reverse("wagtailadmin_home")).headers["Location"].startswith(reverse("wagtailadmin_login"))


def test_who_lost_everything_is_helped_by_a_command(ada, device, capsys):
    devices.new_recovery_codes(ada)
    call_command("remove_second_factor", "ada")
    assert capsys.readouterr().out == "ada signs in with the password alone now.\n"
    assert (devices.authenticator(ada), devices.recovery_codes_left(ada)) == (None, 0)
    for name, told in (("ada", "ada has no second factor"), ("nobody", "There is no user nobody")):
        with pytest.raises(CommandError, match=told):
            call_command("remove_second_factor", name)
