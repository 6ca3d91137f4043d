"""Staff see where they are signed in, end it elsewhere, and are written to about a device that is new."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_otp.oath import totp
from wagtail.users.models import UserProfile

from initiative.guard.limits import Limit
from initiative.letters.models import Letter
from initiative.second_factor.models import Authenticator
from initiative.staff_sessions import devices
from initiative.staff_sessions.models import SignIn
from tests.initiative.accounts.account_form import ACCOUNT

pytestmark = pytest.mark.django_db
PASSWORD = "soil is alive"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.fixture
def ada(django_user_model):
    return django_user_model.objects.create_superuser("ada", "ada@example.org", PASSWORD)


def sign_in(browser: str, client: Client | None = None) -> Client:
    """A client in which Ada has signed in."""
    client = client or Client(headers={"user-agent": browser})
    data = {"username": "ada", "password": PASSWORD, "next": "/admin/"}
    assert client.post(reverse("wagtailadmin_login"), data).status_code == 302
    return client


def is_in(client) -> bool:
    return client.get(reverse("signed_in")).status_code == 200


def rows(client) -> list[str]:
    page = BeautifulSoup(client.get(reverse("signed_in")).content, "lxml")
    return [row.td.get_text() for row in page.select("main tbody tr")]


def later(**what):
    """Everything about sign-ins happened earlier by so much."""
    for name, since in what.items():
        SignIn.objects.update(**{name: timezone.now() - since})


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Gecko/1", "macOS"),
        ("curl/8", "A browser that doesn’t say its name"),
        ("", "A browser that doesn’t say its name"),
    ],
)
def test_a_device_in_plain_words(says, words):
    assert devices.words(*devices.named(says)) == words


def test_one_sees_where_one_is_signed_in_and_signs_out_there(ada):
    desk, phone = sign_in(FIREFOX), sign_in(PHONE)
    assert rows(desk) == ["Safari on iPhone", "Firefox on Linux"]
    page = BeautifulSoup(desk.get(reverse("signed_in")).content, "lxml")
    [button] = page.select("main tbody button")
    assert "This device" in page.select("main tbody tr")[1].get_text()
    other = SignIn.objects.get(system="iPhone")
    assert (button["name"], button["value"]) == ("end", str(other.pk))

    for password, said in (("", "This field is required."), ("wrong", "This isn’t your password.")):
        refused = desk.post(reverse("signed_in"), {"end": button["value"], "password": password})
        assert refused.context["form"].errors == {"password": [said]}
        assert is_in(phone)
    desk.post(reverse("signed_in"), {"end": button["value"], "password": PASSWORD})
    assert (is_in(phone), is_in(desk)) == (False, True)
    assert rows(desk) == ["Firefox on Linux"]
    # Its session is gone, too, not only refused.
    assert Session.objects.count() == 1


def test_one_signs_out_everywhere_else(ada):
    desk, phone, third = sign_in(FIREFOX), sign_in(PHONE), sign_in("curl/8")
    # Enter in the field presses the first button of the form.
    page = BeautifulSoup(desk.get(reverse("signed_in")).content, "lxml")
    assert page.select_one("main form button").attrs == {"hidden": ""}
    desk.post(reverse("signed_in"), {"password": PASSWORD})
    assert all(is_in(client) for client in (desk, phone, third))
    desk.post(reverse("signed_in"), {"others": "", "password": PASSWORD})
    assert [is_in(client) for client in (desk, phone, third)] == [True, False, False]


def test_nobody_ends_what_is_somebody_elses(ada, client, django_user_model):
    desk = sign_in(FIREFOX)
    client.force_login(django_user_model.objects.create_superuser("bob", "", PASSWORD))
    for number in (SignIn.objects.get(user=ada).pk, "x", "-1", "²", "9" * 30, ""):
        response = client.post(reverse("signed_in"), {"end": str(number), "password": PASSWORD})
        assert response.status_code == 302
    assert is_in(desk)
    assert rows(client) == ["A browser that doesn’t say its name"]


def test_signing_in_changes_the_key_of_the_session(ada):
    browser = Client(headers={"user-agent": FIREFOX})
    before = browser.session
    before["planted"] = "by somebody who knows its key"
    before.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = before.session_key
    sign_in(FIREFOX, browser)
    after = browser.session.session_key
    assert after not in (None, before.session_key)
    assert list(Session.objects.values_list("pk", flat=True)) == [after]


def test_on_every_page_of_the_admin_one_can_sign_out(ada, site):
    browser = sign_in(FIREFOX)
    for path in (reverse("wagtailadmin_home"), reverse("wagtailadmin_account"), reverse("wagtailadmin_explore_root")):
        page = BeautifulSoup(browser.get(path).content, "lxml")
        menu = json.loads(page.select_one("#wagtail-sidebar-props").text)
        assert reverse("wagtailadmin_logout") in json.dumps(menu)


def test_passwords_are_typed_unseen_and_may_be_pasted(ada, client):
    """Into the fields of those who sign in, choose one by a link, and change theirs."""
    inside, person = sign_in(FIREFOX), urlsafe_base64_encode(force_bytes(ada.pk))
    ada.refresh_from_db()  # its last sign-in is in the link
    link = reverse("wagtailadmin_password_reset_confirm", args=[person, default_token_generator.make_token(ada)])
    account = reverse("wagtailadmin_account")
    for browser, path, number in ((client, reverse("wagtailadmin_login"), 1), (client, link, 2), (inside, account, 4)):
        page = BeautifulSoup(browser.get(path, follow=True).content, "lxml")
        fields = page.select("input[name*=password]")
        assert len(fields) == number
        for field in fields:
            assert field["type"] == "password"
            assert not field.attrs.keys() & {"readonly", "onpaste", "maxlength"}
            assert field.get("autocomplete") != "off"


def test_no_script_of_ours_knows_of_pasting():
    scripts = list((settings.BASE_DIR / "static").rglob("*.js"))
    assert scripts
    assert not [path.name for path in scripts if "paste" in path.read_text()]


def test_who_signs_out_is_signed_in_there_no_more(ada):
    desk, phone = sign_in(FIREFOX), sign_in(PHONE)
    phone.post(reverse("wagtailadmin_logout"))
    assert rows(desk) == ["Firefox on Linux"]


def test_a_new_password_ends_all_other_sign_ins(ada):
    desk, phone = sign_in(FIREFOX), sign_in(PHONE)
    form = ACCOUNT | {
        "password-old_password": PASSWORD,
        "password-new_password1": "a thousand grains",
        "password-new_password2": "a thousand grains",
    }
    assert desk.post(reverse("wagtailadmin_account"), form).status_code == 302
    ada.refresh_from_db()
    assert ada.check_password("a thousand grains")
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert rows(desk) == ["Firefox on Linux"]


@pytest.mark.parametrize(
    ("what", "goes_on"),
    [
        ({"seen": timedelta(days=2, hours=23)}, True),
        ({"seen": timedelta(days=3, minutes=1)}, False),
        ({"begun": timedelta(days=13, hours=23)}, True),
        ({"begun": timedelta(days=14, minutes=1)}, False),
    ],
)
def test_nobody_stays_signed_in_for_ever(ada, what, goes_on):
    desk = sign_in(FIREFOX)
    later(**what)
    assert is_in(desk) is goes_on


def test_an_account_that_is_closed_is_out_at_once(ada):
    desk = sign_in(FIREFOX)
    ada.is_active = False
    ada.save()
    assert not is_in(desk)


def test_being_seen_is_noted_now_and_then(ada, django_assert_num_queries):
    desk = sign_in(FIREFOX)
    later(seen=timedelta(minutes=4))
    before = SignIn.objects.get().seen
    assert is_in(desk)
    assert SignIn.objects.get().seen == before
    later(seen=timedelta(minutes=6))
    assert is_in(desk)
    assert timezone.now() - SignIn.objects.get().seen < timedelta(minutes=1)


def test_a_session_from_before_goes_on_and_is_listed(ada):
    desk = sign_in(FIREFOX)
    SignIn.objects.all().delete()
    session = desk.session
    del session["sign_in"]
    session.save()
    assert rows(desk) == ["Firefox on Linux"]


def test_a_new_device_is_told_of_in_ones_language(ada, django_capture_on_commit_callbacks):
    UserProfile.objects.create(user=ada, preferred_language="fr", current_time_zone="Asia/Tokyo")
    with django_capture_on_commit_callbacks(execute=True):
        desk = sign_in(FIREFOX)
    [first] = mail.outbox  # it may be somebody else who knew the password of a new account
    assert "Firefox – Linux" in first.body
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(PHONE)
    [_first, letter] = mail.outbox
    assert (letter.to, letter.subject) == (["ada@example.org"], "Votre compte a été utilisé sur un nouvel appareil")
    assert "Safari – iPhone" in letter.body
    assert "(JST)" in letter.body
    assert "http://localhost:8000/admin/signed-in/" in letter.body
    # Known again, also after it was signed out, by its cookie and by nothing else.
    desk.post(reverse("wagtailadmin_logout"))
    sign_in(FIREFOX, desk)
    assert Letter.objects.count() == 2
    desk.cookies[devices.COOKIE] = "made up"
    desk.post(reverse("wagtailadmin_logout"))
    sign_in(FIREFOX, desk)
    assert Letter.objects.count() == 3
    assert desk.cookies[devices.COOKIE].value != "made up"


def test_who_signed_out_is_told_so_and_is_a_reader_like_all(ada, site):
    """No session that would keep pages from being everybody's is left in the browser."""
    desk = sign_in(FIREFOX)
    door = desk.post(reverse("wagtailadmin_logout"), follow=True)
    assert b"You have been successfully logged out." in door.content
    assert b"logged out" not in desk.get(reverse("wagtailadmin_login")).content
    for name in [name for name, cookie in desk.cookies.items() if cookie["max-age"] == 0]:
        del desk.cookies[name]  # as browsers do
    assert desk.cookies.keys() == {settings.CSRF_COOKIE_NAME, devices.COOKIE}
    assert not Session.objects.exists()
    page = desk.get("/en/")
    assert "public" in page.headers["Cache-Control"]
    assert not page.cookies


