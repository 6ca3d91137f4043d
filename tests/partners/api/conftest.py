import datetime

import pytest

from partners.models import Evidence, Membership
from tests.factories import CommitmentFactory, GoalFactory, OrganisationFactory, PlaceFactory, ProgressReportFactory


@pytest.fixture
def data(site):
    """A partner and a commitment that are public, and much beside them that isn't: CANARY."""
    place = PlaceFactory(code="PE")
    trust = OrganisationFactory(
        slug="trust", name='=HYPERLINK("x")', type="civil", country=place, description="Trusts soil."
    )
    Membership.objects.create(organisation=trust, body="forum")
    Membership.objects.create(organisation=trust, body="consortium", until="2020")
    cover = CommitmentFactory(
        slug="cover",
        organisation=trust,
        title_en="Cover",
        title_fr="Couvrir",
        baseline=0,
        target=100,
        unit="ha",
        start="2018",
    )
    cover.sdgs = [GoalFactory(number=15)]
    cover.save()
    ProgressReportFactory(
        commitment=cover,
        value="12.5",
        reported_on=datetime.date(2019, 1, 1),
        story_en="Sown.",
        submitted_by="CANARY sender",
    )
    pending = ProgressReportFactory(commitment=cover, value=77, state="pending", story_en="CANARY pending")
    Evidence.objects.create(report=pending, title="CANARY evidence", url="https://example.org/CANARY")
    ProgressReportFactory(commitment=cover, value=78, state="declined", story_en="CANARY declined")
    CommitmentFactory(slug="canary-draft", title="CANARY draft", organisation=trust, live=False)
    OrganisationFactory(slug="canary-hidden", name="CANARY hidden", live=False)
    OrganisationFactory(slug="canary-author", name="CANARY author", listed=False)
    CommitmentFactory(slug="canary-of-hidden", title="CANARY", organisation__live=False)
    draft = OrganisationFactory(slug="drafted", name="Drafted")
    draft.name = "CANARY new name"
    draft.save_revision()
