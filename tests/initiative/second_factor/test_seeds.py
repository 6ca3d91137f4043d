"""The database has the seeds of authenticators only sealed."""

from binascii import hexlify

import pytest
from django.core.management import call_command
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from initiative.second_factor import devices, seeds
from initiative.second_factor.models import Authenticator
from initiative.second_factor.seeds import SeedError
from tests.initiative.second_factor.accounts import PASSWORD, code_of, sign_in

pytestmark = pytest.mark.django_db

SEED = bytes(range(20))


def kept(device) -> str:
    """As the database has it."""
    return TOTPDevice.objects.values_list("key", flat=True).get(pk=device.pk)


def test_what_is_sealed_opens_and_is_another_each_time():
    one, other = seeds.seal(SEED, 7), seeds.seal(SEED, 7)
    assert seeds.unseal(one, 7) == seeds.unseal(other, 7) == SEED
    assert one != other
    assert one.startswith("sealed:")
    assert len(one) == 71 <= TOTPDevice._meta.get_field("key").max_length


def test_it_opens_for_nobody_else_with_no_other_key_and_not_once_it_was_changed(settings):
    sealed = seeds.seal(SEED, 7)
    with pytest.raises(SeedError):
        seeds.unseal(sealed, 8)
    changed = sealed[:30] + ("A" if sealed[30] != "A" else "B") + sealed[31:]
    with pytest.raises(SeedError):
        seeds.unseal(changed, 7)
    settings.SECRET_KEY = "another key"
    with pytest.raises(SeedError):
        seeds.unseal(sealed, 7)


@pytest.mark.parametrize("nothing", ["", "sealed:", "sealed:abc", "sealed:AAAA", "zz", "sealed:!!" + "A" * 64])
def test_what_is_no_seed_does_not_open_and_stays_as_it_is(nothing):
    with pytest.raises(SeedError):
        seeds.unseal(nothing, 7)
    assert seeds.sealed(nothing, 7) == nothing


def test_a_new_authenticator_is_sealed_from_the_start(client, ada):
    client.force_login(ada)
    client.get(reverse("second_factor"))
    device = Authenticator.objects.get(user=ada)
    assert kept(device) == device.key
    assert kept(device).startswith("sealed:")
    assert hexlify(device.bin_key).decode() not in kept(device)
    assert len(device.bin_key) == 20


def test_one_that_an_earlier_version_kept_in_clear_works_and_is_sealed_when_it_is_used(client, ada):
    old = TOTPDevice.objects.create(user=ada, confirmed=True, key=hexlify(SEED).decode())
    device = Authenticator.objects.get(pk=old.pk)
    assert device.bin_key == old.bin_key == SEED
    assert sign_in(client, code_of(device)).status_code == 302
    assert kept(device).startswith("sealed:")
    assert Authenticator.objects.get(pk=old.pk).bin_key == SEED


def test_a_key_that_was_before_opens_and_the_seed_is_sealed_anew(client, device, settings):
    before, settings.SECRET_KEY_FALLBACKS = kept(device), [settings.SECRET_KEY]
    settings.SECRET_KEY = "today's key"
    seed = Authenticator.objects.get(pk=device.pk).bin_key
    assert sign_in(client, code_of(device)).status_code == 302
    assert kept(device) != before
    settings.SECRET_KEY_FALLBACKS = []
    assert Authenticator.objects.get(pk=device.pk).bin_key == seed


def test_what_is_sealed_with_todays_key_stays_as_it_is(device):
    before = kept(device)
    device.save()
    assert kept(device) == before


def test_where_the_key_is_gone_recovery_codes_still_let_in_and_the_log_says_why(client, ada, device, settings, caplog):
    codes = devices.new_recovery_codes(ada)
    code = code_of(device)
    before, todays, settings.SECRET_KEY = kept(device), settings.SECRET_KEY, "another key"
    assert sign_in(client, code).context["form"].errors["code"]
    assert f"The authenticator of account {ada.pk} can't be used: Sealed with another SECRET_KEY" in caplog.text
    waiting = Authenticator.objects.get(pk=device.pk)
    assert waiting.throttling_failure_count == 1  # who guesses waits here, too
    assert kept(device) == before
    assert sign_in(client, codes[0]).status_code == 302
    settings.SECRET_KEY = todays  # it has come back
    client.logout()
    assert sign_in(client, code_of(device)).status_code == 302


def test_one_that_does_not_open_and_was_never_confirmed_makes_room_for_another(client, ada):
    client.force_login(ada)
    client.get(reverse("second_factor"))
    lost = Authenticator.objects.get(user=ada)
    TOTPDevice.objects.update(key="sealed:lost")  # with a key that is gone
    assert client.get(reverse("second_factor")).status_code == 200
    found = Authenticator.objects.get(user=ada)
    assert found.pk != lost.pk
    done = client.post(reverse("second_factor"), {"code": code_of(found), "password": PASSWORD})
    assert (done.status_code, devices.authenticator(ada)) == (200, found)


def test_a_session_names_it_as_the_version_before_does(client, ada, device):
    assert sign_in(client, code_of(device)).status_code == 302
    assert client.session["otp_device_id"] == f"otp_totp.totpdevice/{device.pk}"


def test_all_are_sealed_with_todays_key_or_opened_for_an_earlier_version(ada, settings, capsys, django_user_model):
    bob = django_user_model.objects.create_user("bob")
    clear = TOTPDevice.objects.create(user=ada, key=hexlify(SEED).decode())
    older = Authenticator.objects.create(user=bob)
    seed = older.bin_key
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the new one"
    call_command("seal_seeds")
    settings.SECRET_KEY_FALLBACKS = []
    assert [one.bin_key for one in Authenticator.objects.order_by("pk")] == [SEED, seed]
    call_command("seal_seeds", "--open")
    assert kept(clear) == hexlify(SEED).decode()
    assert TOTPDevice.objects.get(pk=older.pk).bin_key == seed
    TOTPDevice.objects.filter(pk=older.pk).update(key="sealed:lost")
    capsys.readouterr()
    call_command("seal_seeds")
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        "1 seeds are sealed now.\n",
        f"That of account {bob.pk} stays as it is: Neither sealed nor in clear.\n",
    )
