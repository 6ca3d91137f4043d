"""An organisation that is followed: its works, commitments and testimonials, and nothing of others."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from initiative.follow.subjects import subject_of
from resources.models import Contribution
from tests.factories import CommitmentFactory, OrganisationFactory, ResourceFactory, TestimonialFactory
from tests.reading import read

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
BEFORE, AFTER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)


@pytest.fixture
def trust(site):
    """An organisation with one new thing of each kind, and an old one; and another organisation."""
    organisation = OrganisationFactory(name="Fictional Soil Trust", slug="trust")
    for moment, name in ((NOON, "New"), (BEFORE, "Old")):
        CommitmentFactory(
            organisation=organisation,
            slug=name.lower(),
            title_en=f"{name} cover",
            title_fr="Couvert",
            goal_en="All winter.",
            goal_fr="Tout l’hiver.",
            first_published_at=moment,
        )
        TestimonialFactory(organisation=organisation, stance_en=f"{name} stance.", first_published_at=moment)
        make_work(organisation, f"{name} work", first_published_at=moment)
    CommitmentFactory(organisation=organisation, first_published_at=NOON, live=False)
    make_work(organisation, "Archived", first_published_at=NOON, archived=True)
    other = OrganisationFactory()
    CommitmentFactory(organisation=other, first_published_at=NOON)
    make_work(other, "Of another", first_published_at=NOON)
    return organisation


def make_work(organisation, title, **more):
    work = ResourceFactory(title=title, **more)
    work.contributions.add(Contribution(organisation=organisation, role="publisher"))
    work.contributions.add(Contribution(organisation=organisation, role="author", sort_order=1))
    work.save()
    return work


def subject():
    return subject_of("organisation")


def test_it_is_kept_by_its_key_and_told_by_its_name(trust):
    key = subject().read(QueryDict("slug=trust"))
    assert key == str(trust.pk)
    trust.slug, trust.name = "renamed", "Fictional Soil Society"
    trust.save()
    assert subject().describe(key) == "Fictional Soil Society: works, commitments and testimonials"
    assert subject().url(key) == "/en/partners/renamed/"
    with translation.override("fr"):
        assert (
            subject().describe(key).replace("\u00a0", " ")
            == "Fictional Soil Society : travaux, engagements et témoignages"
        )
        assert subject().url(key) == "/fr/partenaires/renamed/"


@pytest.mark.parametrize("query", ["", "slug=", "slug=nobody", "slug=%00", "slug=draft", "slug=a/../b"])
def test_what_is_no_organisation_is_refused(trust, query):
    OrganisationFactory(slug="draft", live=False)
    with pytest.raises(ValidationError) as refused:
        subject().read(QueryDict(query))
    assert refused.value.messages == ["There is no such organisation here. Open its page, and follow it from there."]


def test_what_is_new_of_it(trust):
    found = subject().news(str(trust.pk), BEFORE, AFTER)
    assert [(item.kind, item.title, item.summary, item.url) for item in found.items][:2] == [
        ("Commitment", "New cover", "All winter.", "/en/commitments/new/"),
        ("Testimonial", "Fictional Soil Trust", "New stance.", "/en/partners/trust/"),
    ]
    assert (found.total, [item.title for item in found.items][2:]) == (3, ["New work"])


def test_in_the_language_of_the_reader_and_honest_about_it(trust):
    with translation.override("fr"):
        commitment, testimonial, work = subject().news(str(trust.pk), BEFORE, AFTER).items
    assert (commitment.kind, commitment.title, commitment.title_language) == ("Engagement", "Couvert", "")
    assert (testimonial.summary, testimonial.summary_language) == ("New stance.", "en")
    assert work.url.startswith("/fr/ressources/")


def test_an_organisation_that_went_has_no_news_and_no_name(trust):
    trust.live = False
    trust.save()
    for key in (str(trust.pk), "0", "nonsense", ""):
        assert (subject().describe(key), subject().url(key)) == ("", "")
        assert subject().news(key, BEFORE, AFTER).total == 0


@pytest.mark.parametrize("count", [2, 30])
def test_it_costs_the_same_for_two_and_for_thirty(trust, count):
    for number in range(count):
        CommitmentFactory(organisation=trust, first_published_at=NOON)
        TestimonialFactory(organisation=trust, first_published_at=NOON)
        make_work(trust, f"Work {number}", first_published_at=NOON)
    with CaptureQueriesContext(connection) as spent:
        found = subject().news(str(trust.pk), BEFORE, AFTER)
    assert (found.total, len(found.items)) == (3 + 3 * count, min(20, 3 + 3 * count))
    assert len(spent) <= 14, "\n".join(query["sql"][:160] for query in spent)


def test_its_page_leads_to_the_form(trust, client):
    link = read(client, "/fr/partenaires/trust/").links["Suivre par courriel"]
    assert link == "/fr/suivre/organisation/?slug=trust"
    assert "Fictional Soil Trust : travaux, engagements et témoignages" in [
        text.replace("\u00a0", " ") for text in read(client, link).links
    ]
