"""What stands near a resource, why, and at what cost."""

import pytest
from django.db import connection

from resources.models import Contribution, Resource
from resources.queries import resource_page
from resources.surroundings import surroundings
from tests.factories import OrganisationFactory, PersonFactory, ResourceFactory, TopicFactory
from tests.reading import read, words


@pytest.fixture
def topics(site):
    return {name: TopicFactory(name_en=name, key=name, slug_en=name) for name in ("rare", "common", "other")}


def near(resource, count=4) -> list[tuple]:
    """(slug, topics, makers) of each."""
    around = resource_page(resource.slug, count).surroundings
    return [(one.resource.slug, [topic.key for topic in one.topics], one.makers) for one in around.related]


def test_the_rarer_what_is_shared_the_nearer(topics):
    ada, juan = (
        PersonFactory(given_name="Ada", family_name="Loam"),
        PersonFactory(given_name="Juan", family_name="Arcilla"),
    )
    for number in range(5):
        ResourceFactory(slug=f"common-{number}", topics=[topics["common"]])
    ResourceFactory(slug="both", topics=[topics["common"], topics["rare"]])
    ResourceFactory(slug="rare", topics=[topics["rare"]])
    ResourceFactory(slug="by-juan", people=[juan], topics=[topics["other"]])
    work = ResourceFactory(slug="work", topics=[topics["common"], topics["rare"]], people=[ada, juan])
    assert near(work, 5) == [
        ("by-juan", [], ["Juan Arcilla"]),
        ("both", ["rare", "common"], []),
        ("rare", ["rare"], []),
        ("common-4", ["common"], []),
        ("common-3", ["common"], []),
    ]
    assert [one[0] for one in near(work, 1)] == ["by-juan"]


def test_organisations_count_as_makers_and_funders_do_not(topics):
    trust, fund = OrganisationFactory(name="Soil Trust"), OrganisationFactory(name="Soil Fund")
    for slug in ("work", "other"):
        resource = ResourceFactory(slug=slug)
        resource.contributions = [
            Contribution(organisation=trust, role="editor"),
            Contribution(organisation=fund, role="funder"),
        ]
        resource.save()
    third = ResourceFactory(slug="third")
    third.contributions = [Contribution(organisation=fund, role="funder")]
    third.save()
    assert near(Resource.objects.get(slug="work")) == [("other", [], ["Soil Trust"])]


def test_drafts_the_archive_and_versions_are_left_out(topics):
    shared = {"topics": [topics["rare"]]}
    work = ResourceFactory(slug="work", **shared)
    ResourceFactory(live=False, **shared)
    ResourceFactory(archived=True, **shared)
    old = ResourceFactory(slug="old", **shared)
    ResourceFactory(slug="new", replaces=old, **shared)
    ResourceFactory(slug="next-edition", replaces=work, **shared)
    assert near(work) == [("new", ["rare"], [])]


def test_nothing_shared_and_nothing_saved(topics):
    assert near(ResourceFactory(slug="alone")) == []
    assert surroundings(Resource(), 4).related == []


def test_the_page_says_why_in_the_readers_language(client, topics):
    ada = PersonFactory(given_name="Ada", family_name="Loam")
    water = TopicFactory(name_en="Water", name_fr="Eau")
    roots = TopicFactory(name_en="Roots", name_fr="")
    ResourceFactory(slug="other", topics=[water, roots], people=[ada])
    ResourceFactory(slug="work", topics=[water, roots], people=[ada])
    told = [words(line) for line in read(client, "/en/resources/work/").soup.select(".shelf .why")]
    assert told == ["Also by: Ada Loam", "Also on: Water , Roots"]
    french = read(client, "/fr/ressources/work/").soup.select(".shelf .why")
    assert [words(line) for line in french] == ["Aussi de : Ada Loam", "Aussi sur : Eau , Roots"]
    assert french[1].select_one("span[lang=en]").text == "Roots"


