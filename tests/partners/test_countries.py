import pytest
from django.http import Http404

from initiative.models import Place
from partners.countries import CountryRecord, country_links, country_url
from tests.factories import (
    CommitmentFactory,
    OrganisationFactory,
    PlaceFactory,
    ProgressReportFactory,
    ResourceFactory,
    add_event,
)
from tests.reading import nesting_mistakes, read, words

PATHS = {"en": "/en/partners/", "fr": "/fr/partenaires/", "es": "/es/socios/", "ar": "/ar/partners/"}


@pytest.fixture
def peru(site):
    place = PlaceFactory(code="PE")
    trust = OrganisationFactory(name="Soil Trust", country=place)
    commitment = CommitmentFactory(title="Cover", organisation=trust, baseline=0, target=100, unit="ha")
    ProgressReportFactory(commitment=commitment, value=25)
    elsewhere = CommitmentFactory(title="Hedges", organisation=OrganisationFactory(name="Far Trust"))
    elsewhere.places = [place]
    elsewhere.save()
    OrganisationFactory(name="Hidden", country=place, live=False)
    CommitmentFactory(title="Draft", organisation=trust, live=False)
    resource = ResourceFactory(title="Andean soils")
    resource.places = [place]
    resource.save()
    add_event(site, title="Lima day", slug="lima", date="2024-05", country=place, city="Lima")


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_all_there_is_of_a_country(client, peru, code):
    page = read(client, f"{PATHS[code]}countries/pe/")
    assert page.h1 == {"en": "Peru", "fr": "Pérou", "es": "Perú", "ar": "بيرو"}[code]
    assert {"Soil Trust", "Cover", "Hedges", "Andean soils"} <= set(page.links)
    assert "Hidden" not in page.text
    assert "Draft" not in page.text
    assert page.canonical == f"{PATHS[code]}countries/pe/"
    assert set(page.hreflang) == {"en", "fr", "es", "ar", "x-default"}
    assert page.is_indexed
    assert nesting_mistakes(page.html) == []
    if code == "en":
        assert page.links["Lima day"] == "/en/events/lima/"
        assert {words(row.dt): words(row.dd) for row in page.main.select("dl.measure div")} == {
            "Partners": "1",
            "Commitments": "2",
            "Resources": "1",
            "Events": "1",
        }
        assert "1 commitment has no baseline and target" in page.text
        assert f'<iframe src="http://localhost:8000{PATHS[code]}countries/pe/embed/"' in words(page.main.pre)


def test_others_may_frame_the_page_made_for_it_and_no_other(client, peru):
    page = client.get("/en/partners/countries/pe/")
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    embed = client.get("/en/partners/countries/pe/embed/")
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert "script-src 'self'" in embed["Content-Security-Policy"]
    assert not embed.has_header("X-Frame-Options")
    assert not embed.cookies
    shown = read(client, "/en/partners/countries/pe/embed/")
    assert shown.soup.find("base")["target"] == "_top"
    assert shown.soup.find("header") is None
    assert shown.canonical == "/en/partners/countries/pe/"
    assert {"Cover", "Hedges", "Soil Trust"} <= set(shown.links)
    assert nesting_mistakes(shown.html) == []


def test_a_country_of_which_nothing_is_known_says_so_to_readers_only(client, site):
    page = read(client, "/en/partners/countries/to/")
    assert page.h1 == "Tonga"
    assert "Nothing is known here of Tonga yet" in page.text
    assert not page.is_indexed
    assert page.main.pre is None


@pytest.mark.parametrize("code", ["PE", "xx", "aq", "150", "peru", "p"])
def test_what_is_no_country_is_not_found(client, site, code):
    assert client.get(f"/en/partners/countries/{code}/").status_code == 404
    assert client.get(f"/en/partners/countries/{code}/embed/").status_code == 404
    with pytest.raises(Http404):
        CountryRecord(code, 1)


def test_an_organisation_leads_to_its_country(client, peru):
    assert country_url("PE", "fr") == "/fr/partenaires/countries/pe/"
    links = country_links([Place(code="150"), Place(code="PE"), Place(code="EG")])
    assert links == [
        {"name": "Egypt", "url": "/en/partners/countries/eg/"},
        {"name": "Europe", "url": ""},
        {"name": "Peru", "url": "/en/partners/countries/pe/"},
    ]


def test_a_country_of_many_shows_the_first_and_leads_to_all(client, site):
    place = PlaceFactory(code="PE")
    for number in range(31):
        CommitmentFactory(
            title=f"C {number:02}", organisation=OrganisationFactory(name=f"P {number:02}", country=place)
        )
    record = CountryRecord("pe", site["partners", "en"].locale_id)
    assert (len(record.partners), record.partner_count) == (30, 31)
    assert (len(record.commitments), record.commitment_count) == (30, 31)
    page = read(client, "/en/partners/countries/pe/")
    assert page.links["All partners"] == "/en/partners/?country=PE"
    assert page.links["All commitments"] == "/en/commitments/?country=PE"
