"""What a page costs: a bounded number of statements, and the same with five records and with fifty.

Counted beyond finding the page (`initiative.finding`), which is measured here by routing the same address without showing
anything. What is kept for a few seconds (menus, landmarks, locales) is there already in the one count, and isn't in the other.
"""

import datetime
import json

import pytest
import wagtail_factories
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from initiative.finding import route
from initiative.models import MenuItem, StandardPage
from initiative.search import Query, search
from initiative.search.rebuild import rebuild
from partners.models import Declaration, Membership
from resources.models import Contribution
from tests import factories as make
from tests.conftest import Pages

DETAIL, LIST, SEARCH = 8, 12, 6
# Of the statements whose answer is kept, at most so many are needed by one page; one of them is what a machine translated, one
# where the trees begin, and three are the words that editors keep for the library's facets.
KEPT = 11
# The home page keeps its parts drawn as well: three more, of what it shows.
KEPT_OF_HOME = 14


def fill(site, start, end):
    """Records number `start` to `end` of every kind, each with all that its page shows."""
    place = make.PlaceFactory(code="DE")
    declaration = make.JointDeclarationFactory(key=f"d-{start}")
    topic = make.TopicFactory(key="topic", slug_en="topic") if start == 0 else make.Topic.objects.get(key="topic")
    kind = make.ResourceTypeFactory(key="kind") if start == 0 else make.ResourceType.objects.get(key="kind")
    group = make.CriterionGroupFactory() if start == 0 else make.CriterionGroup.objects.first()
    goal = make.GoalFactory()
    ada = make.PersonFactory(slug="ada") if start == 0 else make.Person.objects.get(slug="ada")
    trust = (
        make.OrganisationFactory(slug="trust", country=place)
        if start == 0
        else make.Organisation.objects.get(slug="trust")
    )
    storage = (
        make.ResearchPriorityFactory(key="storage", number=1)
        if start == 0
        else make.ResearchPriority.objects.get(key="storage")
    )
    if start == 0:
        make.add_priority_page(site, storage, title="Storage", slug="storage", question=_links(site))
        make.add_article(site, title="Old", slug="the-article", date=datetime.date(2000, 1, 1), body=_body(site))
        make.add_event(site, title="Old", slug="the-event", date="2000", country=place, body=_body(site))
        make.add_page(site["about", "en"], StandardPage, title="Text", slug="text", body=_body(site))
        make.CommitmentFactory(slug="the-commitment", organisation=trust, title="The commitment")
        the_resource = make.ResourceFactory(slug="the-resource", title="The resource", type=kind)
        make.TombstoneFactory(slug="gone", successor=the_resource)
        make.ResourceFactory(slug="v", replaces=the_resource, type=kind)
        about = site["about", "en"]
        about.body = _body(site)
        about.save()
    for number in range(start, end):
        person = make.PersonFactory(country=place)
        make.TermFactory(person=ada if number == 0 else person, is_former=number % 3 == 1)
        make.MeetingFactory(number=number + 1, place=place, latitude=1.0, longitude=float(number))
        make.CriterionFactory(group=group, number=f"1.{number}").sdgs.set([goal])
        make.StatisticFactory(series="partners", date=f"{1950 + number}")
        make.GovernanceBodyFactory(landmark="committee")
        make.CollegeFactory()
        organisation = make.OrganisationFactory(
            country=place,
            logo=get_image_model().objects.first() or wagtail_factories.ImageFactory(),
        )
        Membership.objects.create(organisation=organisation, body="forum")
        Declaration.objects.create(organisation=organisation, joint_declaration=declaration)
        Membership.objects.create(organisation=trust, body="forum", since=f"{1950 + number}")
        make.TestimonialFactory(organisation=trust)
        resource = make.ResourceFactory(
            type=kind,
            topics=[topic],
            priorities=[storage],
            people=[ada, person],
            files=[{"url": "https://example.org/a.pdf", "language": "fr"}],
            spotlight=True,
            title=f"Soil {number}",
        )
        resource.contributions.add(Contribution(organisation=trust, role="publisher", sort_order=9))
        resource.places = [place]
        resource.save()
        newest = make.Resource.objects.filter(slug__startswith="v").latest("pk")
        make.ResourceFactory(slug=f"v-{number}", replaces=newest, type=kind)
        commitment = make.CommitmentFactory(organisation=trust, baseline=0, target=9, unit="ha")
        make.ProgressReportFactory(commitment=make.Commitment.objects.get(slug="the-commitment"), value=None)
        make.ProgressReportFactory(commitment=commitment, value=2)
        commitment.priorities, commitment.sdgs, commitment.topics = [storage], [goal], [topic]
        commitment.save()
        if number:
            make.add_priority_page(
                site, make.ResearchPriorityFactory(key=f"p-{number}", number=number + 1), slug=f"p-{number}"
            )
        make.add_article(site, title=f"A {number}", slug=f"a-{number}", archived=number % 2 == 0)
        make.add_event(
            site,
            title=f"E {number}",
            slug=f"e-{number}",
            date=f"{2990 + number // 10}-{number % 10 + 1:02}",
            country=place,
        )
        make.add_event(site, title=f"P {number}", slug=f"p-{number}", date="2020-01", latitude=1.0, longitude=2.0)
        make.add_page(site["about", "en"], StandardPage, title=f"S {number}", slug=f"s-{number}", show_in_menus=True)
        MenuItem.objects.create(menu="explore", page=Page.objects.get(slug=f"s-{number}"))
    resource = make.Resource.objects.get(slug="the-resource")
    resource.topics, resource.priorities = [topic], [storage]
    resource.contributions = [
        Contribution(person=person, sort_order=n) for n, person in enumerate(make.Person.objects.all())
    ]
    resource.files = [make.ResourceFile(url=f"https://example.org/{n}.pdf", sort_order=n) for n in range(end)]
    resource.save()
    rebuild()


