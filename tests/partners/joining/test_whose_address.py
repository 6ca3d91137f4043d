"""Whose address an application has: who says so, what is written to whom until then, and how long it is kept."""

import pytest

from initiative.letters.models import Letter
from partners.intake.enums import State
from partners.intake.models import Submission
from tests.partners.joining.applicant import Applicant, links, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(world, letters):
    """All tests of this module need both."""


def test_an_address_that_is_mended_gets_a_letter_of_its_own(letters):
    ada = Applicant()
    ada.begin(email="ada@valle-hond.example")
    ada.come_back(letters[-1])
    assert ada.submission.address_confirmed
    ada.fill("contact", email="ada@Valle-Hondo.example")
    assert [letter.to for letter in letters] == [["ada@valle-hond.example"], ["ada@valle-hondo.example"]]
    assert ada.submission.address_confirmed is None


def test_a_link_confirms_the_address_that_it_was_written_to_and_no_other(letters):
    ada = Applicant()
    ada.begin(email="ada@valle-hondo.example")
    first = links(letters[-1])[0]
    ada.fill("contact", email="director@fao.example")
    assert ada.get(first).h1 == "Your organisation"  # it opens the application as ever
    assert ada.submission.address_confirmed is None
    path, _mark, proof = first.partition("?to=")
    for wrong in (first, path, f"{path}?to={proof[::-1]}"):
        ada.get(wrong)
        ada.post(wrong, {})
    assert ada.submission.address_confirmed is None
    ada.come_back(letters[-1])
    assert ada.submission.address_confirmed


def test_another_address_on_the_first_page_sent_again_is_not_confirmed_and_gets_a_letter(letters):
    ada = Applicant()
    ada.begin_with("a" * 32, email="ada@valle-hondo.example")
    ada.come_back(letters[-1])
    assert ada.submission.address_confirmed
    ada.begin_with("a" * 32, email="ada@valle-hondo.example")
    assert ada.submission.address_confirmed
    ada.begin_with("a" * 32, email="director@fao.example")
    assert Submission.objects.count() == 1
    assert (ada.submission.email, ada.submission.address_confirmed) == ("director@fao.example", None)
    assert [letter.to for letter in letters] == [["ada@valle-hondo.example"], ["director@fao.example"]]


def test_an_address_that_nobody_confirmed_gets_nothing_of_whoever_gave_it(letters):
    """The form is no way to write to strangers: with a throw-away address it is begun, with theirs it is signed."""
    eve = Applicant()
    eve.begin(name="Buy now", email="eve@throw-away.example")
    eve.come_back(letters[-1])
    eve.fill("organisation", organisation="Buy now", description="Buy now", website="https://buy.example")
    eve.fill("commitment", title="Buy now", goal="Buy now")
    eve.fill("documents", legal_status=upload("buy.pdf"))
    eve.fill("contact", function="Buy now", email="victim@fao.example", phone="Buy now")
    page = eve.sign(signer="Buy now", signer_function="Buy now")
    assert page.h1 == "Received. Thank you"
    assert "A receipt with a PDF" not in page.text
    assert "Please open the link in one of our letters" in page.text
    moved, receipt = letters[1:]
    reference = eve.submission.reference
    assert receipt.subject == f"Received: your application {reference}"
    for letter in (moved, receipt):
        assert (letter.to, letter.attachments) == (["victim@fao.example"], [])
        assert "buy" not in f"{letter.subject} {letter.body}".lower()
    assert reference in receipt.body
    # Its reader says that it is theirs, and has the PDF.
    victim = Applicant()
    assert victim.get(links(receipt)[0]).h1 == "Your application"
    page = victim.come_back(receipt)
    assert "Please open the link" not in page.text
    assert "A receipt with a PDF" not in page.text
    answer = victim.client.get(page.links["What was signed (PDF)"])
    assert answer.headers["Content-Type"] == "application/pdf"
    assert eve.submission.address_confirmed


def test_an_address_that_nobody_confirmed_gets_five_letters_a_day_whatever_they_are(letters):
    def apply(number: int) -> Applicant:
        one = Applicant(REMOTE_ADDR=f"203.0.113.{number}")
        one.apply()
        return one

    first, second = apply(1), apply(2)
    assert len(letters) == 4
    third = apply(3)
    assert [letter.subject[:8] for letter in letters] == ["Your app", "Received", "Your app", "Received", "Your app"]
    # It came all the same, and the page says so; the link may be asked for tomorrow.
    assert {one.submission.state for one in (first, second, third)} == {State.SENT}
    page = third.get(f"/en/application/{third.submission.token}/")
    assert page.facts["Reference"] == third.submission.reference
    assert third.post(f"/en/application/{third.submission.token}/link/", {}, status=429).h1 == "Not sent again"
    assert len(letters) == 5


def test_who_confirmed_gets_the_receipt_however_many_letters_there_were(letters):
    ada = Applicant()
    ada.begin()
    ada.come_back(letters[-1])
    for number in range(4):
        Applicant(REMOTE_ADDR=f"203.0.113.{number}").begin()
    ada.fill("organisation")
    ada.fill("commitment")
    ada.fill("documents", legal_status=upload())
    ada.sign()
    assert [name for name, *_rest in letters[-1].attachments] == [f"{ada.submission.reference}.pdf"]


@pytest.mark.parametrize("more", [{}, {"later": ""}])
def test_an_address_that_got_too_many_letters_is_not_moved_to(letters, more):
    for number in range(1, 6):
        Applicant(REMOTE_ADDR=f"203.0.113.{number}").begin(email="victim@fao.example")
    ada = Applicant()
    ada.begin()
    ada.come_back(letters[-1])
    count = len(letters)
    page = ada.fill("contact", email="Victim@fao.example", phone="12 34", **more)
    assert page.h1 == "About you"
    told = "Too many letters were sent from here, or to this address. Ours still go to ada@valle-hondo.example; try again later."
    assert page.links[told] == "#id_email"
    assert page.soup.find(id="id_email")["value"] == "Victim@fao.example"
    submission = ada.submission
    assert (submission.email, bool(submission.address_confirmed)) == ("ada@valle-hondo.example", True)
    assert (submission.typed("contact")["email"], submission.typed("contact")["phone"]) == (submission.email, "12 34")
    assert len(letters) == count
    ada.fill("organisation")
    ada.fill("commitment")
    ada.fill("documents", legal_status=upload())
    assert ada.sign().h1 == "Received. Thank you"
    assert letters[-1].to == ["ada@valle-hondo.example"]


def test_one_is_told_how_long_it_is_kept(letters):
    ada = Applicant()
    ada.begin()
    week = "What nobody confirms is deleted a week after the last change."
    assert week in letters[-1].body
    later = f"/en/application/{ada.submission.token}/?later"
    assert week in ada.get(later).text
    ada.come_back(letters[-1])
    page = ada.get(later)
    assert week not in page.text
    assert "What nobody has written on for six months is deleted." in page.text
    ada.client.post(f"/en/application/{ada.submission.token}/link/")
    assert week not in letters[-1].body
    assert "What nobody has written on for six months is deleted." in letters[-1].body
    Submission.objects.update(rounds=1, address_confirmed=None)
    Letter.objects.all().delete()  # one a minute is written
    ada.client.post(f"/en/application/{ada.submission.token}/link/")
    assert len(letters) == 3
    assert "deleted" not in letters[-1].body
