import gettext
import os

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from initiative.base import messages

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
)
FRENCH = HEADER + (
    '\nmsgid "Quiet soil of the test"\nmsgstr "Le sol tranquille de l’essai"\n'
    '\nmsgctxt "verb"\nmsgid "Sow"\nmsgstr "Semer"\n'
    '\nmsgid "%(count)s worm of the test"\nmsgid_plural "%(count)s worms of the test"\n'
    'msgstr[0] "%(count)s ver de l’essai"\nmsgstr[1] "%(count)s vers de l’essai"\n'
    '\n#, fuzzy\nmsgid "Unsure sentence"\nmsgstr "Phrase incertaine"\n'
    '\nmsgid "Untranslated sentence"\nmsgstr ""\n'
)


@pytest.fixture
def french(tmp_path):
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(FRENCH, encoding="utf-8")
    return source


@pytest.fixture
def no_gettext(monkeypatch):
    monkeypatch.setenv("PATH", "")


def test_messages_are_compiled_without_gettext(tmp_path, french, no_gettext):
    target = french.with_suffix(".mo")
    assert messages.compile_stale([tmp_path]) == [target]
    with target.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Quiet soil of the test") == "Le sol tranquille de l’essai"
    assert compiled.pgettext("verb", "Sow") == "Semer"
    assert (
        compiled.ngettext("%(count)s worm of the test", "%(count)s worms of the test", 1) == "%(count)s ver de l’essai"
    )
    assert (
        compiled.ngettext("%(count)s worm of the test", "%(count)s worms of the test", 2) == "%(count)s vers de l’essai"
    )
    assert compiled.gettext("Unsure sentence") == "Unsure sentence"
    assert compiled.gettext("Untranslated sentence") == "Untranslated sentence"


def test_django_speaks_what_was_compiled(tmp_path, french, no_gettext, settings):
    settings.LOCALE_PATHS = [tmp_path]
    call_command("compile_translations", verbosity=0)
    forget = {"sender": None, "file_path": french.with_suffix(".mo")}
    translation_file_changed(**forget)
    try:
        with translation.override("fr"):
            assert translation.gettext("Quiet soil of the test") == "Le sol tranquille de l’essai"
    finally:
        settings.LOCALE_PATHS = []
        translation_file_changed(**forget)


def test_only_changed_messages_are_compiled_again(tmp_path, french):
    target = french.with_suffix(".mo")
    messages.compile_stale([tmp_path])
    assert messages.compile_stale([tmp_path]) == []
    later = target.stat().st_mtime + 5
    os.utime(french, (later, later))
    assert messages.compile_stale([tmp_path]) == [target]
    assert {path.name for path in target.parent.iterdir()} == {"django.mo", "django.po"}


def test_a_broken_file_is_named(tmp_path, french, settings):
    french.write_text(FRENCH + '\nmsgid "open\n', encoding="utf-8")
    settings.LOCALE_PATHS = [tmp_path]
    with pytest.raises(CommandError, match=r"django\.po cannot be read"):
        call_command("compile_translations", verbosity=0)


def test_a_placeholder_that_differs_is_a_problem(french):
    french.write_text(HEADER + '\n#, python-format\nmsgid "See %(page)s"\nmsgstr "Voir %(pages)s"\n', encoding="utf-8")
    [problem] = messages.problems(french)
    assert problem.startswith(f"{french}:7: ")


def test_the_placeholders_of_every_translation_are_right():
    sources = [source for folder in settings.LOCALE_PATHS for source in folder.glob("*/LC_MESSAGES/*.po")]
    assert [problem for source in sources for problem in messages.problems(source)] == []


def test_messages_are_wanted_in_every_language_but_that_of_the_source(settings):
    assert messages.wanted_locales() == ["fr", "es", "ar"]
    settings.LANGUAGES = [*settings.LANGUAGES, ("pt-br", "Brazilian Portuguese")]
    assert messages.wanted_locales() == ["fr", "es", "ar", "pt_BR"]


def test_make_messages_names_no_language_itself(settings):
    makefile = (settings.BASE_DIR / "Makefile").read_text()
    assert "wanted_locales" in makefile
    assert not [code for code in messages.wanted_locales() if f"--locale {code}" in makefile]