def test_what_is_known_of_a_device(ada):
    desk = sign_in(FIREFOX)
    cookie = desk.cookies[devices.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Strict")
    kept = SignIn.objects.values().get()
    assert (kept["browser"], kept["system"]) == ("Firefox", "Linux")
    assert cookie.value not in str(kept)
    assert "127.0.0.1" not in str(kept)


def test_a_new_secret_key_ends_no_session_and_makes_no_device_new_while_the_old_one_is_named(ada, settings):
    desk, phone = sign_in(FIREFOX), sign_in(PHONE)
    mail.outbox.clear()
    Letter.objects.all().delete()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the new one"
    assert is_in(desk)
    assert is_in(phone)
    desk.post(reverse("wagtailadmin_logout"))
    sign_in(FIREFOX, desk)
    assert not Letter.objects.exists()
    settings.SECRET_KEY_FALLBACKS = []
    assert is_in(desk)  # all of it is of the new one by now
    assert rows(desk)[:2] == ["Firefox on Linux", "Safari on iPhone"]
    settings.SECRET_KEY = "yet another"
    assert not is_in(phone)


def test_a_device_of_one_account_is_new_to_another(ada, django_user_model):
    desk = sign_in(FIREFOX)
    Letter.objects.all().delete()
    bob = django_user_model.objects.create_superuser("bob", "bob@example.org", PASSWORD)
    SignIn.objects.create(user=bob, device="elsewhere")
    desk.post(reverse("wagtailadmin_login"), {"username": "bob", "password": PASSWORD, "next": "/admin/"})
    assert [letter.to for letter in Letter.objects.all()] == ["bob@example.org"]


def test_who_was_away_for_more_than_a_year_is_written_to(ada):
    desk = sign_in(FIREFOX)
    Letter.objects.all().delete()
    later(seen=timedelta(days=366))
    call_command("forget_sign_ins", verbosity=0)
    sign_in(FIREFOX, desk)
    assert [letter.to for letter in Letter.objects.all()] == ["ada@example.org"]


def test_what_was_not_seen_for_a_year_is_forgotten(ada):
    sign_in(FIREFOX)
    later(seen=timedelta(days=364))
    call_command("forget_sign_ins", verbosity=0)
    assert SignIn.objects.count() == 1
    later(seen=timedelta(days=366))
    call_command("forget_sign_ins", verbosity=0)
    assert SignIn.objects.count() == 0


def test_who_runs_the_site_signs_people_out(ada, capsys):
    desk = sign_in(FIREFOX)
    call_command("sign_out", "ada")
    assert not is_in(desk)
    desk = sign_in(FIREFOX)
    call_command("sign_out", everybody=True)
    assert not is_in(desk)
    assert capsys.readouterr().out == "Sessions ended: 1.\n" * 2
    for wrong in ({}, {"username": "ada", "everybody": True}, {"username": "nobody"}):
        with pytest.raises(CommandError):
            call_command("sign_out", **wrong)


def test_readers_have_no_such_cookie_and_cost_nothing(client, site):
    response = client.get("/en/")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("elevenchars", "too short"),
        ("qwerty123456", "too common"),
        ("1234567890123", "entirely numeric"),
        ("ada@example.org", "too similar"),
        ("4-per-1000 2026", "name of this site"),
        ("InitiativeParis", "name of this site"),
    ],
)
def test_passwords_that_are_refused(ada, password, says):
    with pytest.raises(ValidationError, match=says):
        validate_password(password, ada)


