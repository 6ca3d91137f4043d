"""A site with one of everything, for whoever sends nonsense to it."""

import pytest

from initiative.search.rebuild import rebuild
from tests import factories as make
from tests.conftest import Pages


@pytest.fixture(scope="module")
def _filled(_tree, django_db_blocker):
    with django_db_blocker.unblock():
        site = Pages(_tree)
        topic = make.TopicFactory(slug_en="water", slug_fr="eau")
        kind = make.ResourceTypeFactory(slug_en="studies", slug_fr="etudes")
        priority = make.ResearchPriorityFactory(key="storage")
        germany = make.PlaceFactory(code="DE", parent=make.PlaceFactory(code="150"))
        facts = {
            "type": kind,
            "topics": [topic],
            "priorities": [priority],
            "places": [germany],
            "audiences": ["farmers"],
        }
        make.ResourceFactory(slug="roots", title="Roots & soil", abstract_fr="Des racines.", access="open", **facts)
        make.ResourceFactory(title="Soil", publisher="House of Loam", licence="CC-BY-4.0", spotlight=True, **facts)
        make.ResourceFactory(title="Old soil", language="fr", issued="2000", archived=True, **facts)
        make.TermFactory(person__slug="ada")
        trust = make.OrganisationFactory(slug="trust", country=make.PlaceFactory(code="DE"))
        make.CommitmentFactory(slug="cover", organisation=trust)
        make.add_article(site, title="Article", slug="article")
        make.add_event(site, title="Event", slug="event")
        rebuild()


@pytest.fixture
def public(_filled, site, client):
    """A client for a site with one of everything. What went wrong is shown as to readers, not raised."""
    client.raise_request_exception = False
    return client