@pytest.mark.parametrize("count", [3, 60])
def test_five_statements_whatever_is_near(topics, count, django_assert_num_queries):
    people = [PersonFactory() for _number in range(8)]
    for _number in range(count):
        ResourceFactory(topics=list(topics.values()), people=people)
    work = ResourceFactory(topics=list(topics.values()), people=people)
    resource_page(work.slug, 4)  # vocabularies are known from here on
    with django_assert_num_queries(5):
        shown = resource_page(work.slug, 4)
        related = shown.surroundings.related
        assert [one.resource.cover_parameters["inclusions"] for one in related] == [[]] * min(count, 4)
        assert len(shown.topics.all()) == 3
    with django_assert_num_queries(2):
        surroundings(shown, 4, as_published=True)


def test_a_draft_tells_of_its_own_topics(topics):
    other, work = ResourceFactory(topics=[topics["rare"]]), ResourceFactory(topics=[topics["rare"]])
    assert [(one.resource.pk, one.topics) for one in surroundings(work, 4).related] == [(other.pk, [topics["rare"]])]
    work.topics = []
    assert [(one.resource.pk, one.topics) for one in surroundings(work, 4).related] == [(other.pk, [])]


def test_the_page_shows_the_record_as_it_is_when_read_by_itself(topics, client):
    from resources.queries import resource_by_slug
    from tests.factories import PlaceFactory, ResearchPriorityFactory

    place, region = PlaceFactory(code="KE"), PlaceFactory(code="002")
    priorities = [ResearchPriorityFactory(number=2), ResearchPriorityFactory(number=1)]
    old = ResourceFactory(slug="old", topics=[topics["common"], topics["rare"]], people=[PersonFactory()])
    old.places, old.priorities = [place, region], priorities
    old.save()
    ResourceFactory(slug="new", replaces=old)
    for slug in ("old", "new"):
        page, alone = resource_page(slug, 4), resource_by_slug(slug)
        for name in ("topics", "places", "priorities", "contributions", "files"):
            assert list(getattr(page, name).all()) == list(getattr(alone, name).all()), name
        assert [one.path for one in page.priorities.all()] == [one.path for one in alone.priorities.all()]
        assert all(one.resource is page for one in page.contributions.all())
        same = ("type", "newer_identity", "newer_slug", "older_identity", "older_slug", "is_past", "cover_parameters")
        assert {name: getattr(page, name) for name in same} == {name: getattr(alone, name) for name in same}
    assert page.older_slug == "old"
    # Further questions are answered for this resource alone.
    assert resource_page("old", 4).topics.filter(key="other").count() == 0
    assert resource_page("old", 4).topics.filter(key="rare").count() == 1


def test_what_came_to_a_topic_last_is_read_from_an_index_alone(topics):
    """All that a topic has was read and sorted, four fifths of what PostgreSQL took for the page."""
    table = Resource.topics.through._meta.db_table
    question = f"SELECT resource_id FROM {table} WHERE topic_id = 1 ORDER BY id DESC LIMIT 200"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Of an empty table it would look at all.
            for other_way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{other_way} = off")
            cursor.execute(f"EXPLAIN {question}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {question}")
        plan = " ".join(str(part) for row in cursor.fetchall() for part in row)
    assert "resource_topics_latest" in plan
    assert "sort" not in plan.lower()
    assert "b-tree" not in plan.lower()


def test_no_more_is_read_than_some_hundred_rows(topics, monkeypatch):
    from resources import surroundings as module

    (kind, things, having, first, _most), *makers = module._SHARED
    monkeypatch.setattr(module, "_SHARED", ((kind, things, having, first, 3), *makers))
    for number in range(6):
        ResourceFactory(slug=f"r-{number}", topics=[topics["common"]])
    work = ResourceFactory(slug="work", topics=[topics["common"]])
    _places, shared, _own = module._ask(work.pk)
    assert {thing[0]: len(having) for thing, having in shared.items()} == {"topic": 2}  # the work itself is the third
