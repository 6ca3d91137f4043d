import pytest
import wagtail_factories
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from partners.models import Declaration, Membership, Organisation
from resources.models import Contribution
from tests.factories import (
    CommitmentFactory,
    JointDeclarationFactory,
    OrganisationFactory,
    PlaceFactory,
    ResourceFactory,
    TestimonialFactory,
)
from tests.reading import nesting_mistakes, read, words

PATHS = {"en": "/en/partners/", "fr": "/fr/partenaires/", "es": "/es/socios/", "ar": "/ar/partners/"}


@pytest.mark.parametrize(
    ("name", "acronym", "letters"),
    [
        ("Fictional Soil Trust", "", "FS"),
        ("Fictional Soil Trust", "FiST", "F"),
        ("“Les Terres” & amis", "", "TA"),
        ("institut", "", "I"),
        ("— – —", "", ""),
        ("Élan vert", "", "ÉV"),
    ],
)
def test_letters_for_who_has_no_logo(name, acronym, letters):
    assert Organisation(name=name, acronym=acronym).monogram == letters


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_an_organisation_in_each_language(client, site, code):
    trust = OrganisationFactory(
        slug="trust",
        name="Soil Trust",
        acronym="ST",
        type="civil",
        country=PlaceFactory(code="DE"),
        website="https://www.example.org/",
        description_en="It trusts soil.\n\nAlways.",
        description_fr="Elle a confiance.",
        description_es="Confía.",
    )
    Membership.objects.create(organisation=trust, body="forum", since="2016")
    declaration = JointDeclarationFactory(title_en="Declaration", title_fr="Déclaration", title_es="Declaración")
    Declaration.objects.create(organisation=trust, joint_declaration=declaration, signed="2015-12-01")
    CommitmentFactory(
        organisation=trust, slug="cover", title_en="Keep it covered", title_fr="Couvrir", title_es="Cubrir"
    )
    CommitmentFactory(organisation=trust, title="Draft", live=False)
    TestimonialFactory(
        organisation=trust,
        stance_en="Stands by.",
        stance_fr="Soutient.",
        stance_es="Apoya.",
        source_title="Speech",
        source_url="https://example.org/s",
    )
    TestimonialFactory(organisation=trust, stance="Hidden.", live=False)
    resource = ResourceFactory(title="Roots", slug="roots")
    resource.contributions = [Contribution(organisation=trust, role="publisher")]
    resource.save()

    page = read(client, f"{PATHS[code]}trust/")
    assert page.h1 == "Soil Trust"
    text = {"en": "It trusts soil.", "fr": "Elle a confiance.", "es": "Confía.", "ar": "Elle a confiance."}
    stance = {"en": "Stands by.", "fr": "Soutient.", "es": "Apoya.", "ar": "Soutient."}
    title = {"en": "Keep it covered", "fr": "Couvrir", "es": "Cubrir", "ar": "Couvrir"}
    country = {"en": "Germany", "fr": "Allemagne", "es": "Alemania", "ar": "ألمانيا"}
    date = {"en": "1 December 2015", "fr": "1er décembre 2015", "es": "1 de diciembre de 2015", "ar": "1 ديسمبر 2015"}
    signed = {"en": "Declaration", "fr": "Déclaration", "es": "Declaración", "ar": "Déclaration"}
    assert page.with_text("p", text[code]) is not None
    assert page.with_text("p", stance[code]) is not None
    facts = [value.replace(" ", "") for value in page.facts.values()]
    assert country[code].replace(" ", "") in facts
    assert any(signed[code] in value and date[code].replace(" ", "") in value for value in facts)
    assert page.links["example.org"] == "https://www.example.org/"
    assert page.links["Speech"] == "https://example.org/s"
    assert page.links[title[code]].endswith("/cover/")
    assert "Roots" in page.links
    assert "Hidden." not in page.text
    assert "Draft" not in page.text
    assert page.canonical == f"{PATHS['fr' if code == 'ar' else code]}trust/"
    assert set(page.hreflang) == {"en", "fr", "es", "x-default"}
    assert page.main_language == (("fr", "ltr") if code == "ar" else (None, None))
    assert nesting_mistakes(page.html) == []
    if code == "en":
        assert page.facts["Forum of partners"] == "from 2016"
        assert page.facts["Type"] == "Civil society and NGOs"
        assert "In our own words, not a quotation." in page.text


@pytest.mark.parametrize(
    ("membership", "shown"),
    [
        ({}, "member"),
        ({"since": "2016"}, "from 2016"),
        ({"since": "2016", "until": "2020"}, "2016 – 2020"),
        ({"until": "2020"}, "until 2020"),
    ],
)
def test_its_time_in_a_body(client, site, membership, shown):
    Membership.objects.create(organisation=OrganisationFactory(slug="trust"), body="consortium", **membership)
    assert read(client, "/en/partners/trust/").facts["Consortium of members"] == shown


def test_one_that_only_made_something_has_a_page_but_no_place_in_the_directory(client, site):
    OrganisationFactory(slug="author", name="Author", listed=False, description="Writes.")
    page = read(client, "/en/partners/author/")
    assert page.h1 == "Author"
    assert [link["href"] for link in page.main.select("nav.crumbs a")] == ["/en/partners/"]
    assert "Author" not in read(client, "/en/partners/").text


def test_a_logo_takes_the_place_of_the_letters(client, site):
    OrganisationFactory(slug="trust", name="Trust", logo=wagtail_factories.ImageFactory())
    OrganisationFactory(slug="plain", name="Plain")
    assert read(client, "/en/partners/trust/").main.select_one("picture img")["alt"] == ""
    assert read(client, "/en/partners/plain/").main.find("picture") is None


def test_a_declaration_is_signed_once(db):
    trust, declaration = OrganisationFactory(), JointDeclarationFactory()
    Declaration.objects.create(organisation=trust, joint_declaration=declaration)
    with pytest.raises(IntegrityError), transaction.atomic():
        Declaration.objects.create(organisation=trust, joint_declaration=declaration)
    with pytest.raises(ProtectedError):
        declaration.delete()


def test_an_organisation_with_commitments_stays(db):
    commitment = CommitmentFactory()
    with pytest.raises(ProtectedError):
        commitment.organisation.delete()


def test_records_are_called_by_their_names(db):
    trust = OrganisationFactory(name="Trust")
    declaration = JointDeclarationFactory(title="Paris")
    assert str(trust) == "Trust"
    assert str(Membership(organisation=trust, body="forum")) == "Trust: Forum of partners"
    assert str(Declaration(organisation=trust, joint_declaration=declaration)) == "Trust: Paris"


@pytest.mark.parametrize(("field", "value"), [("type", "kings"), ("website", "nonsense"), ("name", "")])
def test_what_is_refused(db, field, value):
    with pytest.raises(ValidationError) as refusal:
        Organisation(**{"name": "Trust", "slug": "trust", field: value}).full_clean()
    assert list(refusal.value.message_dict) == [field]


def test_the_page_of_one_in_no_language_at_all(client, site):
    OrganisationFactory(slug="silent", name="Silent", description="")
    page = read(client, "/fr/partenaires/silent/")
    assert page.h1 == "Silent"
    assert page.notice == ""
    assert page.hreflang == {}
    assert words(page.main.select_one("nav.crumbs a")) == "Partners fr"
