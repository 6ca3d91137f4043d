"""What the library is asked by others."""

import pytest
import wagtail_factories

from resources.models import Contribution
from resources.queries import resources_of
from tests import factories as make


@pytest.fixture
def trust(site):
    return make.OrganisationFactory()


def _made(trust, *roles, **fields):
    work = make.ResourceFactory(**fields)
    work.contributions = [Contribution(organisation=trust, role=role, sort_order=n) for n, role in enumerate(roles)]
    work.save()
    return work


def test_what_an_organisation_made_is_newest_first_each_once_and_what_lists_show(trust, django_assert_num_queries):
    kind = make.ResourceTypeFactory()
    old = _made(trust, "publisher", title="Of 2001", issued="2001", type=kind)
    _made(trust, "author", "publisher", title="Of 2003", issued="2003", type=kind)
    _made(trust, "author", title="Undated", issued="", type=kind)
    replaced = _made(trust, "author", title="Replaced", type=kind)
    make.ResourceFactory(title="Of another", replaces=replaced, type=kind)
    _made(trust, "author", title="Archived", archived=True, type=kind)
    _made(trust, "author", title="Draft", live=False, type=kind)
    resources_of(trust)  # landmarks and vocabularies are known from here on
    with django_assert_num_queries(2):
        shown = [(work.title, work.path) for work in resources_of(trust)]
    assert [title for title, _path in shown] == ["Of 2003", "Of 2001", "Undated"]
    assert shown[1][1] == f"/en/resources/{old.slug}/"


def test_of_many_the_newest(trust, django_assert_num_queries):
    kind, cover = make.ResourceTypeFactory(), wagtail_factories.ImageFactory()
    for year in range(1990, 2016):
        _made(trust, "author", title=f"Of {year}", issued=str(year), type=kind, cover=cover)
    resources_of(trust)
    with django_assert_num_queries(3):
        works = resources_of(trust)
        assert {work.cover for work in works} == {cover}
    assert [work.title for work in works] == [f"Of {year}" for year in range(2015, 1991, -1)]


def test_who_made_nothing_costs_one_statement(trust, django_assert_num_queries):
    make.ResourceFactory()
    resources_of(trust)
    with django_assert_num_queries(1):
        assert resources_of(trust) == []
