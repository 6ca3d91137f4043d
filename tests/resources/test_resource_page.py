"""The page of a resource: where what it says of itself leads to."""

from urllib.parse import unquote_plus

import pytest

from initiative.search.rebuild import rebuild
from resources.models import Contribution
from tests.factories import OrganisationFactory, PersonFactory, PlaceFactory, ResourceFactory, TermFactory
from tests.reading import read, words


def work(people=(), **fields):
    return ResourceFactory(slug="roots", title="Roots", people=people, **fields)


def facts(page) -> dict[str, str]:
    return {words(row.dt): " ".join(row.dd.get_text().split()) for row in page.main.select("dl.facts > div")}


def leads_to(client, link) -> list[str]:
    """The titles of the library's list that a link leads to."""
    return [words(title) for title in read(client, link["href"]).main.select("ol.results h3")]


def test_makers_lead_to_their_page_or_to_what_else_they_made(client, site):
    member = TermFactory(person__given_name="Ada", person__family_name="Loam", person__slug="ada").person
    guest = PersonFactory(given_name="Bo", family_name="Peat & Co", slug="bo")
    trust = OrganisationFactory(name="Soil Trust", slug="trust")
    unknown = OrganisationFactory(name="Quiet Press", live=False)
    resource = work([member, guest])
    for role, organisation in (("publisher", trust), ("funder", unknown)):
        Contribution.objects.create(resource=resource, role=role, organisation=organisation, sort_order=9)
    ResourceFactory(title="Rain", people=[guest])
    ResourceFactory(title="Rock")
    rebuild()
    page = read(client, "/en/resources/roots/")
    assert page.links["Ada Loam"] == "/en/committee/ada/"
    assert unquote_plus(page.links["Bo Peat & Co"]) == '/en/resources/?q="Bo Peat & Co"'
    assert sorted(leads_to(client, page.main.find("a", string="Bo Peat & Co"))) == ["Rain", "Roots"]
    assert page.links["Soil Trust"] == "/en/partners/trust/"
    assert leads_to(client, page.main.find("a", string="Quiet Press")) == ["Roots"]
    assert facts(page)["Publisher"] == "Soil Trust"


def test_places_lead_to_what_else_is_about_them(client, site):
    africa = PlaceFactory(code="002")
    work(places=[PlaceFactory(code="KE", parent=africa)])
    ResourceFactory(title="Rain", places=[africa])
    rebuild()
    page = read(client, "/fr/ressources/roots/")
    assert page.links["Kenya"] == "/fr/ressources/?place=KE"
    assert leads_to(client, page.main.find("a", string="Kenya")) == ["Roots"]


@pytest.mark.parametrize(
    ("count", "others", "shown", "folded"),
    [
        (8, False, 8, None),
        (8, True, 8, None),
        (9, False, 8, "and 1 more"),
        (11, True, 8, "and 3 more"),
    ],
)
def test_a_long_list_of_authors_is_folded(client, site, count, others, shown, folded):
    work([PersonFactory(given_name="", family_name=f"Loam{n}") for n in range(count)], others=others)
    page = read(client, "/en/resources/roots/")
    names = [words(link) for link in page.main.select(".who a")]
    assert names == [f"Loam{n}" for n in range(shown)]
    assert words(page.main.select_one(".who")).endswith("and others") == (others and not folded)
    more = page.main.select_one("details.who-more")
    assert (more and words(more.summary)) == folded
    if folded:
        assert [words(link) for link in more.select("a")] == [f"Loam{n}" for n in range(shown, count)]
        assert words(more.p).endswith("and others") == others


def test_where_and_when_it_came_out(client, site):
    work(container="PNAS", volume="119", issue="23", pages="1–9", issued="2022-05", audiences=["farmers", "public"])
    told = facts(read(client, "/en/resources/roots/"))
    assert told["Published"] == "PNAS, 119 (23): 1–9, May 2022"
    assert told["Written for"] == "Farmers and advisers and General public"
