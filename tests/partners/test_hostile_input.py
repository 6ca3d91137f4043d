"""What attackers send, by the form for joining and at the desk: refused with words that help, with nothing else lost, or shown as
the text that it is."""

import csv
import io

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from partners.desk.models import Representative
from partners.intake.models import Submission
from partners.intake.uploads import MEGABYTE
from partners.models import Commitment, Organisation
from tests import factories
from tests.partners.desk.partner import Partner, make_partner
from tests.partners.intake.test_uploads import HTML, SVG, bomb, with_exif
from tests.partners.joining.applicant import COMMITMENT, Applicant, png, upload
from tests.reading import read

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://evil.example","x")'
INJECTED = [
    "ada@x.example\nBcc: all@x.example",
    "ada@x.example\r\n\r\nBuy!",
    "ada@x.example,all@x.example",
    "ada@x.example%0ABcc:all@x.example\n",
]
LOGOS = [
    ("logo.png", png() + b"\0" * 11 * MEGABYTE, "“logo.png” is larger than 5 MB."),
    ("logo.svg", SVG, "SVG is not taken."),
    ("logo.png", SVG, "“logo.png” is not what its name says"),
    ("logo.png", bomb(), "“logo.png” has more than 10 million pixels."),
    ("logo.png", with_exif("PNG", b"XXXXXXXXYYYY"), "“logo.png” is damaged"),
]
PAPERS = [
    ("paper.pdf", HTML, "“paper.pdf” is not what its name says"),
    ("paper.pdf", b"%PDF-1.7\n" + b"\0" * 11 * MEGABYTE + b"%%EOF", "“paper.pdf” is larger than 10 MB."),
    ("paper.png", bomb(), "“paper.png” has more than 20 million pixels."),
    ("paper.svg", SVG, "“paper.svg” is not what its name says"),
]


@pytest.fixture(autouse=True)
def _here(world, letters):
    """All tests of this module need both."""


@pytest.fixture
def accept(client):
    """Accept what was sent last."""
    mina = get_user_model().objects.create_superuser("mina", password="x")

    def say() -> None:
        client.force_login(mina)
        submission = Submission.objects.latest("pk")
        path = reverse("submissions:edit", args=[submission.pk])
        assert SCRIPT not in client.get(path).content.decode()
        assert SCRIPT not in client.get(reverse("submissions:index")).content.decode()
        assert client.post(path, {"decision": "accepted", "rounds": submission.rounds}).status_code == 302
        client.logout()
        submission.refresh_from_db()
        assert submission.state == "accepted"

    return say


def read_csv(client, path: str) -> list[dict[str, str]]:
    """The rows of a table, from an address of open data or of the admin."""
    content = client.get(path, {"export": "csv"}).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def formulas(rows: list[dict[str, str]]) -> list[str]:
    """The cells that a spreadsheet would work out."""
    return [cell for row in rows for cell in row.values() if cell and cell[0] in "=+-@\t\r"]


def partner() -> Partner:
    me = make_partner(slug="valle-hondo", name="Ada Loam")
    factories.CommitmentFactory(organisation=me.organisation, slug="cover")
    return Partner(me)


@pytest.mark.parametrize(("name", "content", "message"), LOGOS, ids=lambda value: str(value)[:12])
def test_a_logo(name, content, message):
    ada = Applicant()
    ada.begin()
    ada.fill("organisation")
    page = ada.fill("documents", logo=upload(name, content, "image/png"), legal_status=upload("statutes.pdf"))
    assert message in page.text
    assert "statutes.pdf" in page.text
    assert [file.name for file in ada.submission.files.all()] == ["statutes.pdf"]
    eve = partner()
    typed = {"name": "Valle Hondo", "description_en": "Words that stay.", "logo": upload(name, content, "image/png")}
    page = eve.send(eve.at("new", "profile"), typed)
    assert message in page.text
    assert page.soup.find(id="id_description_en").text.strip() == "Words that stay."
    assert not Submission.objects.get(kind="profile").files.exists()


@pytest.mark.parametrize(("name", "content", "message"), PAPERS, ids=lambda value: str(value)[:12])
def test_a_paper(name, content, message):
    ada = Applicant()
    ada.begin()
    ada.fill("organisation")
    page = ada.fill("documents", legal_status=upload(name, content), logo=upload("logo.png", png(), "image/png"))
    assert message in page.text
    assert [file.name for file in ada.submission.files.all()] == ["logo.png"]
    eve = partner()
    typed = {"day": timezone.localdate().isoformat(), "story": "Words that stay.", "links": ""}
    page = eve.send(eve.at("report", "cover"), {**typed, "evidence": [upload(name, content), upload("right.pdf")]})
    assert message in page.text
    assert page.soup.find(id="id_story").text.strip() == "Words that stay."
    assert [file.name for file in Submission.objects.get(kind="report").files.all()] == ["right.pdf"]


