"""A newer version of a work: both pages lead to each other, lists and search show the newest."""

import datetime

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from initiative.search import Query, search
from resources.models import Contribution, Resource
from resources.queries import (
    latest_published,
    published_between,
    resources_by,
    resources_in_portions,
    spotlight_resources,
)
from resources.services.withdrawal import withdraw
from tests.factories import OrganisationFactory, PersonFactory, ResourceFactory
from tests.reading import read, words

SITE = settings.SITE_URL


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run a change as if it were committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def editions(site, committed):
    """Three editions of a guide, the newest first."""
    ada = PersonFactory(given_name="Ada", family_name="Loam")
    with committed():
        first = ResourceFactory(slug="guide-1", title="Guide to soil", issued="2018", people=[ada], spotlight=True)
        second = ResourceFactory(slug="guide-2", title="Guide to soil, 2nd ed.", issued="2020-05", replaces=first)
        third = ResourceFactory(slug="guide-3", title="Guide to soil, 3rd ed.", issued="", replaces=second)
    return third, second, first


def found(**more):
    return [hit.object_id for hit in search(Query(text="guide", kinds=("resource",), **more)).hits]


def past():
    return found(facets={"archived": ("yes",)})


def test_older_pages_lead_to_the_newest_and_each_lists_all(client, editions):
    shown = read(client, "/en/resources/guide-1/").main
    notice = shown.select_one(".notice.version")
    assert words(notice) == "A newer version exists. Guide to soil, 3rd ed."
    assert notice.a["href"] == "/en/resources/guide-3/"
    rows = [words(row) for row in shown.select(".versions li")]
    assert rows == ["no date Guide to soil, 3rd ed.", "May 2020 Guide to soil, 2nd ed.", "2018 Guide to soil this page"]
    newest = read(client, "/fr/ressources/guide-3/").main
    assert newest.select_one(".notice.version") is None
    assert [link["href"] for link in newest.select(".versions a")] == [
        "/fr/ressources/guide-2/",
        "/fr/ressources/guide-1/",
    ]
    assert len(newest.select(".versions [aria-current]")) == 1


def test_the_same_is_said_to_machines(client, editions):
    header = client.get("/en/resources/guide-2/").headers["Link"]
    assert f'<{SITE}/en/resources/guide-3/>; rel="latest-version", ' in header
    assert f'<{SITE}/en/resources/guide-3/>; rel="successor-version", ' in header
    assert f'<{SITE}/en/resources/guide-1/>; rel="predecessor-version"' in header
    page = read(client, "/en/resources/guide-2/").soup
    terms = {meta["name"]: meta["content"] for meta in page.select("meta[name^=DCTERMS]")}
    assert terms == {
        "DCTERMS.replaces": f"{SITE}/en/resources/guide-1/",
        "DCTERMS.isReplacedBy": f"{SITE}/en/resources/guide-3/",
    }
    third, second, first = (str(one.identity) for one in editions)
    (portion,) = resources_in_portions([one.pk for one in editions])
    assert [(one.older_identity, one.newer_identity) for one in portion] == [
        (second, None),
        (first, third),
        (None, second),
    ]
    record = client.get("/en/resources/guide-2/cite.json").json()[0]
    assert (record["replaces"], record["replaced_by"]) == (first, third)


def test_a_work_with_one_version_says_nothing_of_others(client, site):
    ResourceFactory(slug="roots")
    page = read(client, "/en/resources/roots/")
    assert page.main.select(".versions, .notice.version") == []
    assert "version" not in page.response.headers["Link"]


def test_lists_and_search_show_the_newest_and_the_archive_the_rest(editions, committed):
    third, second, first = editions
    assert found(facets={"archived": ("no",)}) == [str(third.pk)]
    assert set(past()) == {str(second.pk), str(first.pk)}
    assert latest_published(9) == [third]
    assert spotlight_resources(9) == []
    assert resources_by(first.contributions.get().person) == []


def test_a_version_that_is_taken_back_or_linked_elsewhere_lets_the_older_one_come_back(editions, committed):
    third, second, first = editions
    with committed():
        Resource.objects.get(pk=third.pk).unpublish()
    assert found(facets={"archived": ("no",)}) == [str(second.pk)]
    with committed():
        draft = Resource.objects.get(pk=second.pk)
        draft.replaces = None
        draft.save_revision().publish()
    assert set(found(facets={"archived": ("no",)})) == {str(second.pk), str(first.pk)}
    assert not Resource.objects.get(pk=first.pk).is_past
    with committed():
        Resource.objects.get(pk=third.pk).save_revision().publish()
    assert past() == [str(second.pk)]