def test_a_name_of_ours_may_be_a_part_of_a_good_one(ada):
    validate_password("an initiative of moles and worms", ada)


def test_who_signs_in_and_who_is_refused_is_in_the_log_without_names(ada, client, caplog):
    caplog.set_level("INFO", "initiative.security")
    client.post(reverse("wagtailadmin_login"), {"username": "ada", "password": "a secret typed wrong"})
    sign_in(FIREFOX, client)
    client.post(reverse("wagtailadmin_logout"))
    records = [record for record in caplog.records if record.name == "initiative.security"]
    assert [record.getMessage() for record in records] == [
        "Wrong name or password",
        f"Signed in: user {ada.pk}",
        f"Signed out: user {ada.pk}",
    ]
    assert records[1].factor == "password alone"
    assert "a secret typed wrong" not in caplog.text


def test_a_limit_that_is_reached_is_in_the_log(db, caplog):
    limit = Limit("tests", times=1, period=timedelta(days=1))
    assert [limit.take("somebody") for _time in range(2)] == [True, False]
    assert "Refused: limit tests" in caplog.text
    assert "somebody" not in caplog.text


def test_a_new_second_factor_ends_all_other_sign_ins(ada):
    desk, phone = sign_in(FIREFOX), sign_in(PHONE)
    desk.get(reverse("second_factor"))
    device = Authenticator.objects.get(user=ada)
    desk.post(reverse("second_factor"), {"code": f"{totp(device.bin_key):06d}", "password": PASSWORD})
    assert Authenticator.objects.get(user=ada).confirmed
    assert (is_in(desk), is_in(phone)) == (True, False)


def test_a_password_may_be_long_and_of_any_letters(ada):
    validate_password("التربة حية وأنا كذلك 🌱 " * 6, ada)
