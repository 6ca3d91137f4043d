import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from partners.enums import Status
from partners.models import Commitment, CommitmentChange, Evidence, ProgressReport
from partners.status import status_on
from tests.factories import CommitmentFactory, ProgressReportFactory

D = datetime.date


@pytest.fixture
def cover(db):
    return CommitmentFactory(
        slug="cover",
        start="2023-01-01",
        end="2030",
        baseline=1200,
        target=4000,
        unit="ha",
        organisation__name="Trust",
        title="Cover",
    )


def stored(commitment):
    return Commitment.objects.get(pk=commitment.pk)


def test_a_report_says_how_its_commitment_stands(cover):
    assert (stored(cover).course, stored(cover).due_on) == (Status.ANNOUNCED, D(2024, 1, 1))
    report = ProgressReportFactory(commitment=cover, reported_on=D(2024, 1, 1), value=1650)
    found = stored(cover)
    assert (found.course, found.rests_on, found.value) == (Status.ON_COURSE, D(2024, 1, 1), Decimal(1650))
    assert (found.reported_on, found.valued_on) == (D(2024, 1, 1), D(2024, 1, 1))
    assert (found.due_on, found.silent_on) == (D(2025, 1, 1), D(2026, 1, 1))
    report.value = 1201
    report.save()
    assert stored(cover).course == Status.BEHIND
    report.delete()
    assert (stored(cover).course, stored(cover).value) == (Status.ANNOUNCED, None)


@pytest.mark.parametrize("state", ["pending", "declined"])
def test_what_is_not_approved_says_nothing(cover, state):
    report = ProgressReportFactory(commitment=cover, value=4000, state=state)
    assert stored(cover).course == Status.ANNOUNCED
    report.state = "approved"
    report.save()
    assert stored(cover).course == Status.COMPLETED
    report.state = state
    report.save()
    assert stored(cover).course == Status.ANNOUNCED


def test_however_reports_go_the_commitment_knows(cover):
    ProgressReportFactory(commitment=cover, value=4000)
    ProgressReport.objects.all().delete()
    assert stored(cover).course == Status.ANNOUNCED
    report, other = ProgressReportFactory(commitment=cover, value=4000), CommitmentFactory()
    report.commitment = other
    report.save()
    assert stored(cover).course == Status.ANNOUNCED
    assert stored(other).reported_on == report.reported_on
    other.delete()


def test_a_revision_from_before_a_report_does_not_bring_the_old_standing_back(cover):
    revision = cover.save_revision()
    ProgressReportFactory(commitment=cover, value=1650)
    revision.publish()
    assert (stored(cover).course, stored(cover).value) == (Status.ON_COURSE, Decimal(1650))


def test_publishing_says_since_when_it_is_known(db):
    draft = CommitmentFactory(live=False)
    assert (draft.rests_on, draft.due_on) == (None, None)
    draft.save_revision().publish()
    assert stored(draft).rests_on == timezone.localdate()


def test_the_status_of_any_day_is_the_same_in_the_database_and_here(cover):
    ProgressReportFactory(commitment=cover, reported_on=D(2024, 1, 1), value=1650)
    CommitmentFactory(outcome="removed", outcome_on=D(2020, 1, 1))
    CommitmentFactory(start="2016")
    days = [D(2024, 1, 1), D(2024, 12, 31), D(2025, 1, 1), D(2025, 12, 31), D(2026, 1, 1)]
    for day in days:
        for commitment in Commitment.objects.with_status(day):
            assert commitment.status_then == status_on(day, commitment), day
    assert [Commitment.objects.with_status(day).get(slug="cover").status_then for day in days] == [
        "on-course",
        "on-course",
        "report-due",
        "report-due",
        "silent",
    ]
    assert stored(cover).status == Status(Commitment.objects.with_status().get(slug="cover").status_then)


def test_what_is_refused_of_a_report(cover):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with pytest.raises(ValidationError) as refusal:
        ProgressReport(commitment=cover, reported_on=tomorrow, value=1, unchanged=True).full_clean()
    assert refusal.value.message_dict == {
        "reported_on": ["This day is still to come."],
        "unchanged": ["Either a figure, or that nothing has changed."],
    }
    ProgressReport(commitment=cover, reported_on=timezone.localdate(), unchanged=True).full_clean()


