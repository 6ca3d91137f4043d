import json

import pytest

from partners.models import Membership
from tests.factories import OrganisationFactory, PlaceFactory
from tests.reading import nesting_mistakes, read, words

PATHS = {"en": "/en/partners/", "fr": "/fr/partenaires/", "es": "/es/socios/", "ar": "/ar/partners/"}


def rows(page):
    return [words(tag) for tag in page.main.select("ul.directory h3")]


@pytest.mark.parametrize(
    ("code", "country"), [("en", "Germany"), ("fr", "Allemagne"), ("es", "Alemania"), ("ar", "ألمانيا")]
)
def test_the_directory_in_each_language(client, site, code, country):
    trust = OrganisationFactory(
        name="Soil Trust", acronym="ST", slug="trust", type="civil", country=PlaceFactory(code="DE")
    )
    Membership.objects.create(organisation=trust, body="consortium")
    Membership.objects.create(organisation=trust, body="forum", until="2020")
    OrganisationFactory(name="Author", listed=False)
    page = site["partners", code]
    page.body = json.dumps([{"type": "text", "value": f"<h2>Why {code}</h2>"}])
    page.save_revision().publish()
    shown = read(client, PATHS[code])
    assert rows(shown) == ["Soil Trust (ST)"]
    assert shown.links["Soil Trust (ST)"] == f"{PATHS[code]}trust/"
    assert country in shown.text
    form = shown.main.find("form")
    assert form["action"] == PATHS[code]
    assert {(box["name"], box["value"]) for box in form.find_all("input")} >= {("type", "civil"), ("country", "DE")}
    if code == "en":
        assert (2, "1 partner") in shown.headings
        assert "Consortium of members" in words(shown.main.select_one("ul.directory li"))
        assert "Forum of partners" not in words(shown.main.select_one("ul.directory li"))  # it left
        assert "Civil society and NGOs" in shown.text
    assert (2, f"Why {code}") in shown.headings
    assert nesting_mistakes(shown.html) == []


def test_choosing_without_a_script(client, site):
    OrganisationFactory(name="A", type="civil", country=PlaceFactory(code="DE"))
    OrganisationFactory(name="B", type="donors", country=PlaceFactory(code="FR"))
    page = read(client, "/en/partners/?type=civil")
    assert rows(page) == ["A"]
    ticked = [(box["name"], box["value"]) for box in page.main.find_all("input", checked=True)]
    assert ticked == [("type", "civil")]
    assert page.links["Civil society and NGOs , remove"] == "/en/partners/"
    assert page.main.find("form").find("button") is not None


def test_nothing_is_all_of_this_at_once(client, site):
    OrganisationFactory(type="civil", country=PlaceFactory(code="DE"))
    OrganisationFactory(type="donors", country=PlaceFactory(code="FR"))
    page = read(client, "/en/partners/?type=civil&country=FR")
    assert "No partner is all of this at once" in page.text
    assert page.links["Show all partners"] == "/en/partners/"
    assert "No partner is listed yet" not in page.text


def test_nobody_yet(client, site):
    assert "No partner is listed yet" in read(client, "/en/partners/").text


def test_fifty_a_page_and_other_pages_keep_what_was_chosen(client, site):
    for number in range(53):
        OrganisationFactory(name=f"P {number:02}", type="civil")
    OrganisationFactory(name="Q", type="donors")
    first = read(client, "/en/partners/?type=civil")
    assert rows(first) == [f"P {number:02}" for number in range(50)]
    following = first.main.select_one("nav.pages a[rel=next]")["href"]
    assert following == "?type=civil&page=2"
    assert rows(read(client, f"/en/partners/{following}")) == ["P 50", "P 51", "P 52"]


def test_an_organisation_is_found_whatever_the_slug_of_its_country(client, site):
    assert client.get("/en/partners/nobody/").status_code == 404
    OrganisationFactory(slug="draft", live=False)
    assert client.get("/en/partners/draft/").status_code == 404
