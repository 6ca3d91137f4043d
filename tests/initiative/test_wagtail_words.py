"""Editors read the admin in their language: what Wagtail has not translated itself is in `initiative/wagtail_words`."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation

from initiative.base import messages

OURS = settings.LOCALE_PATHS[1]
# Wagtail's translations that stayed English or are no word of editors.
CORRECTED = {"Bold", "Italic"}


def _keys(file) -> set[tuple[str | None, str]]:
    """(context, English) of each message that has words."""
    return {
        (message.context, message.id if isinstance(message.id, str) else message.id[0])
        for message in messages.read_catalog(file)
        if message.id and all([message.string] if isinstance(message.string, str) else message.string)
    }


def _english(file) -> set[tuple[str | None, str]]:
    return {
        (message.context, message.id if isinstance(message.id, str) else message.id[0])
        for message in messages.read_catalog(file)
        if message.id
    }


def _wagtail(code) -> tuple[set, set]:
    """What Wagtail says in the parts that are installed, and what of it is in its files of a language."""
    said, translated = set(), set()
    for app in apps.get_app_configs():
        source = Path(app.path) / "locale" / "en" / "LC_MESSAGES" / "django.po"
        if app.name.startswith("wagtail") and source.exists():
            said |= _english(source)
            translated |= _keys(source.parents[2] / code / "LC_MESSAGES" / "django.po")
    return said, translated


@pytest.mark.parametrize("code", ["fr", "es", "ar"])
def test_editors_read_all_of_wagtail_in_their_language(code):
    said, translated = _wagtail(code)
    assert len(said) > 1_500
    file = OURS / code / "LC_MESSAGES" / "django.po"
    ours = _keys(file) if file.exists() else set()
    assert said - translated - ours == set()


@pytest.mark.parametrize("code", ["es", "ar"])
def test_nothing_is_translated_here_that_wagtail_has_translated_or_does_not_say(code):
    said, translated = _wagtail(code)
    ours = _keys(OURS / code / "LC_MESSAGES" / "django.po")
    assert ours - said == set()
    assert {english for _context, english in ours & translated} == CORRECTED


@pytest.mark.parametrize(("code", "bold"), [("es", "Negrita"), ("ar", "عريض"), ("fr", "Gras")])
def test_django_finds_them(code, bold):
    with translation.override(code):
        assert translation.gettext("Bold") == bold
