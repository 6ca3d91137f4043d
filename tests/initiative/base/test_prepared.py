"""What is asked in a prepared way is what Django would have asked."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from initiative.base.prepared import Prepared
from resources.models import Contribution, Resource
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def works(site):
    return [make.ResourceFactory(slug=f"work-{n}", people=[make.PersonFactory() for _n in range(n)]) for n in range(3)]


def test_records_with_what_is_joined_and_annotated(works, django_assert_num_queries):
    def told(contributions):
        return [(one.pk, one.resource_id, one.name, one.is_member) for one in contributions]

    def build(resource):
        return Contribution.objects.with_pages().filter(resource=resource)

    prepared = Prepared(build)
    for work in (works[2], works[1], works[0], works[2]):
        expected = told(build(work.pk))
        with django_assert_num_queries(1):
            assert told(prepared(work.pk)) == expected
    assert len(expected) == 2
    assert prepared.first(works[0].pk) is None
    assert prepared.first(works[1].pk).person == works[1].contributions.first().person


def test_the_statement_is_written_once_and_is_the_one_that_django_writes(works):
    built = []

    def build(slug):
        built.append(slug)
        return Resource.objects.live().select_related("cover").filter(slug=slug)

    prepared = Prepared(build)
    with CaptureQueriesContext(connection) as ours:
        assert [prepared.first(work.slug) for work in works] == works
    with CaptureQueriesContext(connection) as djangos:
        for work in works:
            list(build(work.slug))
    assert [one["sql"] for one in ours] == [one["sql"] for one in djangos]
    assert len(built) == 2 + len(works)  # twice with marks


def test_any_number_of_keys_by_few_statements(works):
    prepared = Prepared(lambda *keys: Resource.objects.filter(pk__in=keys).order_by("slug"))
    works += [make.ResourceFactory(slug=f"work-{n}") for n in range(3, 9)]
    for count in range(10):
        assert prepared.among(*(work.pk for work in works[:count])) == works[:count]
    assert [shape.count(int) for shape in prepared._questions] == [1, 2, 4, 8, 16]


def test_values_and_several_keys(works):
    prepared = Prepared(lambda *keys: Resource.objects.filter(pk__in=keys).order_by("slug").values_list("pk", "slug"))
    assert prepared(works[2].pk, works[0].pk) == [(works[0].pk, "work-0"), (works[2].pk, "work-2")]
    assert prepared(works[1].pk) == [(works[1].pk, "work-1")]
    assert prepared(works[1].pk, works[2].pk) == [(works[1].pk, "work-1"), (works[2].pk, "work-2")]


def test_a_part_is_what_django_would_have_cut(works, django_assert_num_queries):
    built = []

    def build(*slugs):
        built.append(slugs)
        return Resource.objects.exclude(slug__in=slugs).order_by("slug")

    works += [make.ResourceFactory(slug=f"work-{n}") for n in range(3, 9)]
    prepared = Prepared(build)
    for start, stop in ((0, 3), (3, 6), (6, 20), (20, 40)):
        with CaptureQueriesContext(connection) as ours:
            assert prepared.part(start, stop, "work-4") == [work for work in works if work.slug != "work-4"][start:stop]
        with CaptureQueriesContext(connection) as djangos:
            list(build("work-4")[start:stop])
        assert [one["sql"] for one in ours] == [one["sql"] for one in djangos]
    assert len(built) == 2 + 4  # twice with marks
    assert prepared("work-4") == [work for work in works if work.slug != "work-4"]
    with django_assert_num_queries(0):
        assert prepared.part(3, 3, "work-4") == []


def test_what_else_a_question_hangs_on_is_said(works):
    archived = False
    prepared = Prepared(lambda: Resource.objects.filter(archived=archived).order_by("slug"), also=lambda: archived)
    assert prepared() == works
    archived = True
    assert prepared() == []


def test_what_would_not_be_asked_is_refused(works):
    with pytest.raises(ValueError, match="isn't handed on"):
        Prepared(lambda slug: Resource.objects.filter(slug__contains=slug))("work")
    with pytest.raises(ValueError, match="isn't handed on"):
        Prepared(lambda slug: Resource.objects.filter(slug=slug, title__contains=slug))("work")
    with pytest.raises(ValueError, match="isn't handed on"):
        Prepared(lambda slug: Resource.objects.all())("work")


def test_readers_who_come_together_get_whole_statements():
    """Django changes a query while it writes a statement: two of them at once left out a table."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _turn in range(40):
            prepared, together = Prepared(_contributions), Barrier(4)

            def write(prepared=prepared, together=together):
                together.wait()
                prepared._write(
                    ("en", int), prepared._questions.setdefault(0, prepared._build(1_907_000_000)), "default", (1,)
                )
                return prepared._statements["default", "en", int].sql

            with ThreadPoolExecutor(4) as threads:
                written = {future.result() for future in [threads.submit(write) for _n in range(4)]}
            assert written == {str(_contributions(1).query.get_compiler("default").as_sql()[0])}
    finally:
        sys.setswitchinterval(before)


def _contributions(resource):
    return Contribution.objects.with_pages().filter(resource=resource)


def test_what_changes_without_being_a_value_is_refused(db):
    """It would stay as it was when the statement was written."""
    slugs = iter(("one", "another"))
    with pytest.raises(ValueError, match="as it is"):
        Prepared(lambda: Resource.objects.filter(slug=next(slugs)))()


def test_each_language_has_its_own(site):
    make.TopicFactory(name_en="Roots", name_fr="Racines")
    from resources.models import Topic

    prepared = Prepared(lambda name: Topic.objects.filter(name=name))
    with translation.override("fr"):
        assert [topic.name_en for topic in prepared("Racines")] == ["Roots"]
    with translation.override("en"):
        assert [topic.name_fr for topic in prepared("Roots")] == ["Racines"]
        assert prepared("Racines") == []
