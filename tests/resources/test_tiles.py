"""Tiles are read as values; they say what the record itself would."""

import pytest
import wagtail_factories
from django.utils import translation

from resources.models import Resource
from resources.tiles import work_tiles
from tests import factories as make


@pytest.fixture
def works(site):
    """A full one with a picture, one that a newer version replaces, that version, one in the archive, one with next to nothing."""
    kind = make.ResourceTypeFactory(singular_en="Article", singular_fr="", singular_ar="مقال")
    topics = [make.TopicFactory(order=order, inclusion=mark) for order, mark in ((2, "roots"), (1, ""), (0, "water"))]
    full = make.ResourceFactory(
        title="Les sols",
        language="fr",
        type=kind,
        topics=topics,
        issued="2022-05",
        container="A journal",
        publisher="A publisher",
    )
    full.cover = wagtail_factories.ImageFactory()
    full.save()
    old = make.ResourceFactory(title="Old", type=kind)
    new = make.ResourceFactory(title="New", type=kind, topics=topics, replaces=old)
    archived = make.ResourceFactory(title="Archived", type=kind, archived=True)
    bare = make.ResourceFactory(title="Bare", type=kind, issued="", topics=[])
    return [full, old, new, archived, bare]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_tile_says_what_the_record_says(works, language):
    with translation.override(language):
        tiles = work_tiles([work.pk for work in works])
        assert set(tiles) == {work.pk for work in works}
        for pk, tile in tiles.items():
            work = Resource.objects.get(pk=pk)
            same = (
                "slug", "identity", "path", "title", "language", "issued", "issued_on", "type", "source_parts", "date_display", "is_past",
                "cover", "cover_parameters",
            )  # fmt: skip
            assert {name: getattr(tile, name) for name in same} == {name: getattr(work, name) for name in same}
            assert tile.topics == list(work.topics.all())
            assert tile.get_url() == work.get_url()


def test_what_is_not_published_any_more_is_left_out(works):
    Resource.objects.filter(pk=works[0].pk).update(live=False)
    assert [tile.title for tile in work_tiles([work.pk for work in works[:2]]).values()] == ["Old"]
    assert work_tiles([works[0].pk]) == work_tiles([]) == {}


@pytest.mark.parametrize(("first", "statements"), [(1, 1), (0, 2)])
def test_one_statement_and_one_for_pictures(works, first, statements, django_assert_num_queries):
    work_tiles([work.pk for work in works])  # landmarks and vocabularies are known from here on
    with django_assert_num_queries(statements):
        assert len(work_tiles([work.pk for work in works[first:]])) == len(works) - first
