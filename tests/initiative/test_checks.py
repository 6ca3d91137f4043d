from pathlib import Path

from django.template import TemplateDoesNotExist

from initiative import checks


def ids(found):
    return [message.id for message in found]


def test_this_project_keeps_its_rules():
    assert checks.languages_have_fallbacks_and_messages(None) == []
    assert checks.page_types_can_be_shown_and_found(None) == []


def test_a_fallback_to_a_language_the_site_has_not(settings):
    settings.LANGUAGE_FALLBACKS = {"default": ("en", "xx"), "yy": ("en",)}
    found = checks.languages_have_fallbacks_and_messages(None)
    assert ids(found) == ["initiative.E001", "initiative.E001"]
    assert "xx" in found[0].msg
    assert "yy" in found[1].msg


def test_the_source_language_must_be_a_fallback(settings):
    settings.LANGUAGE_FALLBACKS = {"default": ("fr",)}
    assert ids(checks.languages_have_fallbacks_and_messages(None)) == ["initiative.E002"]


def test_a_language_without_messages_is_named(settings):
    settings.LOCALE_PATHS = [Path("/nowhere")]
    found = checks.languages_have_fallbacks_and_messages(None)
    assert [message.msg for message in found] == [
        f"The interface isn't translated into {code}." for code in ("ar", "es", "fr")
    ]


def test_a_page_type_without_a_template_is_named(monkeypatch):
    def missing(name):
        raise TemplateDoesNotExist(name)

    monkeypatch.setattr(checks, "get_template", missing)
    assert set(ids(checks.page_types_can_be_shown_and_found(None))) == {"initiative.E003"}
