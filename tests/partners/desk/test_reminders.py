"""Representatives are reminded before a report is due, when it is, and before silence: each once, in their language."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from partners.desk.models import Reminder, Representative
from partners.desk.people import invite
from partners.desk.reminders import remind
from partners.intake.models import Submission
from partners.models import Commitment
from tests import factories
from tests.partners.desk.partner import Partner, make_partner
from tests.partners.joining.applicant import links

pytestmark = pytest.mark.django_db

DUE = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _here(site, letters):
    """All tests of this module need both."""


@pytest.fixture
def commitment():
    me = make_partner(language="fr")
    made = factories.CommitmentFactory(
        organisation=me.organisation,
        slug="cover",
        title_fr="Couvrir les champs",
        title_en="Cover the fields",
        start="2025",
    )
    Commitment.objects.update(due_on=DUE, silent_on=date(2027, 6, 1))
    return made


@pytest.mark.parametrize(
    ("day", "subject"),
    [
        (date(2026, 5, 1), None),
        (date(2026, 5, 2), "Votre rapport d’avancement est attendu le 1er juin 2026"),
        (date(2026, 5, 31), "Votre rapport d’avancement est attendu le 1er juin 2026"),
        (date(2026, 6, 1), "Votre rapport d’avancement est attendu"),
        (date(2027, 4, 1), "Votre rapport d’avancement est attendu"),
        (date(2027, 4, 2), "À partir du 1er juin 2027, votre engagement sera considéré comme silencieux"),
        (date(2027, 6, 1), None),  # it is silent: the site says so
    ],
)
def test_what_is_reminded_of_on_a_day(commitment, letters, day, subject):
    assert remind(day) == (1 if subject else 0)
    assert [letter.subject for letter in letters] == ([subject] if subject else [])
    if subject:
        assert "Couvrir les champs" in letters[0].body
        assert letters[0].extra_headers["Content-Language"] == "fr"
        assert remind(day) == 0


def test_each_representative_each_occasion_never_twice(commitment, letters):
    invite(commitment.organisation, "Eva", "eva@b.example", "es", told=False)
    Representative.objects.create(
        organisation=commitment.organisation, name="Gone", email="gone@b.example", language="en", removed=timezone.now()
    )
    written = [remind(DUE + timedelta(days=days)) for days in range(-40, 370, 7)]
    assert sum(written) == 6
    assert Reminder.objects.count() == len(letters) == 6
    assert {letter.to[0] for letter in letters} == {"ada@valle-hondo.example", "eva@b.example"}
    # The next year is another occasion.
    Commitment.objects.update(due_on=DUE.replace(year=2028), silent_on=None)
    assert remind(DUE.replace(year=2028)) == 2


def test_who_is_not_reminded(commitment, letters):
    ada = Partner(commitment.organisation.representatives.get())
    ada.post(ada.at("unchanged", "cover"))
    letters.clear()
    assert remind(DUE) == 0  # what was sent waits for the secretariat
    Submission.objects.update(state="declined")
    commitment.organisation.unpublish()
    assert remind(DUE) == 0
    Commitment.objects.update(live=False)
    assert remind(DUE) == 0
    assert not letters


def test_the_letter_is_answered_with_one_press(commitment, letters):
    remind(DUE)
    report, unchanged = links(letters[0])[:2]
    ada = Partner()
    page = ada.get(unchanged)
    assert page.language == ("fr", "ltr")
    assert page.h1 == "Rien n’a changé"
    assert not Submission.objects.exists()  # opening it does nothing
    assert page.links["Nous rendons compte maintenant"] == report
    page = ada.post(unchanged)
    submission = Submission.objects.get()
    assert submission.reference in page.text
    assert (submission.commitment, submission.typed("form")) == (commitment, {"unchanged": "yes"})
    assert not page.response.cookies
    ada.post(unchanged)
    assert Submission.objects.count() == 1
    # The report asks to sign in, and comes back to it.
    page = ada.get(report)
    assert page.soup.find(id="id_onward")["value"] == report
    # Nobody answers for an organisation that they don't speak for any more.
    Representative.objects.update(removed=timezone.now())
    ada.get(unchanged, 404)
    ada.get(unchanged[:-2] + "x/", 404)


def test_the_command_reminds_and_forgets(commitment, letters):
    Commitment.objects.update(due_on=timezone.localdate(), silent_on=None)
    call_command("remind_partners", verbosity=0)
    call_command("remind_partners", verbosity=0)
    assert len(letters) == 1