@pytest.mark.parametrize("address", INJECTED)
def test_an_address_with_more_in_it_writes_to_nobody(address):
    before = len(mail.outbox)
    page = Applicant().begin(email=address)
    assert "Write an e-mail address such as name@example.org" in page.text
    eve = partner()
    eve.post(eve.at("people"), {"name": "Eve", "email": address, "language": "en"})
    page = eve.post("/en/partners-desk/", {"email": address, "opened": "", "url": ""})
    assert "Write an e-mail address such as name@example.org" in page.text
    assert Representative.objects.count() == 1
    assert len(mail.outbox) == before


def test_names_with_line_breaks_stay_in_their_line():
    """A subject, a head and a list are lines: what is put into them has none of its own."""
    hostile = "Ada\r\nBcc: all@x.example\r\n\r\nBuy!"
    ada = Applicant()
    ada.begin(name=hostile)
    ada.fill("organisation", organisation=hostile)
    ada.fill("commitment", title=hostile)
    ada.fill("documents", legal_status=upload("a\r\nBcc: all@x.example.pdf"))
    ada.sign(signer=hostile)
    eve = partner()
    eve.post(eve.at("people"), {"name": hostile, "email": "zed@x.example", "language": "en"})
    eve.send(eve.at("new", "commitment"), {**COMMITMENT, "title": hostile})
    assert len(mail.outbox) == 4
    for message in mail.outbox:
        raw = message.message()
        assert set(raw.keys()) <= {
            "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID",
            "Auto-Submitted", "Content-Language",
        }  # fmt: skip
        assert len(message.recipients()) == 1
    for submission in Submission.objects.all():
        assert "\n" not in submission.name + submission.subject + "".join(file.name for file in submission.files.all())


@pytest.mark.parametrize("where", ["joining", "desk"])
def test_scripts_and_formulas_are_text_on_the_page_and_no_formula_in_a_table(client, accept, where):
    typed = {**COMMITMENT, "title": FORMULA, "goal": f"{SCRIPT} goal", "measure": SCRIPT}
    if where == "joining":
        ada = Applicant()
        ada.begin(name=SCRIPT)
        ada.fill("organisation", organisation=FORMULA, acronym="@SUM(A1)", description=SCRIPT)
        ada.fill("commitment", **typed)
        ada.fill("documents", legal_status=upload(f"{SCRIPT}.pdf"))
        assert SCRIPT not in ada.get(ada.at("check")).html
        ada.sign(signer=SCRIPT)
    else:
        ada = Partner(make_partner(name=SCRIPT, slug="valle-hondo"))
        ada.send(ada.at("new", "commitment"), typed)
        assert SCRIPT not in ada.get(ada.at("people")).html
        assert SCRIPT not in ada.get(ada.path).html
        accept()
        values = {"name": FORMULA, "acronym": "@SUM(A1)", "country": "FR", "website": "", "description_en": SCRIPT}
        ada.send(ada.at("new", "profile"), values)
    accept()
    organisation, commitment = Organisation.objects.get(), Commitment.objects.get()
    for path, shown in (
        (f"/en/partners/{organisation.slug}/", FORMULA),
        (f"/en/commitments/{commitment.slug}/", FORMULA),
        ("/en/partners/", FORMULA),
        ("/en/commitments/", FORMULA),
        ("/en/partners/countries/fr/", FORMULA),
    ):
        page = read(client, path)
        assert SCRIPT not in page.html
        assert shown in page.text
    for name, column in (("partners", "name"), ("commitments", "title_en"), ("partners", "acronym")):
        (row,) = read_csv(client, f"/api/v1/{name}.csv")
        assert row[column] == {"acronym": "'@SUM(A1)"}.get(column, f"'{FORMULA}")
        assert not formulas([row])
    client.force_login(get_user_model().objects.get(username="mina"))
    history = read_csv(client, reverse("wagtailadmin_reports:site_history"))
    assert {f"'{FORMULA}"} < {row["Name"] for row in history}
    assert not formulas(history)