def test_a_version_between_that_is_withdrawn_leaves_the_newest_the_current_one(client, editions, committed):
    third, second, first = editions
    with committed():
        withdraw(Resource.objects.get(pk=second.pk))
    assert found(facets={"archived": ("no",)}) == [str(third.pk)]
    assert past() == [str(first.pk)]
    assert list(Resource.objects.current()) == [third]
    assert Resource.objects.get(pk=first.pk).is_past
    assert words(read(client, "/en/resources/guide-1/").main.select_one(".notice.version a")) == third.title
    (portion,) = resources_in_portions([third.pk, first.pk])
    told = [(one.older_identity, one.older_slug, one.newer_identity, one.newer_slug) for one in portion]
    assert told == [(str(first.identity), "guide-1", None, None), (None, None, str(third.identity), "guide-3")]
    # Once the newest is taken back too, the first is all there is.
    with committed():
        Resource.objects.get(pk=third.pk).unpublish()
    assert found(facets={"archived": ("no",)}) == [str(first.pk)]
    assert list(Resource.objects.current()) == [first]


def test_a_version_between_that_is_deleted_leaves_no_gap(editions, committed):
    third, second, first = editions
    fourth = ResourceFactory(slug="guide-4", title="Guide to soil, 4th ed.", replaces=third)
    fourth.save_revision()
    with committed():
        Resource.objects.filter(pk__in=[second.pk, third.pk]).delete()
    assert found(facets={"archived": ("no",)}) == [str(fourth.pk)]
    assert past() == [str(first.pk)]
    # Publishing a draft from before makes none either.
    with committed():
        Resource.objects.get(pk=fourth.pk).get_latest_revision().publish()
    fourth = Resource.objects.get(pk=fourth.pk)
    assert (fourth.replaces, fourth.is_past, Resource.objects.get(pk=first.pk).is_past) == (first, False, True)


def test_the_newest_or_oldest_version_deleted(editions, committed):
    third, second, first = editions
    with committed():
        Resource.objects.get(pk=third.pk).delete()
        Resource.objects.get(pk=first.pk).delete()
    assert found(facets={"archived": ("no",)}) == [str(second.pk)]
    assert past() == []


def test_what_an_organisation_made_is_told_of_in_its_newest_version(editions):
    trust = OrganisationFactory()
    for edition in editions:
        edition.contributions.add(Contribution(organisation=trust))
        edition.save()
    now = timezone.now()
    Resource.objects.update(first_published_at=now)
    before = now - datetime.timedelta(hours=1)
    assert published_between(before, now, trust) == [editions[0].pk]
    assert len(published_between(before, now)) == 3  # a search says by itself whether it wants the archive


def test_a_draft_replaces_nothing_yet(client, site, committed):
    first = ResourceFactory(slug="guide-1", title="Guide")
    draft = ResourceFactory(slug="guide-2", title="Guide 2", replaces=first, live=False)
    assert read(client, "/en/resources/guide-1/").main.select(".versions") == []
    assert (first.is_past, draft.is_past) == (False, False)
    assert Resource.objects.current().get() == first


def test_is_past_costs_a_statement_only_where_nobody_asked_along(editions, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [one.is_past for one in Resource.objects.with_versions().order_by("slug")] == [True, True, False]
    with django_assert_num_queries(1):
        assert editions[2].is_past


def refusal(resource) -> dict:
    with pytest.raises(ValidationError) as raised:
        resource.full_clean()
    return raised.value.message_dict


def test_versions_are_no_circle_and_each_has_one_successor(editions):
    third, second, first = editions
    circle = "A resource can’t be a newer version of itself, nor of one that follows it."
    for older in (first, second, third):
        again = Resource.objects.get(pk=first.pk)
        again.replaces = older
        assert circle in refusal(again)["replaces"]
    other = ResourceFactory(replaces=None)
    other.replaces = first
    assert refusal(other) == {"replaces": ["Another resource is the newer version of that one already."]}


def test_a_circle_made_behind_our_back_ends_nothing(client, editions):
    third, _second, first = editions
    Resource.objects.filter(pk=first.pk).update(replaces=third)
    assert len(read(client, "/en/resources/guide-2/").main.select(".versions li")) == 3
