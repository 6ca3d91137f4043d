"""A resource is found by what it is made of now, and its address is the one of now."""

import pytest
from django.core.cache import cache

from initiative.base import landmarks
from initiative.search import Query, search
from resources.models import ResourceType, Topic
from tests.factories import OrganisationFactory, PersonFactory, ResourceFactory, ResourceTypeFactory, TopicFactory


@pytest.fixture
def done(site, django_capture_on_commit_callbacks):
    """Run a change as if it were committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def found(text, **more):
    return [hit.object_id for hit in search(Query(text=text, kinds=("resource",), **more)).hits]


def test_a_renamed_author_is_found_by_the_new_name(done):
    person = PersonFactory(family_name="Clayborn")
    with done():
        resource = ResourceFactory(people=[person])
    assert found("clayborn") == [str(resource.pk)]
    with done():
        person.family_name = "Marlstone"
        person.save()
    assert found("marlstone") == [str(resource.pk)]
    assert found("clayborn") == []


def test_a_synonym_of_a_parent_topic_finds_what_is_below(done):
    parent = TopicFactory(name="Practices")
    topic = Topic.objects.get(pk=TopicFactory(name="Cover crops", parent=parent).pk)
    with done():
        resource = ResourceFactory(topics=[topic])
    with done():
        parent.synonyms = "husbandry"
        parent.save()
    assert found("husbandry") == [str(resource.pk)]


def test_a_type_moved_below_another_counts_for_it(done):
    articles, notes = ResourceTypeFactory(key="articles"), ResourceTypeFactory(key="notes")
    with done():
        resource = ResourceFactory(type=notes)
    with done():
        notes = ResourceType.objects.get(pk=notes.pk)
        notes.parent = articles
        notes.save()
    assert found("", facets={"type": ("articles",)}) == [str(resource.pk)]


def test_an_organisation_unpublished_takes_its_commitments_along(done):
    from tests.factories import CommitmentFactory

    organisation = OrganisationFactory()
    with done():
        CommitmentFactory(organisation=organisation, title="Winter cover")
    assert search(Query(text="winter cover", kinds=("commitment",))).total == 1
    with done():
        organisation.unpublish()
    assert search(Query(text="winter cover", kinds=("commitment",))).total == 0


def test_an_address_is_never_that_of_a_page_renamed_meanwhile(site, done, monkeypatch):
    landmarks.landmarks()  # known from before
    mark, found = cache.get("known:landmarks"), dict(landmarks.landmarks._found)
    library = site["library", "en"]
    library.slug = "works"
    library.save_revision().publish()
    cache.set("known:landmarks", mark)  # as another process would still have it
    monkeypatch.setattr(landmarks.landmarks, "_found", found)
    assert landmarks.landmarks().url("library", "en") == "/en/resources/"
    with done():
        resource = ResourceFactory(title="Late")
    assert search(Query(text="late", kinds=("resource",))).hits[0].url == f"/en/works/{resource.slug}/"


def test_a_title_with_an_equals_sign_is_shown_whole(client, done):
    with done():
        ResourceFactory(title="When 4 = 1000: the soil equation", title_translation_fr="Quand 4 = 1000")
    from tests.reading import Reading

    page = Reading(client.get("/fr/ressources/?q=soil"))
    assert "When 4 = 1000: the soil equation" in page.text
