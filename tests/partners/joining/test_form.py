"""The form, step by step: nothing typed is lost, nothing is sent twice, what is signed is what was shown."""

import errno
import hashlib
from dataclasses import replace

import pytest

from initiative.base import drawing
from initiative.base.drawing import DrawingError
from partners.intake.enums import Kind, State
from partners.intake.forms.step import MOST
from partners.intake.models import Submission
from partners.intake.services import begin
from partners.joining.doors import DRAWN
from partners.joining.models import DeclarationVersion, Signature
from tests.partners.joining.applicant import Applicant, links, upload
from tests.reading import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(world, letters):
    """All tests of this module need both."""


def test_from_the_first_page_to_the_receipt(letters):
    ada = Applicant()
    page = ada.begin()
    assert page.h1 == "Your organisation"
    assert not page.response.cookies
    assert page.response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.response.headers["Cache-Control"]
    begun = letters[-1]
    assert begun.to == ["ada@valle-hondo.example"]
    assert begun.subject == "Your application to the “4 per 1000” Initiative"
    assert "Loam" not in begun.body

    other_device = Applicant()
    # Programs that look through letters open links: that confirms nothing.
    for _look in range(2):
        page = other_device.get(links(begun)[0])
        assert (page.h1, "ada@valle-hondo.example" in page.text) == ("Your application", True)
    assert ada.submission.address_confirmed is None
    page = other_device.come_back(begun)
    assert page.h1 == "Your organisation"
    assert other_device.come_back(begun).h1 == "Your organisation"  # asked once
    assert other_device.submission.address_confirmed is not None
    assert other_device.fill("organisation").h1 == "Your commitment"
    assert other_device.fill("commitment").h1 == "Documents"
    page = other_device.fill("documents", legal_status=upload("statutes.pdf"))
    assert page.h1 == "Check and send"
    assert "Keep 2,000 hectares covered all winter" in page.text
    assert "15. Life on land" in page.text
    assert "The full wording" not in page.text
    assert "What you sign is the summary that you see here" in page.text
    page = other_device.sign()
    assert page.h1 == "Received. Thank you"
    submission = other_device.submission
    assert (submission.state, submission.rounds, submission.subject) == (State.SENT, 1, "Cooperativa Valle Hondo")
    assert page.facts["Reference"] == submission.reference
    receipt = letters[-1]
    assert receipt.subject == f"Received: your application {submission.reference}"
    (name, content, media_type) = receipt.attachments[0]
    assert (name, media_type, content[:5]) == (f"{submission.reference}.pdf", "application/pdf", b"%PDF-")
    signature = Signature.objects.get()
    assert (signature.name, signature.function, signature.language) == ("Ada Loam", "Director", "en")
    version = signature.version
    assert (version.number, version.language, version.is_summary) == (1, "en", True)
    assert version.text == "It gives a seat.\n\nIt is signed."
    assert version.digest == hashlib.sha256(version.text.encode()).hexdigest()
    assert "The goal you set yourself\n  No bare soil between November and March." in signature.statement
    assert len(letters) == 2
    assert links(receipt)[0] in links(begun)


def test_what_is_wrong_is_said_and_what_was_typed_is_kept():
    ada = Applicant()
    ada.begin()
    page = ada.fill("organisation", website="valle hondo", type="", description="Forty farms")
    assert page.h1 == "Your organisation"
    assert page.with_text("h2", "2 answers need another look")
    assert page.links["Write the web address in full, starting with https://"] == "#id_website"
    assert page.links["Choose what kind of partner you are"] == "#id_type_0"
    assert page.soup.find(id="id_website")["value"] == "valle hondo"
    assert page.soup.find(id="id_website")["aria-invalid"] == "true"
    # It is a page of its own, with what is kept: to go back to it, or to load it again, sends nothing.
    assert ada.path == f"{ada.at('organisation')}?look"
    again = ada.client.get(ada.path)
    assert (again.headers["Cache-Control"], again.cookies) == (page.response.headers["Cache-Control"], {})
    assert "no-store" in again.headers["Cache-Control"]
    assert Reading(again).links == page.links
    # The tab is closed; the link opens the form where it was left, with all that was typed and nothing said against it.
    other = Applicant()
    page = other.come_back_to(ada)
    assert page.h1 == "Your organisation"
    assert page.soup.find(id="id_website")["value"] == "valle hondo"
    assert page.soup.find(id="id_description").text.strip() == "Forty farms"
    assert not page.soup.select(".errors, .err")
    # The check says where something is missing, and signs nothing.
    page = ada.get(ada.at("check"))
    assert page.soup.find("input", attrs={"name": "statement"}) is None
    assert [heading.text for heading in page.soup.select(".answers.wrong h2")] == [
        "Your organisation",
        "Your commitment",
        "Documents",
    ]
    response = ada.client.post(ada.at("check"), {"signer": "A", "signer_function": "B", "sign": "on", "publish": "on"})
    assert response.status_code == 200
    assert ada.submission.state == State.DRAFT


