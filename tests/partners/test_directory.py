"""The partner directory as a list: what an address asks for, and what it leaves."""

import pytest
from django.http import QueryDict
from django.utils import translation

from initiative.base.landmarks import landmarks
from initiative.search.rebuild import rebuild
from partners.directory import Directory
from partners.models import Membership
from tests.factories import CommitmentFactory, GoalFactory, OrganisationFactory, PlaceFactory, TopicFactory


@pytest.fixture(scope="module")
def _six(_tree, django_db_blocker):
    with django_db_blocker.unblock():
        world = {"150": None, "155": "150", "FR": "155", "DE": "155", "019": None, "PE": "019"}
        for code, parent in world.items():
            PlaceFactory(code=code, parent_id=parent)
        trees = TopicFactory(key="trees", name_en="Trees", name_fr="Arbres", slug_en="trees", slug_fr="arbres")
        hedges = TopicFactory(key="hedges", parent=trees, name_en="Hedges", slug_en="hedges", order=1)
        forum = OrganisationFactory(name="Acker farmers", acronym="ACK", type="farmers", country_id="FR")
        Membership.objects.create(organisation=forum, body="forum")
        Membership.objects.create(organisation=forum, body="consortium", until="2020")
        both = OrganisationFactory(name="Boden institute", type="research", country_id="DE")
        for body, since in (("forum", ""), ("consortium", ""), ("forum", "2020")):
            Membership.objects.create(organisation=both, body=body, since=since)
        OrganisationFactory(name="Compost college", type="research", country_id="FR", description_fr="Des vers.")
        OrganisationFactory(name="Dry states", type="states", country=None)
        OrganisationFactory(name="Élan vert", type="civil", country_id="PE")
        OrganisationFactory(name="X author", listed=False, type="research", country_id="FR")
        OrganisationFactory(name="X draft", live=False, type="research", country_id="PE")
        for live, topic, goal in ((True, hedges, 13), (True, hedges, 15), (False, trees, 2)):
            one = CommitmentFactory(organisation=both, live=live)
            one.topics, one.sdgs = [topic], [GoalFactory(number=goal, title_en=f"Goal {goal}")]
            one.save()
        rebuild()


@pytest.fixture
def partners(_six, site):
    """Five in the directory, two that are not."""


def directory(query="", language="en"):
    with translation.override(language):
        found = Directory(QueryDict(query), "/en/partners/", language)
        assert found.results  # asked now, in this language
    return found


def names(query="", language="en"):
    return [organisation.name[0] for organisation in directory(query, language).organisations]


def test_each_has_the_bodies_it_sits_in_in_order_and_its_public_commitments(partners, django_assert_num_queries):
    found = directory()
    landmarks()  # known from here on
    with django_assert_num_queries(2):
        told = [(partner.name[0], partner.bodies, partner.commitment_count) for partner in found.organisations]
    # Who left a body isn't in it any more, and who came twice is in it once.
    both = ("Consortium of members", "Forum of partners")
    assert told[:3] == [("A", ("Forum of partners",), 0), ("B", both, 2), ("C", (), 0)]


def counts(query, facet):
    return {
        row.option.value: row.count for found, rows in directory(query).facets if found.name == facet for row in rows
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["A", "B", "C", "D", "É"]),
        ("type=research", ["B", "C"]),
        ("type=research&type=civil", ["B", "C", "É"]),
        ("country=FR", ["A", "C"]),
        ("region=150", ["A", "B", "C"]),
        ("region=155", ["A", "B", "C", "D", "É"]),  # not one of the map's
        ("body=forum", ["A", "B"]),
        ("body=consortium", ["B"]),  # who has left doesn't count
        ("topic=hedges", ["B"]),
        ("topic=arbres", ["B"]),  # whatever is part of it, in any language
        ("sdg=15", ["B"]),
        ("sdg=2", []),  # nobody sees that commitment
        ("type=research&country=FR", ["C"]),
        ("type=states&country=FR", []),
        ("type=kings&country=&body=x", ["A", "B", "C", "D", "É"]),
        ("q=farmers", ["A"]),
        ("q=ack", ["A"]),
        ("q=vers", ["C"]),
        ("q=elan", ["É"]),
        ("q=france&type=research", ["C"]),
        ("q=nothing+such", []),
        ("page=99", ["A", "B", "C", "D", "É"]),
        ("page=nonsense", ["A", "B", "C", "D", "É"]),
    ],
)
def test_what_is_chosen_narrows_the_list(partners, query, found):
    assert names(query, "fr" if query in ("q=vers", "q=france&type=research") else "en") == found


def test_counts_ignore_the_choice_of_their_own_facet(partners):
    assert counts("", "type") == {"states": 1, "farmers": 1, "research": 2, "civil": 1}
    assert counts("type=research", "type") == {"states": 1, "farmers": 1, "research": 2, "civil": 1}
    assert counts("type=research", "country") == {"DE": 1, "FR": 1}
    assert counts("type=research&country=FR", "country") == {"DE": 1, "FR": 1}
    assert counts("type=civil", "body") == {}
    assert counts("", "topic") == {"trees": 1, "hedges": 1}
    assert counts("", "sdg") == {"13": 1, "15": 1}
    assert counts("sdg=2", "sdg") == {"2": 0, "13": 1, "15": 1}


def test_countries_are_sorted_by_their_name_in_the_readers_language(partners):
    def countries(language):
        with translation.override(language):
            found = {facet.name: rows for facet, rows in directory("", language).facets}["country"]
        return [(row.option.value, row.option.label) for row in found]

    assert countries("en") == [("FR", "France"), ("DE", "Germany"), ("PE", "Peru")]
    assert countries("fr") == [("DE", "Allemagne"), ("FR", "France"), ("PE", "Pérou")]


def test_the_map_is_the_list(partners):
    world = directory("type=research&country=FR&sort=x").map
    assert [(country.code, country.count, country.chosen) for country in world.countries] == [
        ("FR", 1, True),
        ("DE", 1, False),
    ]
    assert {country.url for country in world.countries} == {
        "/en/partners/?type=research&country=FR",
        "/en/partners/?type=research&country=DE",
    }
    assert [(part.code, part.count, part.url) for part in directory().map.parts] == [
        ("019", 1, "/en/partners/?region=019"),
        ("150", 3, "/en/partners/?region=150"),
    ]
    europe = directory("region=150&q=institute")
    assert (europe.map.region, [part.current for part in europe.map.parts]) == ("150", [True])
    assert europe.world_url == "/en/partners/?q=institute"


def test_it_shows_how_many_commitments_each_has(partners):
    assert [partner.commitment_count for partner in directory().organisations] == [0, 2, 0, 0, 0]


def test_the_facets_follow_a_commitment(partners, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        commitment = CommitmentFactory(organisation=OrganisationFactory(name="Ferme"))
    with django_capture_on_commit_callbacks(execute=True):
        commitment.sdgs = [GoalFactory(number=6, title_en="Water")]
        commitment.save()
    assert names("sdg=6") == ["F"]
    with django_capture_on_commit_callbacks(execute=True):
        commitment.unpublish()
    assert names("sdg=6") == []
