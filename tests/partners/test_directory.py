import pytest
from django.http import QueryDict
from django.utils import translation

from partners.directory import Directory
from partners.models import Membership
from tests.factories import OrganisationFactory, PlaceFactory


@pytest.fixture
def partners(db):
    """Five in the directory, two that are not."""
    france, germany = PlaceFactory(code="FR"), PlaceFactory(code="DE")
    forum = OrganisationFactory(name="A farmers", type="farmers", country=france)
    Membership.objects.create(organisation=forum, body="forum")
    Membership.objects.create(organisation=forum, body="consortium", until="2020")
    both = OrganisationFactory(name="B research", type="research", country=germany)
    Membership.objects.create(organisation=both, body="forum")
    Membership.objects.create(organisation=both, body="consortium")
    Membership.objects.create(organisation=both, body="forum", since="2020")
    OrganisationFactory(name="C research", type="research", country=france)
    OrganisationFactory(name="D states", type="states", country=None)
    OrganisationFactory(name="E civil", type="civil", country=germany)
    OrganisationFactory(name="X author", listed=False, type="research", country=france)
    OrganisationFactory(name="X draft", live=False, type="research", country=PlaceFactory(code="ES"))


def directory(query=""):
    return Directory(QueryDict(query), "/en/partners/")


def names(query=""):
    return [organisation.name[0] for organisation in directory(query).organisations()]


def counts(query, facet):
    return {
        row.option.value: row.count for found, rows in directory(query).facets if found.name == facet for row in rows
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "ABCDE"),
        ("type=research", "BC"),
        ("type=research&type=states", "BCD"),
        ("country=FR", "AC"),
        ("country=FR&country=DE", "ABCE"),
        ("type=research&country=FR", "C"),
        ("body=forum", "AB"),
        ("body=consortium", "B"),
        ("body=consortium&body=forum", "AB"),
        ("type=farmers&body=consortium", ""),
        # Nonsense is ignored, whatever else is asked for.
        ("type=nonsense", "ABCDE"),
        ("type=nonsense&type=research", "BC"),
        ("country=ES", "ABCDE"),
        ("country=%00&type=%00&body=%00", "ABCDE"),
        ("body=parliament", "ABCDE"),
        ("colour=red", "ABCDE"),
    ],
)
def test_what_is_chosen_and_what_it_leaves(partners, query, found):
    assert names(query) == list(found)


def test_counts_of_a_facet_ignore_its_own_choice(partners):
    everything = {"states": 1, "farmers": 1, "research": 2, "civil": 1}
    assert counts("", "type") == everything
    assert counts("type=research", "type") == everything
    assert counts("type=research", "country") == {"FR": 1, "DE": 1}
    assert counts("country=FR", "country") == {"FR": 2, "DE": 2}
    assert counts("country=FR", "type") == {"farmers": 1, "research": 1}
    assert counts("", "body") == {"forum": 2, "consortium": 1}
    assert counts("body=consortium", "body") == {"forum": 2, "consortium": 1}
    assert counts("body=forum", "type") == {"farmers": 1, "research": 1}
    assert counts("country=DE", "body") == {"forum": 1, "consortium": 1}


def test_boxes_that_are_ticked(partners):
    ticked = [
        (facet.name, row.option.value)
        for facet, rows in directory("type=research&country=FR").facets
        for row in rows
        if row.checked
    ]
    assert ticked == [("type", "research"), ("country", "FR")]


@pytest.mark.parametrize(
    ("language", "labels"),
    [("en", ["France", "Germany"]), ("fr", ["Allemagne", "France"]), ("es", ["Alemania", "Francia"])],
)
def test_countries_by_their_names_in_the_language_of_the_reader(partners, language, labels):
    with translation.override(language):
        assert [row.option.label for row in directory().facets[1][1]] == labels


def test_each_chip_takes_itself_away_and_keeps_the_rest(partners):
    assert directory("type=research&country=DE&body=forum").chips == [
        {"label": "Research and education", "url": "/en/partners/?country=DE&body=forum"},
        {"label": "Germany", "url": "/en/partners/?type=research&body=forum"},
        {"label": "Forum of partners", "url": "/en/partners/?type=research&country=DE"},
    ]
    assert directory("body=forum").chips == [{"label": "Forum of partners", "url": "/en/partners/"}]
    assert directory().chips == []


@pytest.mark.parametrize(
    ("query", "filtered"),
    [("", False), ("type=x", False), ("type=civil", True), ("country=FR", True), ("body=forum", True)],
)
def test_is_filtered(partners, query, filtered):
    assert directory(query).is_filtered is filtered


def test_an_empty_directory(db):
    assert names() == []
    assert directory("country=FR").facets == []


def test_what_is_chosen_stays_to_be_unticked_though_nothing_has_it(partners):
    assert counts("type=donors&country=FR", "type") == {"donors": 0, "farmers": 1, "research": 1}


def test_memberships_are_a_facet_only_once_there_are_any(db):
    trust = OrganisationFactory(name="Trust", type="civil")
    Membership.objects.create(organisation=trust, body="forum", until="2020")
    assert [facet.name for facet, _rows in directory().facets] == ["type"]
    Membership.objects.create(organisation=trust, body="consortium", until="2999-12")
    assert [facet.name for facet, _rows in directory().facets] == ["type", "body"]
    assert counts("", "body") == {"consortium": 1}
    assert names("body=consortium") == ["T"]
