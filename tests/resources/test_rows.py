"""Rows are read as values; they say what the record itself would."""

import pytest
import wagtail_factories
from django.utils import translation

from resources.models import Contribution, Resource
from resources.rows import work_rows, works_in
from tests import factories as make


@pytest.fixture
def works(site):
    """Works of every shape: many makers and none, files, topics out of order, a picture, no date."""
    kind = make.ResourceTypeFactory(singular_en="Article", singular_fr="", singular_ar="مقال")
    roots = make.TopicFactory(key="roots", order=2, inclusion="roots")
    plain = make.TopicFactory(key="plain", order=1, inclusion="")
    water = make.TopicFactory(key="water", order=0, inclusion="water")
    people = [make.PersonFactory(given_name=f"G{number}", family_name=f"F{number}") for number in range(6)]
    trust = make.OrganisationFactory(name="Trust")
    full = make.ResourceFactory(
        title="Les sols", language="fr", title_translation_en="Soils", type=kind, topics=[roots, plain, water], people=people,
        files=[{"url": f"https://example.org/{n}", "language": code} for n, code in enumerate(("fr", "en", "fr", ""))],
        issued="2022-05", container="A journal", publisher="A publisher", access="open",
    )  # fmt: skip
    full.contributions.add(Contribution(organisation=trust, role="publisher", sort_order=0))
    full.save()
    few = make.ResourceFactory(
        title="Few", type=kind, people=people[:1], others=True, publisher="A publisher", archived=True
    )
    few.contributions.add(Contribution(organisation=trust, role="editor", sort_order=9))
    few.cover = wagtail_factories.ImageFactory()
    few.save()
    bare = make.ResourceFactory(title="Bare", type=kind, issued="", files=[])
    return [bare, full, few]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_row_says_what_the_record_says(works, language):
    with translation.override(language):
        rows = work_rows([work.pk for work in works])
        assert [row.pk for row in rows] == [work.pk for work in works]
        for row in rows:
            work = Resource.objects.get(pk=row.pk)
            same = (
                "slug", "path", "title", "language", "byline", "source_parts", "date_display", "file_language_names", "is_open",
                "archived", "cover", "cover_parameters",
            )  # fmt: skip
            assert {name: getattr(row, name) for name in same} == {name: getattr(work, name) for name in same}
            assert (row.kind, row.translation) == (work.type.singular, work.title_for_reader)


def test_the_makers_of_a_long_list_are_cut(works):
    assert work_rows([works[1].pk])[0].byline == "G0 F0, G1 F1, G2 F2, G3 F3 and others"
    assert work_rows([works[2].pk])[0].byline == "G0 F0, Trust and others"


def test_what_is_not_published_any_more_is_left_out(works):
    Resource.objects.filter(pk=works[0].pk).update(live=False)
    assert [row.title for row in work_rows([work.pk for work in works])] == ["Les sols", "Few"]
    assert work_rows([works[0].pk]) == work_rows([]) == []


@pytest.mark.parametrize(("count", "statements"), [(1, 2), (2, 2), (3, 4)])
def test_two_statements_and_two_for_pictures(works, count, statements, django_assert_num_queries):
    work_rows([works[0].pk])  # landmarks are known from here on
    with django_assert_num_queries(statements):
        assert len(work_rows([work.pk for work in works[:count]])) == count


def test_the_newest_about_a_place_cost_as_much(works, django_assert_num_queries):
    place = make.PlaceFactory(code="PE")
    for work in works:  # one of them is archived
        work.places = [place]
        work.save()
    with django_assert_num_queries(2):
        rows = works_in("PE", 2)
    assert rows == work_rows([works[1].pk, works[0].pk])
    assert [row.title for row in works_in("PE", 1)] == ["Les sols"]
    assert works_in("FR", 2) == []
