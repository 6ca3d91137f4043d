import json

import pytest

from initiative.search.rebuild import rebuild
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
    rebuild()
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
    rebuild()
    page = read(client, "/en/partners/?type=civil")
    assert rows(page) == ["A"]
    ticked = [(box["name"], box["value"]) for box in page.main.find_all("input", checked=True)]
    assert ticked == [("type", "civil")]
    assert page.links["Type: Civil society and NGOs , remove"] == "/en/partners/"
    assert page.main.find("form").find("button") is not None


def test_nothing_is_all_of_this_at_once(client, site):
    OrganisationFactory(type="civil", country=PlaceFactory(code="DE"))
    OrganisationFactory(type="donors", country=PlaceFactory(code="FR"))
    rebuild()
    page = read(client, "/en/partners/?type=civil&country=FR")
    assert "No partner is all of this at once" in page.text
    assert page.links["Show all partners"] == "/en/partners/"
    assert "No partner is listed yet" not in page.text


def test_nobody_yet(client, site):
    assert "No partner is listed yet" in read(client, "/en/partners/").text


def test_thirty_a_page_and_other_pages_keep_what_was_chosen(client, site):
    for number in range(33):
        OrganisationFactory(name=f"P {number:02}", type="civil")
    OrganisationFactory(name="Q", type="donors")
    rebuild()
    first = read(client, "/en/partners/?type=civil")
    assert rows(first) == [f"P {number:02}" for number in range(30)]
    following = first.main.select_one("nav.pages a[rel=next]")["href"]
    assert following == "/en/partners/?type=civil&page=2"
    assert rows(read(client, following)) == ["P 30", "P 31", "P 32"]


def test_an_organisation_is_found_whatever_the_slug_of_its_country(client, site):
    assert client.get("/en/partners/nobody/").status_code == 404
    OrganisationFactory(slug="draft", live=False)
    assert client.get("/en/partners/draft/").status_code == 404


def test_for_htmx_only_the_list_is_sent_with_the_language_menus(client, site):
    OrganisationFactory(name="A", type="civil", country=PlaceFactory(code="DE"))
    rebuild()
    response = client.get("/en/partners/?type=civil", headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert html.count("data-hx-swap-oob") == 3
    assert 'href="/fr/partenaires/?type=civil"' in html
    assert "HX-Request" in response["Vary"]


def test_what_is_chosen_is_for_readers_not_for_search_engines(client, site):
    for number in range(31):
        OrganisationFactory(name=f"P {number:02}", type="civil")
    rebuild()
    page = read(client, "/en/partners/?page=2")
    assert (page.canonical, page.is_indexed) == ("/en/partners/?page=2", True)
    chosen = read(client, "/en/partners/?type=civil&q=p")
    assert (chosen.canonical, chosen.is_indexed) == ("/en/partners/", False)
    assert chosen.languages["fr"] == "/fr/partenaires/?q=p&type=civil"


def test_the_map_leads_to_the_list(client, site):
    world = {"150": None, "FR": "150", "RE": "150", "DE": "150"}
    for code, parent in world.items():
        PlaceFactory(code=code, parent_id=parent)
    for code in ("FR", "FR", "RE"):
        OrganisationFactory(country_id=code, type="civil")
    rebuild()
    page = read(client, "/en/partners/?type=civil")
    drawn = page.main.select_one("figure.atlas svg")
    assert (drawn["role"], drawn["aria-label"]) == ("group", "Partners by country")
    links = {words(link.title): link["href"] for link in drawn.select("a")}
    assert links == {
        "France: 2": "/en/partners/?type=civil&country=FR",
        "Réunion: 1": "/en/partners/?type=civil&country=RE",
    }
    shapes = [use["href"].partition("#")[2] for use in drawn.select("use")]
    assert shapes == ["land", "FR", "RE"]
    assert len(drawn.select("circle")) == 1  # too small to be seen
    assert page.links["Europe 3"] == "/en/partners/?type=civil&region=150"
    assert page.main.find("a", href="#results") is not None
    europe = read(client, "/en/partners/?region=150")
    assert europe.main.find("input", attrs={"name": "region"})["value"] == "150"
    assert europe.main.select_one("figure.atlas svg")["viewbox"] != drawn["viewbox"]