def _links(site):
    return "".join(
        f'<p><a linktype="page" id="{site[role, "fr"].pk}">{role}</a></p>' for role in ("news", "join", "library")
    )


def _body(site):
    return json.dumps(
        [
            {"type": "text", "value": f"<h2>Links</h2>{_links(site)}"},
            {"type": "text", "value": f"<h2>More</h2>{_links(site)}"},
            {"type": "call_to_action", "value": {"text": "a", "label": "b", "page": site["join", "en"].pk, "url": ""}},
        ]
    )


# (address, most statements beyond finding the page)
DETAILS = [
    "/en/resources/the-resource/",
    "/en/committee/ada/",
    "/en/research-priorities/storage/",
    "/en/partners/trust/",
    "/en/commitments/the-commitment/",
    "/en/resources/gone/",
    "/en/news/the-article/",
    "/en/events/the-event/",
    "/en/about/text/",
]
LISTS = [
    "/en/",
    "/en/resources/",
    "/en/resources/?q=soil&topic=topic",
    "/en/committee/",
    "/en/research-priorities/",
    "/en/criteria/",
    "/en/partners/",
    "/en/partners/?type=civil&country=DE&body=forum",
    "/en/partners/countries/de/",
    "/en/commitments/",
    "/en/commitments/?status=on-course&type=civil&country=DE&sdg=15",
    "/en/testimonials/",
    "/en/join/",
    "/en/news/",
    "/en/news/?archived",
    "/en/events/",
    "/en/governance/",
    "/en/about/",
]
UNROUTED = ["/en/search/?q=soil&kind=resource", "/en/nowhere/", "/en/report-a-problem/the-resource/"]


def finding(path: str) -> int:
    """The statements before a page begins to show itself."""
    language, _slash, rest = path.partition("?")[0].lstrip("/").partition("/")

    def find():
        page, _args, _kwargs = route(RequestFactory().get(path), rest)
        list(page.get_view_restrictions())

    with translation.override(language):
        find()  # where trees begin is known from here on
        with CaptureQueriesContext(connection) as spent:
            find()
    return len(spent)


def showing(client, path: str, kept: bool) -> list[str]:
    """The statements of a whole answer, with and without what is kept for a few seconds."""
    status = {"/en/nowhere/": 404, "/en/resources/gone/": 410}.get(path, 200)
    client.get(path)  # content types and templates are read once in the life of a process
    if not kept:
        cache.clear()
    with CaptureQueriesContext(connection) as spent:
        assert client.get(path).status_code == status
    return [query["sql"] for query in spent.captured_queries]


@pytest.fixture(scope="module")
def measured(_tree, django_db_blocker):
    """Address → (statements with 5 records of each kind, with 50), and the same where nothing was kept."""
    site, client, found = Pages(_tree), Client(), {}
    paths = [*DETAILS, *LISTS, *UNROUTED]
    with django_db_blocker.unblock():
        for start, end in ((0, 5), (5, 50)):
            with disable_reference_index_auto_update():
                fill(site, start, end)
            for path in paths:
                for kept in (True, False):
                    found.setdefault((path, kept), []).append(showing(client, path, kept))
    return found


def told(statements) -> str:
    return "\n".join(f"{number:2} {' '.join(sql.split())[:160]}" for number, sql in enumerate(statements, 1))


@pytest.mark.parametrize("path", [*DETAILS, *LISTS, *UNROUTED])
def test_fifty_records_cost_as_much_as_five(measured, path):
    for kept in (True, False):
        five, fifty = measured[path, kept]
        assert len(five) == len(fifty), f"{told(five)}\n\n{told(fifty)}"


@pytest.mark.parametrize("path", [*DETAILS, *LISTS, *UNROUTED])
def test_the_first_reader_after_a_while_pays_little_more(measured, path):
    kept = KEPT_OF_HOME if path == "/en/" else KEPT
    assert len(measured[path, False][1]) - len(measured[path, True][1]) <= kept, told(measured[path, False][1])


@pytest.mark.parametrize("path", DETAILS)
def test_a_page_of_one_thing(measured, site, path):
    for statements in measured[path, True]:
        assert len(statements) - finding(path) <= DETAIL, told(statements)


@pytest.mark.parametrize("path", LISTS)
def test_the_home_page_and_lists(measured, site, path):
    for statements in measured[path, True]:
        assert len(statements) - finding(path) <= LIST, told(statements)


@pytest.mark.parametrize("path", UNROUTED)
def test_the_search_page_and_the_page_for_what_is_not_there(measured, path):
    for statements in measured[path, True]:
        assert len(statements) <= LIST, told(statements)


@pytest.mark.parametrize(
    "query",
    [
        Query(text="soil", language="en", kinds=("resource",), facets={"topic": ("topic",), "archived": ("no",)}),
        Query(text="", language="en", kinds=("resource",), facets={"archived": ("no",)}),
        Query(text="soyl", language="en"),
        Query(text="soil nothing such", language="en", exact=True),
        Query(text="soil nothing such", language="en"),
    ],
    ids=lambda query: query.text or "everything",
)
def test_the_search_with_all_its_counts(measured, site, query):
    with CaptureQueriesContext(connection) as spent:
        search(query)
    assert len(spent) <= SEARCH


def test_finding_a_page(measured, site):
    addresses = ("/en/", "/en/resources/", "/en/resources/the-resource/", "/en/about/text/")
    assert [finding(path) for path in addresses] == [1, 1, 1, 2]
