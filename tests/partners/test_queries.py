"""A page of the partners' room reads what it shows in few statements."""

from decimal import Decimal

import pytest
import wagtail_factories

from partners.models import CommitmentChange, Declaration, Evidence, Membership
from partners.queries import commitment_by_slug, joint_declarations, organisation_by_slug
from tests import factories as make


@pytest.fixture
def cover(site):
    """A commitment with two of all that its page shows, made in another order than they are shown in."""
    priorities = [make.ResearchPriorityFactory(number=number, title=f"Priority {number}") for number in (9, 4)]
    make.add_priority_page(site, priorities[1], slug="four")
    commitment = make.CommitmentFactory(slug="cover", organisation__country=make.PlaceFactory(code="KE"))
    commitment.sdgs = [make.GoalFactory(number=number) for number in (15, 2)]
    commitment.topics = [make.TopicFactory(name=f"Topic {order}", order=order) for order in (3, 1)]
    commitment.places = [make.PlaceFactory(code=code) for code in ("SN", "FR")]
    commitment.priorities = priorities
    commitment.save()
    for day in ("2023-05-01", "2022-05-01"):
        make.ProgressReportFactory(commitment=commitment, reported_on=day, value=Decimal(3))
    make.ProgressReportFactory(commitment=commitment, state="pending")
    return commitment


def test_a_commitment_has_all_that_its_page_shows_in_two_statements(cover, django_assert_num_queries):
    commitment_by_slug("cover")  # vocabularies are known from here on
    with django_assert_num_queries(2):
        found = commitment_by_slug("cover")
        assert (found.organisation.name, found.organisation.country.code) == (cover.organisation.name, "KE")
        assert [goal.number for goal in found.sdgs.all()] == [2, 15]
        assert [topic.name for topic in found.topics.all()] == ["Topic 1", "Topic 3"]
        assert [place.code for place in found.places.all()] == ["FR", "SN"]
        told = [(priority.number, priority.path) for priority in found.priorities.all()]
        assert told == [(4, "/en/research-priorities/four/"), (9, "")]
        assert [str(report.reported_on) for report in found.public_reports] == ["2023-05-01", "2022-05-01"]
        assert [list(report.evidence.all()) for report in found.public_reports] == [[], []]
        assert list(found.changes.all()) == []


def test_changes_and_evidence_are_asked_for_where_there_are_any(cover, django_assert_num_queries):
    first, last = cover.reports.approved().order_by("reported_on")
    for order, title in ((1, "Photograph"), (0, "Register")):
        Evidence.objects.create(report=last, title=title, url="https://example.org/", sort_order=order)
    for day in ("2022-01-01", "2023-01-01"):
        CommitmentChange.objects.create(commitment=cover, day=day, field="end", before="2029", after="2030")
    commitment_by_slug("cover")
    with django_assert_num_queries(4):
        found = commitment_by_slug("cover")
        evidence = {report.pk: [str(one) for one in report.evidence.all()] for report in found.public_reports}
        assert evidence == {last.pk: ["Register", "Photograph"], first.pk: []}
        assert [str(change.day) for change in found.changes.all()] == ["2023-01-01", "2022-01-01"]


def test_a_commitment_without_anything(site, django_assert_num_queries):
    make.CommitmentFactory(slug="bare")
    commitment_by_slug("bare")
    with django_assert_num_queries(2):
        found = commitment_by_slug("bare")
        for field in ("sdgs", "topics", "places", "priorities", "changes"):
            assert list(getattr(found, field).all()) == [], field
        assert found.public_reports == []


@pytest.mark.parametrize("hidden", [{"live": False}, {"organisation__live": False}])
def test_no_commitment_that_is_not_public(site, hidden):
    make.CommitmentFactory(slug="hidden", **hidden)
    assert commitment_by_slug("hidden") is commitment_by_slug("nothing") is None


@pytest.fixture
def trust(site):
    trust = make.OrganisationFactory(slug="trust", country=make.PlaceFactory(code="KE"))
    for title in ("Sow", "Mow"):
        make.CommitmentFactory(organisation=trust, title=title, start="2020", end="2030")
    make.CommitmentFactory(organisation=trust, title="Draft", live=False)
    Membership.objects.create(organisation=trust, body="forum", since="2016")
    return trust


def test_an_organisation_has_all_that_its_page_shows_in_three_statements(trust, django_assert_num_queries):
    organisation_by_slug("trust")
    with django_assert_num_queries(3):
        found = organisation_by_slug("trust")
        assert found.country.code == "KE"
        shown = [(one.title, one.status, one.start, one.organisation.name) for one in found.commitments.all()]
        assert shown == [("Sow", "silent", "2020", trust.name), ("Mow", "silent", "2020", trust.name)]
        assert [one.since for one in found.memberships.all()] == ["2016"]
        assert list(found.testimonials.all()) == list(found.declarations.all()) == []


def test_what_it_stands_for_and_signed_is_asked_for_where_there_is_any(trust, django_assert_num_queries):
    make.TestimonialFactory(organisation=trust, stance="Second.", order=2)
    make.TestimonialFactory(organisation=trust, stance="First.", order=1)
    make.TestimonialFactory(organisation=trust, stance="Draft.", live=False)
    declaration = make.JointDeclarationFactory(title="Paris")
    Declaration.objects.create(organisation=trust, joint_declaration=declaration, signed="2015-12-01")
    organisation_by_slug("trust")
    with django_assert_num_queries(5):
        found = organisation_by_slug("trust")
        assert [said.stance for said in found.testimonials.all()] == ["First.", "Second."]
        assert [one.joint_declaration.title for one in found.declarations.all()] == ["Paris"]


def test_a_logo_is_read_with_its_sizes(trust, django_assert_num_queries):
    trust.logo = wagtail_factories.ImageFactory()
    trust.save()
    made = trust.logo.get_rendition("max-100x100")
    organisation_by_slug("trust")
    with django_assert_num_queries(4):
        assert list(organisation_by_slug("trust").logo.renditions.all()) == [made]


def test_no_organisation_that_is_not_public(site):
    make.OrganisationFactory(slug="hidden", live=False)
    assert organisation_by_slug("hidden") is organisation_by_slug("nothing") is None


def test_the_joint_declarations_are_read_once_and_again_when_one_changes(site, django_assert_num_queries):
    paris = make.JointDeclarationFactory(title="Paris", adopted="2015")
    make.JointDeclarationFactory(title="Bonn", adopted="2014")
    first = joint_declarations()
    with django_assert_num_queries(0):
        assert joint_declarations() is first
    assert [one.title for one in first] == ["Bonn", "Paris"]
    paris.summary_fr = "Ce qu’elle dit."
    paris.save()
    again = joint_declarations()
    assert [one.summary_fr or "" for one in again] == ["", "Ce qu’elle dit."]
    assert not first.say_the_same(again)
    joint_declarations.forget()
    assert joint_declarations() is again  # word for word the same, so what was drawn of it stays
