"""Somebody of the secretariat makes a passkey, signs out, signs in with it and removes it, by keyboard and on a phone."""

import pytest
from django.contrib.auth import get_user_model
from django.test import override_settings
from django_otp.oath import totp
from playwright.sync_api import expect

from initiative.second_factor.models import Authenticator
from tests.browser.content import PASSWORD


@pytest.fixture
def device(pages, _server):
    """The authenticator of the administrator; the site is where the browser finds it."""
    with override_settings(SITE_URL=_server):
        yield Authenticator.objects.create(user=get_user_model().objects.get(username="admin"), confirmed=True)


def plug_in_a_security_key(reader):
    tools = reader.context.new_cdp_session(reader.page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def give_password(reader, code=""):
    reader.go("/admin/login/")
    reader.page.locator("#id_username").fill("admin")
    reader.page.locator("#id_password").fill(PASSWORD)
    reader.page.locator("#id_code").fill(code)
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")


def now(device) -> str:
    Authenticator.objects.update(last_t=-1)
    return f"{totp(device.bin_key):06d}"


def test_a_passkey_from_first_to_last(browse, device):
    reader = browse(width=390)
    page = reader.page
    tools, key = plug_in_a_security_key(reader)
    give_password(reader, now(device))
    reader.go("/admin/second-factor/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Blue key")
    page.get_by_label("Your password").fill(PASSWORD)
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Make the passkey")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("You can sign in with the passkey “Blue key” now.")
    assert len(tools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1

    reader.context.clear_cookies()
    give_password(reader)
    expect(page.get_by_text("Use your passkey, or give the password again, and a code.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    button = page.get_by_role("button", name="Use a passkey")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    reader.go("/admin/second-factor/")
    page.get_by_role("link", name="Remove “Blue key”").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("The passkey “Blue key” was removed.")


def test_what_one_is_told_where_it_cannot_be_used(browse, device):
    reader = browse()
    tools, key = plug_in_a_security_key(reader)
    give_password(reader, now(device))
    reader.go("/admin/second-factor/passkeys/")
    reader.page.get_by_label("Name").fill("Blue key")
    reader.page.get_by_label("Your password").fill(PASSWORD)
    reader.page.keyboard.press("Enter")
    reader.page.get_by_role("button", name="Make the passkey").click()
    reader.page.wait_for_url("**/second-factor/")
    reader.context.clear_cookies()
    tools.send("WebAuthn.clearCredentials", {"authenticatorId": key})
    give_password(reader)
    reader.page.get_by_role("button", name="Use a passkey").click()
    told = reader.page.locator("[data-passkey] [role=status]")
    expect(told).to_have_text(
        "Nothing came of it: it was called off, took too long, or this device has no such passkey. Try again, or give a code."
    )

    plain = browse(java_script_enabled=False)
    give_password(plain)
    said = plain.page.locator(".ask-passkey")
    expect(said).to_contain_text("Passkeys need JavaScript. Give a code from your authenticator, or a recovery code.")
    expect(plain.page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    plain.page.locator("#id_password").fill(PASSWORD)
    plain.page.locator("#id_code").fill(now(device))
    plain.page.keyboard.press("Enter")
    plain.page.wait_for_url("**/admin/")
