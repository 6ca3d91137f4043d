"""What the secretariat decides: once, told in the applicant's language, noted with who and when."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from partners.intake.duplicates import Register
from partners.intake.enums import Decision, State
from partners.intake.models import Submission
from partners.intake.services import DecidedAlready, decide
from partners.models import Commitment, Declaration, Membership, Organisation
from tests import factories
from tests.partners.joining.applicant import Applicant, png, upload
from tests.reading import Reading, read, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(world, letters):
    """All tests of this module need both."""


@pytest.fixture
def manager():
    user = get_user_model().objects.create_user("mina", first_name="Mina", last_name="Clay", password="x")
    user.groups.add(Group.objects.get(name="Partner managers"))
    return user


@pytest.fixture
def admin(client, manager):
    client.force_login(manager)
    return client


def address(submission) -> str:
    return reverse("submissions:edit", args=[submission.pk])


def say(client, submission, decision, reason="", **more):
    data = {"decision": decision, "reason": reason, "rounds": submission.rounds, "organisation": "new", **more}
    return client.post(address(submission), data)


def test_accepting_makes_the_organisation_and_all_that_it_said(admin, letters, manager):
    ada = Applicant("fr")
    ada.begin()
    ada.fill("organisation")
    ada.fill("commitment")
    ada.fill("documents", legal_status=upload(), logo=upload("logo.png", png(), "image/png"))
    ada.sign()
    submission = ada.submission
    assert say(admin, submission, "accepted").status_code == 302

    organisation = Organisation.objects.get(slug="cooperativa-valle-hondo")
    assert (organisation.name, organisation.acronym, organisation.type) == ("Cooperativa Valle Hondo", "CVH", "farmers")
    assert (organisation.country_id, organisation.listed, organisation.live) == ("FR", True, True)
    assert (organisation.description_fr, organisation.description_en) == ("Forty farms that share machines.", None)
    assert organisation.logo.width == 40
    today = timezone.localdate().isoformat()
    assert list(Membership.objects.values_list("organisation", "body", "since", "until")) == [
        (organisation.pk, "forum", today, "")
    ]
    declaration = Declaration.objects.get()
    assert (declaration.organisation, declaration.joint_declaration.key, declaration.signed) == (
        organisation,
        "paris",
        today,
    )
    assert declaration.signatures.get().name == "Ada Loam"
    commitment = Commitment.objects.get()
    assert (commitment.organisation, commitment.live, commitment.title_fr) == (
        organisation,
        True,
        "Keep 2,000 hectares covered all winter",
    )
    assert (commitment.start, commitment.end, commitment.baseline, commitment.target) == ("2024", "2030", 0, 2000)
    assert (commitment.unit, commitment.measure_fr) == ("ha", "hectares under winter cover")
    assert [place.code for place in commitment.places.all()] == ["FR"]
    assert [goal.number for goal in commitment.sdgs.all()] == [15]
    submission.refresh_from_db()
    assert (submission.state, submission.organisation, submission.commitment) == (
        State.ACCEPTED,
        organisation,
        commitment,
    )
    assert [(step.before, step.after, step.who, step.user) for step in submission.transitions.all()] == [
        ("draft", "sent", "Ada Loam", None),
        ("sent", "accepted", "Mina Clay", manager),
    ]
    welcome = letters[-1]
    assert welcome.subject.startswith("Bienvenue")
    page = ada.come_back(welcome)
    assert page.links["La page de votre organisation"] == "/fr/partenaires/cooperativa-valle-hondo/"
    for path in ("/fr/partenaires/", "/en/partners/", "/es/socios/"):
        assert read(admin, f"{path}cooperativa-valle-hondo/").h1 == "Cooperativa Valle Hondo"
    # Nothing can be changed any more, neither by its writer nor by a second decision.
    assert ada.get(ada.at("organisation")).h1 == "Bienvenue"
    response = admin.post(address(submission), {"decision": "declined", "reason": "No.", "rounds": 1}, follow=True)
    assert "Nothing was done: it was dealt with meanwhile (Accepted)." in response.content.decode()
    assert Submission.objects.get().state == State.ACCEPTED


def test_what_editors_draft_is_neither_lost_nor_published(admin, manager):
    known = factories.OrganisationFactory(
        name="Cooperativa Valle Hondo",
        slug="valle-hondo",
        listed=False,
        type="",
        description_en="Known.",
        description_fr="",
    )
    known.description_en = "A better text."
    known.save_revision()
    submission = Applicant("fr").apply()
    form = Reading(admin.get(address(submission))).soup.find_all("input", attrs={"name": "organisation"})
    assert [choice["value"] for choice in form] == ["new", str(known.pk)]
    assert say(admin, submission, "accepted", organisation=str(known.pk)).status_code == 302
    known.refresh_from_db()
    assert Organisation.objects.count() == 1
    assert (known.slug, known.listed, known.type) == ("valle-hondo", True, "farmers")
    assert (known.description_en, known.description_fr) == ("Known.", "Forty farms that share machines.")
    assert known.has_unpublished_changes
    draft = known.get_latest_revision_as_object()
    assert (draft.description_en, draft.description_fr) == ("A better text.", "Forty farms that share machines.")
    assert [membership.body for membership in draft.memberships.all()] == ["forum"]
    draft.save_revision().publish()
    assert Membership.objects.count() == Declaration.objects.count() == 1


def test_changes_are_asked_for_and_made(admin, letters):
    ada = Applicant("es")
    submission = ada.apply()
    response = say(admin, submission, "changes")
    assert response.status_code == 200
    assert "Say why: it is all that the sender gets to know." in response.content.decode()
    assert Submission.objects.get().state == State.SENT
    assert say(admin, submission, "changes", "Escriba el calendario con más detalle.").status_code == 302
    asked = letters[-1]
    assert asked.extra_headers["Content-Language"] == "es"
    assert "Escriba el calendario con más detalle." in asked.body
    page = ada.come_back(asked)
    assert "Escriba el calendario con más detalle." in page.text
    ada.fill("commitment", timetable="2025: 700 ha. 2027: 1.400 ha.")
    ada.sign(signer="Eva Loam")
    submission.refresh_from_db()
    assert (submission.state, submission.rounds) == (State.SENT, 2)
    assert [signature.name for signature in submission.signatures.all()] == ["Ada Loam", "Eva Loam"]
    # Who had the first round open decides on nothing.
    response = admin.post(address(submission), {"decision": "accepted", "rounds": "1"}, follow=True)
    assert "Nothing was done" in response.content.decode()
    assert say(admin, submission, "accepted").status_code == 302
    assert Commitment.objects.get().timetable_es == "2025: 700 ha. 2027: 1.400 ha."
    assert [letter.subject[:9] for letter in letters] == [
        "Su solici",
        "Recibida:",
        "Su solici",
        "Recibida:",
        "Le damos ",
    ]


def test_declined_with_a_reason(admin, letters):
    ada = Applicant("ar")
    submission = ada.apply()
    say(admin, submission, "declined", "السبب")
    assert "السبب" in letters[-1].body
    page = ada.come_back(letters[-1])
    assert page.language == ("ar", "rtl")
    assert "السبب" in page.text
    assert not Organisation.objects.exists()


def test_of_two_who_decide_one_does(manager):
    submission = Applicant().apply()
    decide(submission, 1, Decision.ACCEPT, manager)
    with pytest.raises(DecidedAlready):
        decide(submission, 1, Decision.DECLINE, manager, "Why not")
    assert submission.transitions.count() == 2


def test_the_queue_says_what_is_new_what_is_missing_and_what_may_be_the_same(admin):
    factories.OrganisationFactory(name="COOPERATIVA  Válle-Hondo", website="")
    factories.OrganisationFactory(name="Another", website="http://www.valle-hondo.example/en")
    factories.OrganisationFactory(name="Somebody else", website="https://example.org")
    submission = Applicant().apply()
    begun = Applicant()
    begun.begin(email="eve@b.example")
    home = words(Reading(admin.get("/admin/")).soup.main)
    assert "1 submission from a partner or an applicant waits for a decision." in home
    listing = Reading(admin.get(reverse("submissions:index"))).soup
    (row,) = listing.select("table.listing tbody tr")
    assert f"{submission.reference} Cooperativa Valle Hondo" in words(row)
    assert "Logo" in words(row)
    assert "2 organisations" in words(row)
    page = words(Reading(admin.get(address(submission))).soup.main)
    assert "Nobody has opened a link that was sent to this address yet" in page
    assert "COOPERATIVA Válle-Hondo : same name" in page
    assert "Another : same site: valle-hondo.example" in page
    assert "Somebody else" not in page
    assert [likeness.record.name for likeness in Register().like(submission)] == ["Another", "COOPERATIVA  Válle-Hondo"]


def test_what_was_sent_is_text_and_files_are_handed_out_as_such(admin, client):
    ada = Applicant()
    ada.begin(name="<script>alert(1)</script>")
    ada.fill(
        "organisation", organisation='=HYPERLINK("http://evil.example")', description="<img src=x onerror=alert(1)>"
    )
    ada.fill("commitment", title="<b>bold</b>")
    ada.fill("documents", legal_status=upload("<b>.pdf"))
    ada.sign()
    submission = ada.submission
    page = admin.get(address(submission)).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    (file,) = submission.files.all()
    response = admin.get(reverse("submissions:file", args=[submission.pk, file.pk]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="<b>.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    say(admin, submission, "accepted")
    public = read(client, "/en/partners/hyperlinkhttpevilexample/")
    assert public.h1 == '=HYPERLINK("http://evil.example")'
    assert "<img src=x" not in public.html


def test_names_that_addresses_are_not_made_of(admin):
    first, second = Applicant(), Applicant()
    say(admin, first.apply(organisation="مؤسسة التربة"), "accepted")
    say(admin, second.apply(organisation="土壤"), "accepted")
    references = list(Submission.objects.order_by("pk").values_list("reference", flat=True))
    assert list(Organisation.objects.order_by("pk").values_list("slug", flat=True)) == [
        reference.lower() for reference in references
    ]
