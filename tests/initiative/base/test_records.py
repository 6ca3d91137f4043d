import pytest
from django.utils import translation

from resources.models import Resource
from tests.factories import OrganisationFactory, ResourceFactory, ResourceTypeFactory, TopicFactory


@pytest.mark.parametrize(
    ("written", "reader", "text", "shown"),
    [
        ({"en": "soil", "fr": "sol"}, "fr", "sol", "fr"),
        ({"en": "soil", "fr": "sol"}, "es", "soil", "en"),
        ({"en": "soil", "fr": "sol"}, "ar", "sol", "fr"),  # Arabic readers are served French before English
        ({"es": "suelo"}, "fr", "suelo", "es"),
        ({"es": "suelo"}, "ar", "suelo", "es"),
        ({"ar": "تربة"}, "en", "", "en"),  # nobody but Arabic readers is served Arabic
        ({"ar": "تربة"}, "ar", "تربة", "ar"),
        ({}, "fr", "", "fr"),
    ],
)
def test_the_best_text_for_a_reader_and_the_language_it_is_in(db, written, reader, text, shown):
    empty = dict.fromkeys(("abstract_en", "abstract_fr", "abstract_es", "abstract_ar"), "")
    resource = ResourceFactory(**empty | {f"abstract_{code}": words for code, words in written.items()})
    with translation.override(reader):
        assert (resource.best("abstract"), resource.shown_language()) == (text, shown)
    assert (resource.best("abstract", reader), resource.shown_language(reader)) == (text, shown)
    assert resource.translated_languages == [code for code in ("en", "fr", "es", "ar") if code in written]


def test_the_text_in_exactly_one_language(db):
    topic = TopicFactory(name_en="Water", name_fr="Eau")
    assert [topic.text_in("name", code) for code in ("en", "fr", "es")] == ["Water", "Eau", ""]


def test_a_record_has_an_address_under_its_landing_page_in_every_language(site):
    organisation = OrganisationFactory(slug="trust", description_en="", description_fr="Une fiducie.")
    assert organisation.path == organisation.get_absolute_url() == "/en/partners/trust/"
    assert organisation.get_url("fr") == "/fr/partenaires/trust/"
    assert [(row.language, row.url, row.translated) for row in organisation.alternates()] == [
        ("en", "/en/partners/trust/", False),
        ("fr", "/fr/partenaires/trust/", True),
        ("es", "/es/socios/trust/", False),
        ("ar", "/ar/partners/trust/", False),
    ]


def test_while_the_landing_page_is_hidden_it_has_none(site):
    organisation = OrganisationFactory(slug="trust")
    site["partners", "en"].unpublish()
    assert organisation.path == ""
    assert [row.language for row in organisation.alternates()] == ["fr", "es", "ar"]
    assert organisation.get_head().canonical == ""


def test_the_head_is_canonical_to_the_language_that_is_shown(site):
    organisation = OrganisationFactory(slug="trust", name="Trust", description_en="", description_fr="Une fiducie.")
    head = organisation.get_head()
    assert (head.title, head.description) == ("Trust", "Une fiducie.")
    assert (head.canonical, head.shown_language) == ("/fr/partenaires/trust/", "fr")
    assert head.fallback == {"language": "fr", "name": "French", "dir": "ltr"}


def test_an_edited_record_previews_in_every_language(site):
    resource = ResourceFactory(title="Roots", abstract_en="Roots hold.", abstract_fr="Les racines tiennent.", slug="roots")
    assert resource.preview_modes == [
        ("en", "English"),
        ("fr", "Français"),
        ("es", "Español"),
        ("ar", "العربيّة"),
    ]
    for code, direction, text in (("en", "ltr", "Roots hold."), ("fr", "ltr", "Les racines tiennent."), ("ar", "rtl", "tiennent")):
        html = resource.make_preview_request(preview_mode=code).content.decode()
        assert f'<html lang="{code}" dir="{direction}">' in html
        assert text in html
    assert translation.get_language() == "en"


def test_what_is_not_saved_yet_previews_too(site):
    resource = Resource(title="New", slug="new", type=ResourceTypeFactory(), abstract_es="Nuevo.")
    html = resource.make_preview_request(preview_mode="es").content.decode()
    assert '<html lang="es"' in html
    assert "Nuevo." in html
