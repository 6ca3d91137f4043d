import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from partners import models
from tests.factories import OrganisationFactory, PersonFactory, TestimonialFactory
from tests.reading import nesting_mistakes, read, words

PATHS = {"en": "/en/testimonials/", "fr": "/fr/temoignages/", "es": "/es/testimonios/", "ar": "/ar/testimonials/"}


def test_it_is_the_stance_of_one(db):
    for wrong in ({}, {"organisation": OrganisationFactory(), "person": PersonFactory()}):
        with pytest.raises(ValidationError) as refusal:
            models.Testimonial(**wrong).clean()
        assert refusal.value.message_dict == {"person": ["Choose an organisation or a person, one of the two."]}
    models.Testimonial(person=PersonFactory()).clean()


def test_whose_it_is(db):
    assert TestimonialFactory(organisation__name="Trust").speaker == "Trust"
    by_ada = TestimonialFactory(organisation=None, person=PersonFactory(given_name="Ada", family_name="Loam"))
    assert str(by_ada) == by_ada.speaker == "Ada Loam"
    assert models.Testimonial().speaker == ""


def test_the_language_of_its_source():
    with translation.override("es"):
        assert models.Testimonial(source_language="fr").source_language_name == "francés"
    assert models.Testimonial().source_language_name == ""


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_what_others_say_in_each_language(client, site, code):
    TestimonialFactory(
        order=2, organisation=None, person=PersonFactory(given_name="Ada", family_name="Loam"), stance_en="By herself."
    )
    TestimonialFactory(
        order=1,
        organisation=OrganisationFactory(name="Soil Trust", slug="trust"),
        stance_en="Stands by.",
        stance_fr="Soutient.",
        stance_es="Apoya.",
        source_language="fr",
        source_title="Un discours",
        source_url="https://example.org/discours",
    )
    TestimonialFactory(order=0, stance="Draft.", live=False)
    page = site["testimonials", code]
    page.body = json.dumps([{"type": "text", "value": f"<h2>How we tell {code}</h2>"}])
    page.save_revision().publish()
    shown = read(client, PATHS[code])
    trust, ada = shown.main.select("ul.quotes > li")
    assert (words(trust.h2), words(ada.h2)) == ("Soil Trust", "Ada Loam")
    assert trust.h2.a["href"].endswith("/trust/")
    assert ada.h2.a is None
    stance = {"en": "Stands by.", "fr": "Soutient.", "es": "Apoya.", "ar": "Soutient."}
    assert stance[code] in words(trust)
    language = {"en": "French", "fr": "français", "es": "francés", "ar": "الفرنسية"}
    assert language[code] in words(trust)
    # What isn't in the language of its source is a translation, and says so.
    said = {"en": "Translated from French.", "es": "Traducción; idioma del original: francés."}
    assert [words(one) for one in trust.select("p.meta")[:-1]] == ([said[code]] if code in said else [])
    assert ada.select("p.meta") == []
    source = trust.find("a", href="https://example.org/discours")
    assert (source["hreflang"], source.bdi["lang"], words(source)) == ("fr", "fr", "Un discours")
    if code == "fr":
        assert ada.find(lang="en") is not None
        assert trust.find("div").get("lang") is None
    assert (2, f"How we tell {code}") in shown.headings
    assert nesting_mistakes(shown.html) == []


def test_a_source_without_a_title_is_shown_by_its_address(client, site):
    TestimonialFactory(source_url="https://example.org/x")
    assert read(client, "/en/testimonials/").links["https://example.org/x"] == "https://example.org/x"


def test_a_draft_is_previewed_as_it_will_be(site):
    draft = TestimonialFactory(live=False, stance_fr="Soutient.", organisation__name="Trust")
    html = draft.make_preview_request(preview_mode="fr").content.decode()
    assert '<html lang="fr"' in html
    assert "Soutient." in html
    assert "Trust" in html
