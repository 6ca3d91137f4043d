"""Editors read the admin in their language: what Wagtail has not translated itself is in `initiative/wagtail_words`."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from initiative.base import messages

OURS = settings.LOCALE_PATHS[1]
# Wagtail's translations that stayed English or are no word of editors.
CORRECTED = {"Bold", "Italic"}


def _messages(file) -> dict[tuple[str | None, str], tuple[str, ...]]:
    """(context, English) → what it says, in all its forms; empty where it isn't translated, or only guessed."""
    found = {}
    for message in messages.read_catalog(file) if file.exists() else ():
        if message.id:
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
            english = message.id if isinstance(message.id, str) else message.id[0]
            found[message.context, english] = forms if all(forms) and not message.fuzzy else ()
    return found


def _translated(file) -> dict:
    return {key: forms for key, forms in _messages(file).items() if forms}


def _wagtail(code, domain) -> tuple[dict, dict]:
    """What Wagtail says in the parts that are installed, and what of it is in its files of a language."""
    said, translated = {}, {}
    for app in apps.get_app_configs():
        locale = Path(app.path) / "locale"
        if app.name.startswith("wagtail"):
            said |= _messages(locale / "en" / "LC_MESSAGES" / f"{domain}.po")
            translated |= _translated(locale / code / "LC_MESSAGES" / f"{domain}.po")
    return said, translated


def _ours(code, domain) -> dict:
    return _translated(OURS / code / "LC_MESSAGES" / f"{domain}.po")


@pytest.mark.parametrize(("domain", "least"), [("django", 1_500), ("djangojs", 80)])
@pytest.mark.parametrize("code", ["fr", "es", "ar"])
def test_editors_read_all_of_wagtail_in_their_language(code, domain, least):
    said, translated = _wagtail(code, domain)
    assert len(said) > least
    interface = _translated(settings.LOCALE_PATHS[0] / code / "LC_MESSAGES" / f"{domain}.po")
    assert said.keys() - translated.keys() - _ours(code, domain).keys() - interface.keys() == set()


@pytest.mark.parametrize(("code", "domain"), [("es", "django"), ("es", "djangojs"), ("ar", "django")])
def test_nothing_is_translated_here_that_wagtail_has_translated_or_does_not_say(code, domain):
    (said, translated), ours = _wagtail(code, domain), _ours(code, domain)
    assert ours.keys() - said.keys() == set()
    again = {key for key in ours if key in translated}
    assert {english for _context, english in again} == (CORRECTED if domain == "django" else set())
    assert [key for key in again if ours[key] == translated[key]] == []


@pytest.mark.parametrize("code", ["es", "ar"])
def test_the_interface_says_none_of_it_itself_for_that_would_be_said_instead(code):
    interface = _messages(settings.LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.po")
    assert interface.keys() & _ours(code, "django").keys() == set()


@pytest.mark.parametrize(("code", "bold"), [("es", "Negrita"), ("ar", "عريض"), ("fr", "Gras")])
def test_django_finds_them(code, bold):
    with translation.override(code):
        assert translation.gettext("Bold") == bold


def test_scripts_of_the_admin_find_them(client, admin_user):
    client.force_login(admin_user)
    UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": "es"})
    catalog = client.get(reverse("wagtailadmin_javascript_catalog")).text
    assert "Se ha producido un error de red." in catalog
