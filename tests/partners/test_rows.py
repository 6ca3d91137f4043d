"""Rows are read as values; they say what the record itself would."""

import datetime

import pytest
import wagtail_factories
from django.utils import timezone, translation

from initiative.base.landmarks import landmarks
from partners.models import Commitment, Membership, Organisation
from partners.rows import commitments_in_order, partners_in, partners_in_order
from tests.factories import CommitmentFactory, OrganisationFactory, PlaceFactory


@pytest.fixture
def three(site):
    """Partners of every shape: with all there is and a picture, with little, with nothing."""
    peru = PlaceFactory(code="PE")
    full = OrganisationFactory(name="Soil Trust", acronym="ST", type="civil", country=peru)
    full.logo = wagtail_factories.ImageFactory()
    full.save()
    few = OrganisationFactory(name="Acker farmers", type="farmers", country=peru)
    bare = OrganisationFactory(name="Boden", type="", country=None)
    CommitmentFactory(organisation=full, title_en="Cover", title_fr="Couvrir", start="2020", end="2030-05")
    CommitmentFactory(organisation=full, title_en="Draft", live=False)
    CommitmentFactory(organisation=few, title_en="", title_ar="غطاء", start="2021", outcome="removed")
    CommitmentFactory(organisation=bare, title_en="Hedges", start="")
    landmarks()  # known from here on
    return [full, bare, few]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_row_says_what_the_record_says(three, language):
    with translation.override(language):
        for row, key in zip(partners_in_order([one.pk for one in three]), three, strict=True):
            partner = Organisation.objects.get(pk=key.pk)
            same = ("path", "name", "acronym", "country", "logo", "monogram")
            assert {name: getattr(row, name) for name in same} == {name: getattr(partner, name) for name in same}
            assert row.get_type_display == partner.get_type_display()
        keys = list(Commitment.objects.filter(live=True).order_by("pk").values_list("pk", flat=True))
        for row, pk in zip(commitments_in_order(keys), keys, strict=True):
            one = Commitment.objects.get(pk=pk)
            same = ("path", "title", "start", "end", "status")
            assert {name: getattr(row, name) for name in same} == {name: getattr(one, name) for name in same}
            said = one.best_language("title")
            assert row.title_language == ("" if said == language else said)
            assert (row.organisation.name, row.organisation.logo) == (one.organisation.name, one.organisation.logo)


def test_partners_keep_the_order_asked_for_and_count_their_public_commitments(three):
    rows = partners_in_order([three[2].pk, three[0].pk, 0, three[1].pk])
    assert [(row.name, row.commitment_count) for row in rows] == [("Acker farmers", 1), ("Soil Trust", 1), ("Boden", 1)]
    Organisation.objects.filter(pk=three[0].pk).update(live=False)
    Organisation.objects.filter(pk=three[1].pk).update(listed=False)
    assert [row.name for row in partners_in_order([one.pk for one in three])] == ["Acker farmers"]
    assert partners_in_order([]) == []


def test_partners_of_a_country_come_by_name_with_how_many_there_are(three):
    assert [row.name for row in partners_in("PE", 30)[0]] == ["Acker farmers", "Soil Trust"]
    rows, count = partners_in("PE", 1)
    assert ([(row.name, row.commitment_count) for row in rows], count) == ([("Acker farmers", "")], 2)
    assert partners_in("FR", 30) == ([], 0)


def test_a_membership_counts_until_its_last_day(three):
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    Membership.objects.create(organisation=three[0], body="forum", until=today.isoformat())
    Membership.objects.create(organisation=three[0], body="forum", since="2020")
    Membership.objects.create(organisation=three[0], body="consortium", until=(today - day).isoformat())
    Membership.objects.create(organisation=three[1], body="forum")
    Membership.objects.create(organisation=three[1], body="consortium", until="2999")
    with translation.override("en"):
        told = [row.bodies for row in partners_in_order([one.pk for one in three])]
    assert told == [("Forum of partners",), ("Consortium of members", "Forum of partners"), ()]


@pytest.mark.parametrize(("first", "statements"), [(0, (4, 3)), (1, (2, 1))])
def test_few_statements_and_two_for_pictures(three, first, statements, django_assert_num_queries):
    partners = [one.pk for one in three[first:]]
    keys = list(Commitment.objects.filter(organisation__in=partners).values_list("pk", flat=True))
    with django_assert_num_queries(statements[0]):
        assert len(partners_in_order(partners)) == len(partners)
    with django_assert_num_queries(statements[1]):
        commitments_in_order(keys)


def test_two_statements_for_a_country(three, django_assert_num_queries):
    Organisation.objects.update(logo=None)
    with django_assert_num_queries(2):
        partners_in("PE", 30)
