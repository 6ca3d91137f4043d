"""A page costs a bounded number of statements, the same for 5 records and for 50."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from tests import factories

# Wagtail finds the site and the locale, then for each level of the path the page and its type, then the view restrictions
# of the page and of those above it. These are counted by finding the same page without showing it.
SIZES = [5, 50]


def wagtails_own(path: str, rf) -> int:
    """Statements that Wagtail itself needs to find the page of a path and to see that everybody may read it."""
    request = rf.get(path)
    with CaptureQueriesContext(connection) as asked:
        site = Site.find_for_request(request)
        root = site.root_page.localized.specific
        page, _args, _kwargs = root.route(request, [part for part in path.split("/")[2:] if part])
        Page.objects.get(pk=page.pk).get_view_restrictions()
    return len(asked)


def fill(site, count: int) -> None:
    """`count` of everything, linked to one another."""
    topics = [factories.TopicFactory() for _ in range(3)]
    priority = factories.ResearchPriorityFactory(number=1)
    for code in ("en", "fr"):
        factories.add_priority_page(site, priority, code, slug="first", question="<p>Why?</p>")
    for number in range(count):
        person = factories.PersonFactory()
        factories.TermFactory(person=person, is_former=bool(number % 2))
        factories.MeetingFactory(latitude=1.0, longitude=2.0)
        organisation = factories.OrganisationFactory(country=factories.PlaceFactory())
        factories.CommitmentFactory(organisation=organisation)
        factories.TestimonialFactory(organisation=organisation)
        factories.StatisticFactory()
        factories.ResourceFactory(
            slug=f"work-{number}",
            topics=topics,
            people=[person],
            priorities=[priority],
            spotlight=True,
            files=[{"url": "https://example.org/a.pdf", "language": "fr"}],
        )
        factories.add_article(site, slug=f"article-{number}")
        factories.add_event(site, slug=f"event-{number}", latitude=1.0, longitude=2.0, city="Bonn")
    call_command("rebuild_search", verbosity=0)


PATHS = {
    "/en/": 12,
    "/en/resources/": 12,
    "/en/resources/?q=soil&type=type-0&topic=topic-0": 12,
    "/fr/ressources/": 12,
    "/en/resources/work-0/": 8,
    "/en/news/": 12,
    "/en/news/article-0/": 8,
    "/en/events/": 12,
    "/en/events/event-0/": 8,
    "/en/committee/": 12,
    "/en/research-priorities/": 12,
    "/en/research-priorities/first/": 8,
    "/en/criteria/": 12,
    "/en/partners/": 12,
    "/en/commitments/": 12,
    "/en/testimonials/": 12,
    "/en/governance/": 8,
    "/en/join/": 8,
    "/en/about/": 8,
}


@pytest.fixture
def costs(client, rf):
    """Statements beyond Wagtail's own, by path: what a reader costs once menus and landmarks are known."""

    def measure() -> dict[str, int]:
        found = {}
        for path in PATHS:
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200, path
            # A record is a route of its landing page, not a page of the tree.
            own = wagtails_own(path.partition("?")[0].replace("work-0/", ""), rf)
            found[path] = len(asked) - own
        return found

    return measure


@pytest.fixture(params=SIZES)
def filled(request, site):
    fill(site, request.param)


def test_no_page_costs_more_than_it_may(filled, costs):
    measured = costs()
    assert {path: cost for path, cost in measured.items() if cost > PATHS[path]} == {}


def test_no_page_costs_more_with_more_records(site, costs):
    fill(site, SIZES[0])
    few = costs()
    cache.clear()
    _more(site, SIZES[1] - SIZES[0])
    many = costs()
    assert {path: (few[path], many[path]) for path in PATHS if many[path] > few[path]} == {}


def _more(site, count: int) -> None:
    topics = list(factories.Topic.objects.all())
    for number in range(count):
        person = factories.PersonFactory()
        factories.TermFactory(person=person)
        factories.ResourceFactory(slug=f"more-{number}", topics=topics, people=[person], spotlight=True)
        factories.CommitmentFactory()
        factories.TestimonialFactory()
        factories.add_article(site, slug=f"more-{number}")
        factories.add_event(site, slug=f"more-{number}", latitude=1.0, longitude=2.0)
    call_command("rebuild_search", verbosity=0)