@pytest.mark.parametrize("button", ["", "later", "drop"])
@pytest.mark.parametrize(("field", "said"), [("goal", "at most 5000 characters"), ("target", "Write a number")])
def test_what_is_longer_than_anything_kept_stays_in_the_page_which_says_so(field, said, button):
    """Of an answer so many letters are kept: who leaves for now would find the rest gone."""
    ada = Applicant()
    ada.begin()
    ada.fill("organisation")
    long = "soil " * (MOST // 5) + "the end"
    page = ada.fill("commitment", **{field: long}, **({button: "1"} if button else {}))
    assert ada.path == ada.at("commitment")
    assert said in page.soup.select_one(".errors").text
    shown = page.soup.find(id=f"id_{field}")
    assert shown.get("value", shown.text.strip("\n")) == long


def test_a_file_that_is_not_taken_is_told_of_at_once():
    """Nothing is kept of it, so no page could tell of it later."""
    ada = Applicant()
    ada.begin()
    page = ada.fill("documents", legal_status=upload(content=b"MZ"))
    assert ada.path == ada.at("documents")
    assert page.with_text("h2", "One answer needs another look")
    assert "file.pdf" in page.soup.select_one(".errors").text
    # Nothing was given at all: that can be told of what is kept.
    page = ada.fill("documents")
    assert ada.path == f"{ada.at('documents')}?look"
    assert page.with_text("h2", "One answer needs another look")
    assert page.soup.select_one(".errors a")["href"] == "#id_legal_status"


def test_what_is_typed_is_kept_by_itself_and_what_comes_late_undoes_nothing():
    ada = Applicant()
    ada.begin()
    keep = f"{ada.at('organisation')}keep/"
    sent = [("3", "Valle"), ("2", "Val"), ("9", "Valle Hondo"), ("x", "No turn, so the first of all")]
    answers = [
        ada.client.post(keep, {"page": "a", "turn": turn, "organisation": name}).status_code for turn, name in sent
    ]
    assert answers == [204, 204, 204, 204]
    assert ada.submission.typed("organisation") == {"organisation": "Valle Hondo"}
    # Another page is another person's, or another device: it begins to count anew.
    ada.client.post(
        keep, {"page": "b", "turn": "1", "organisation": "Otra", "state": "accepted", "email": "eve@evil.example"}
    )
    submission = ada.submission
    assert submission.typed("organisation") == {"organisation": "Otra"}
    assert (submission.state, submission.email) == (State.DRAFT, "ada@valle-hondo.example")
    # A name that no page has, and that PostgreSQL could not keep, is none.
    sent = {"page": "\U000fb10b\x00", "turn": "1", "organisation": "Hondo"}
    assert ada.client.post(keep, sent).status_code == 204
    assert ada.submission.answers["pages"] == {"organisation": ["b", 1]}
    ada.fill("organisation")
    ada.fill("commitment")
    ada.fill("documents", legal_status=upload())
    ada.sign()
    assert ada.client.post(keep, {"organisation": "Too late"}).status_code == 409
    assert ada.submission.typed("organisation")["organisation"] == "Cooperativa Valle Hondo"


def test_pressed_twice_it_is_one(letters):
    ada = Applicant()
    page = ada.get(ada.first)
    press = page.soup.find("input", attrs={"name": "press"})["value"]
    paths = {ada.begin_with(press).response.redirect_chain[-1][0] for _press in range(3)}
    assert len(paths) == 1
    # Gone back, mended, sent again: still the one.
    ada.begin_with(press, name="Ada B. Loam")
    assert [submission.name for submission in Submission.objects.all()] == ["Ada B. Loam"]
    assert len(letters) == 1
    ada.fill("organisation")
    ada.fill("commitment")
    ada.fill("documents", legal_status=upload())
    page = ada.get(ada.at("check"))
    shown = page.soup.find("input", attrs={"name": "statement"})["value"]
    signed = {"statement": shown, "signer": "Ada", "signer_function": "D", "sign": "on", "publish": "on"}
    assert [ada.post(ada.at("check"), signed).h1 for _press in range(2)] == ["Received. Thank you"] * 2
    assert (len(letters), Signature.objects.count(), ada.submission.rounds) == (2, 1, 1)
    assert ada.begin_with(press).h1 == "Received. Thank you"


def test_the_consortium_asks_whether_one_is_non_profit_and_says_why():
    ada = Applicant()
    ada.begin()
    page = ada.fill("organisation", body="consortium")
    assert "#id_non_profit_0" in page.links.values()
    for answers in ({"non_profit": "no"}, {"non_profit": "yes", "type": "companies"}):
        page = ada.fill("organisation", body="consortium", **answers)
        assert page.h1 == "Your organisation"
        (why,) = [text for text, to in page.links.items() if to == "#id_body_0"]
        assert why.startswith("The Consortium decides the Initiative’s policy, work programme and budget")
        assert why.endswith("choose the Forum.")
    assert ada.fill("organisation", body="consortium", non_profit="yes").h1 == "Your commitment"
    ada.fill("commitment")
    page = ada.fill("documents", legal_status=upload())
    assert "We, the members, decide." in page.text
    assert "What you sign is the summary" not in page.text
    ada.sign()
    version = DeclarationVersion.objects.get()
    assert (version.title, version.is_summary) == ("The Marrakech declaration", False)


def test_a_company_joins_the_forum_and_sends_no_proof():
    ada = Applicant()
    ada.begin()
    ada.fill("organisation", type="companies")
    page = ada.fill("commitment")
    assert page.h1 == "Documents"
    assert page.soup.find(id="id_legal_status") is None
    assert ada.fill("documents").h1 == "Check and send"


def test_nobody_signs_what_was_changed_meanwhile():
    ada = Applicant()
    ada.begin()
    ada.fill("organisation")
    ada.fill("commitment")
    ada.fill("documents", legal_status=upload())
    shown = ada.get(ada.at("check")).soup.find("input", attrs={"name": "statement"})["value"]
    ada.fill("commitment", goal="Half of it.")
    page = ada.sign(statement=shown)
    assert page.h1 == "Check and send"
    assert page.with_text("li", "An answer was changed meanwhile, on another page. Read all of it again, then sign.")
    assert page.soup.find(id="id_signer")["value"] == "Ada Loam"
    assert not Signature.objects.exists()
    assert ada.sign().h1 == "Received. Thank you"


def test_each_language_has_it_and_answers_stay_when_it_is_changed(letters):
    ada = Applicant("fr")
    page = ada.begin()
    assert page.language == ("fr", "ltr")
    assert letters[-1].extra_headers["Content-Language"] == "fr"
    page = ada.fill("commitment", target="2 000,5")
    assert ada.submission.typed("commitment")["target"] == "2000.5"
    spanish = ada.get(page.languages["es"])
    assert spanish.language == ("es", "ltr")
    english = ada.get(page.languages["en"].replace("/organisation/", "/commitment/"))
    assert english.language == ("en", "ltr")
    ada.path = page.languages["en"]
    assert ada.get(ada.at("commitment")).soup.find(id="id_target")["value"] == "2000.5"
    ada.path = page.languages["fr"]
    assert ada.get(ada.at("commitment")).soup.find(id="id_target")["value"] == "2000,5"
    arabic = ada.get(page.languages["ar"])
    assert arabic.language == ("ar", "rtl")


def test_searchers_find_the_first_page_alone_and_are_told_what_it_is():
    def said(page):
        return {
            meta["name"]: meta["content"]
            for meta in page.soup.find_all("meta", attrs={"name": ["description", "robots"]})
        }

    ada = Applicant()
    assert said(ada.get("/en/application/")) == {
        "description": "Apply to join the Forum of partners or the Consortium of members. First, tell us who is writing."
    }
    assert "X-Robots-Tag" not in ada.get("/en/application/").response.headers
    page = ada.begin()
    assert (said(page), page.response.headers["X-Robots-Tag"]) == ({"robots": "noindex"}, "noindex")


def test_machines_and_crowds_are_kept_out(letters):
    robot = Applicant()
    assert robot.begin(url="https://spam.example/").h1 == "About you"
    assert robot.begin(seconds=0).with_text("h2", "One answer needs another look")
    assert not Submission.objects.exists()
    # One address gets five letters a day, whoever causes them; one visitor ten an hour.
    pages = [
        Applicant(REMOTE_ADDR=f"203.0.113.{number}").begin(status=429 if number > 5 else 200) for number in range(1, 7)
    ]
    assert pages[-1].with_text(
        "li", "Too many applications were begun from here, or for this address. Try again later."
    )
    assert pages[-1].soup.find(id="id_name")["value"] == "Ada Loam"
    for number in range(11):
        Applicant(REMOTE_ADDR="198.51.100.7").begin(email=f"a{number}@b.example", status=429 if number == 10 else 200)
    assert Submission.objects.count() == len(letters) == 15


def test_nobody_begins_what_another_page_will_ask_for():
    """What a partner presses on the desk has a name that can be guessed."""
    ada = Applicant()
    ada.begin_with("unchanged 17 2026-03-01")
    _submission, is_new = begin("unchanged 17 2026-03-01", Kind.REPORT)
    assert is_new


def test_the_database_does_not_know_what_sends_a_page_again(settings):
    ada = Applicant()
    ada.begin_with("a" * 32)
    assert "a" * 32 not in ada.submission.press
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [settings.SECRET_KEY]
    ada.begin_with("a" * 32)
    assert Submission.objects.count() == 1
    ada.begin_with(ada.submission.press)
    assert Submission.objects.count() == 2


def test_a_declaration_is_drawn_so_often_and_no_more(monkeypatch):
    ada = Applicant()
    ada.apply()
    monkeypatch.setattr("partners.joining.views.signed_declaration", lambda *_arguments: b"%PDF-")
    path = f"/en/application/{ada.submission.token}/declaration.pdf"
    answers = [ada.client.get(path) for _turn in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert "Too much at once" in answers[-1].content.decode()


def test_an_application_is_sent_though_it_cannot_be_drawn_and_its_page_draws_it_later(letters, monkeypatch, caplog):
    def broken(*_arguments, **_facts):
        raise DrawingError("what draws ended twice")

    monkeypatch.setattr("partners.joining.pdf.drawn", broken)
    ada = Applicant()
    ada.begin()
    ada.come_back(letters[-1])
    for name, answers in (("organisation", {}), ("commitment", {}), ("documents", {"legal_status": upload("a.pdf")})):
        ada.fill(name, **answers)
    ada.sign()
    assert (ada.submission.state, Signature.objects.count()) == (State.SENT, 1)
    assert (letters[-1].subject, letters[-1].attachments) == (
        f"Received: your application {ada.submission.reference}",
        [],
    )
    assert "Where it stands, with what was signed as a PDF:" in letters[-1].body
    assert "Say here" not in letters[-1].body
    assert f"What was signed couldn't be drawn: {ada.submission.reference}" in caplog.text
    path = f"/en/application/{ada.submission.token}/declaration.pdf"
    ada.client.raise_request_exception = False
    monkeypatch.setattr("partners.joining.views.DRAWN", replace(DRAWN, times=1))
    ada.client.get(path)
    later = ada.client.get(path)  # the one before isn't counted
    assert (later.status_code, later.headers["Retry-After"]) == (503, "5")
    monkeypatch.undo()
    assert ada.client.get(path).content.startswith(b"%PDF-")


def test_nor_does_it_wait_where_the_machine_has_no_room_for_what_draws(letters, monkeypatch):
    def refused(*_arguments, **_options):
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    ada = Applicant()
    ada.begin()
    ada.come_back(letters[-1])
    for name, answers in (("organisation", {}), ("commitment", {}), ("documents", {"legal_status": upload("a.pdf")})):
        ada.fill(name, **answers)
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "_drawer", drawing._Drawer())
        patch.setattr(drawing.subprocess, "Popen", refused)
        ada.sign()
    assert (ada.submission.state, Signature.objects.count()) == (State.SENT, 1)
    assert letters[-1].subject == f"Received: your application {ada.submission.reference}"
    assert letters[-1].attachments == []


def test_only_its_own_link_opens_it(letters):
    ada = Applicant()
    ada.begin()
    token = ada.submission.token
    for wrong in (
        ada.submission.letter_token,
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        "a" * 22 + "." + "b" * 22,
    ):
        for name in ("", "organisation/", "check/", "declaration.pdf"):
            assert ada.client.get(f"/en/application/{wrong}/{name}").status_code == 404
            assert ada.client.post(f"/en/application/{wrong}/{name}", {}).status_code in (404, 405)
    assert ada.client.get(f"/en/application/back/{token}/").status_code == 404
    assert ada.client.get(f"/en/application/{token}/nonsense/").status_code == 404
    assert ada.client.get(f"/en/application/{token}/declaration.pdf").status_code == 404
    elsewhere = Applicant()
    elsewhere.client = elsewhere.client_class(headers={"origin": "https://evil.example"})
    assert elsewhere.client.post(f"/en/application/{token}/organisation/", {}).status_code == 403
    ada.client.post(f"/en/application/{token}/link/")
    assert len(letters) == 2
    assert links(letters[0])[0] == links(letters[1])[0]


def test_a_form_takes_its_own_fields_and_nothing_else():
    ada = Applicant()
    ada.begin()
    extra = {
        "state": "accepted",
        "rounds": "7",
        "reference": "AAAA-AAAA",
        "language": "xx",
        "kind": "report",
        "key": "x",
        "address_confirmed": "2020-01-01",
        "organisation_id": "1",
        "listed": "on",
        "live": "on",
        "slug": "x",
    }
    before = ada.submission
    for name in ("contact", "organisation", "commitment", "documents"):
        ada.fill(name, **extra)
    after = ada.submission
    for name in ("state", "rounds", "reference", "key", "kind", "address_confirmed", "organisation_id", "language"):
        assert getattr(after, name) == getattr(before, name)
    kept = {field for step in ("contact", "organisation", "commitment", "documents") for field in after.typed(step)}
    assert not kept & extra.keys()