def test_the_day_of_a_decision_is_kept(cover):
    report = ProgressReportFactory(commitment=cover, state="pending")
    assert report.decided_on is None
    report.state = "declined"
    report.save()
    assert report.decided_on == timezone.localdate()
    assert str(report) == "Trust: Cover, 2024-01-01"


def test_a_story_in_another_language_is_a_translation(cover):
    report = ProgressReportFactory(commitment=cover, language="fr", story_fr="Semé.", story_en="Sown.")
    assert report.is_translated
    with translation.override("fr"):
        assert not report.is_translated
    with translation.override("es"):
        assert (report.best("story"), report.is_translated) == ("Sown.", True)
    assert not ProgressReport(language="fr").is_translated


def test_evidence_is_an_address_or_a_file(cover):
    report = ProgressReportFactory(commitment=cover)
    for wrong in ({}, {"url": "https://example.org/a", "file": "a.pdf"}):
        with pytest.raises(ValidationError) as refusal:
            Evidence(report=report, title="Register", **wrong).clean()
        assert refusal.value.message_dict == {"file": ["Give an address or a file, one of the two."]}
    with pytest.raises(ValidationError):
        Evidence(report=report, title="Page", file="a.html").full_clean()
    link = Evidence(report=report, title="Register", url="https://example.org/a")
    link.full_clean()
    assert (str(link), link.format) == ("Register", "")
    kept = Evidence.objects.create(report=report, title="Register", file=ContentFile(b"%PDF", name="Our Register.PDF"))
    assert kept.format == "PDF"
    assert kept.file.name.startswith("evidence/")
    assert "register" not in kept.file.name.lower()


def told(commitment):
    return [
        (change.field, change.language, change.before, change.after) for change in commitment.changes.order_by("pk")
    ]


def test_what_changes_once_it_is_public_is_kept(cover):
    cover.target, cover.end = Decimal("3000.5"), "2031"
    cover.goal_en, cover.goal_fr = "Less cover.", "Un couvert."
    cover.save()
    assert told(cover) == [
        ("end", "", "2030", "2031"),
        ("target", "", "4000", "3000.5"),
        ("goal", "en", "Living cover all winter.", "Less cover."),
    ]
    assert {change.day for change in cover.changes.all()} == {timezone.localdate()}
    cover.save()
    cover.goal_fr = "Un autre couvert."
    cover.outcome, cover.outcome_on = "ended-early", D(2026, 1, 1)
    cover.save()
    assert told(cover)[3:] == [("outcome", "", "", "ended-early"), ("goal", "fr", "Un couvert.", "Un autre couvert.")]
    assert str(cover.changes.last()).endswith(": end")


def test_drafts_have_no_history(db):
    draft = CommitmentFactory(live=False, target=5, baseline=1, unit="ha")
    draft.target = 6
    draft.save()
    draft.target = 7
    draft.save_revision().publish()
    assert not CommitmentChange.objects.exists()
    draft.refresh_from_db()
    draft.target = 8
    draft.save_revision()  # a new draft of what is public
    assert not CommitmentChange.objects.exists()
    draft.latest_revision.publish()
    assert told(draft) == [("target", "", "7", "8")]
    draft.refresh_from_db()
    draft.unpublish()
    assert len(told(draft)) == 1


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"baseline": 5, "target": 5, "unit": "ha"}, {"target": ["The target is where it starts already."]}),
        ({"baseline": 0, "target": 5}, {"unit": ["Say what the baseline and the target are measured in."]}),
        ({"start": "2030", "end": "2029-12-31"}, {"end": ["It can’t end before it starts."]}),
        ({"start": "2030", "end": "2030"}, {}),
        ({"start": "nonsense", "end": "2030"}, {}),
        ({"outcome": "removed"}, {"outcome_on": ["An outcome has a day, and a day has an outcome."]}),
        ({"outcome_on": D(2020, 1, 1)}, {"outcome_on": ["An outcome has a day, and a day has an outcome."]}),
        ({"outcome": "removed", "outcome_on": D(2999, 1, 1)}, {"outcome_on": ["This day is still to come."]}),
    ],
)
def test_what_a_commitment_cannot_say(fields, errors):
    found = {}
    try:
        Commitment(**fields).clean()
    except ValidationError as refusal:
        found = refusal.message_dict
    assert found == errors
