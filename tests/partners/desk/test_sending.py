"""What is sent from the desk waits for the secretariat; what is live stays live; its state is seen."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from initiative.base.dates import display
from partners.enums import ReportState
from partners.intake.enums import State
from partners.intake.forms.step import MOST
from partners.intake.models import Submission
from partners.models import Commitment, ProgressReport
from resources.models import Resource
from tests import factories
from tests.partners.desk.partner import Partner, make_partner
from tests.partners.joining.applicant import COMMITMENT, links, pdf, png, upload
from tests.reading import Reading, read, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(world, letters):
    """All tests of this module need both."""


@pytest.fixture
def decide(client):
    """Decide on what an organisation sent last, as an administrator."""
    client.force_login(get_user_model().objects.create_superuser("mina", password="x"))

    def say(decision, reason="", status=302):
        submission = Submission.objects.latest("pk")
        data = {"decision": decision, "reason": reason, "rounds": submission.rounds}
        response = client.post(reverse("submissions:edit", args=[submission.pk]), data)
        assert response.status_code == status, words(Reading(response).soup.main)
        return response

    return say


def make_commitment(me, **fields) -> Commitment:
    return factories.CommitmentFactory(organisation=me.organisation, **fields)


def test_a_profile_waits_and_only_what_was_changed_is_written(decide, client):
    me = make_partner(
        slug="valle-hondo",
        name="Ada",
        acronym="VH",
        description_en="Old words.",
        description_fr="",
        website="https://old.example",
    )
    ada = Partner(me)
    path = ada.at("new", "profile")
    page = ada.get(path)
    assert page.soup.find(id="id_description_en").text.strip() == "Old words."
    assert page.soup.find(id="id_description_ar")["dir"] == "rtl"
    same = {"name": me.organisation.name, "acronym": "VH", "country": "", "website": "https://old.example"}
    typed = {
        **same,
        "description_en": "Old words.",
        "description_fr": "Des mots neufs.",
        "description_es": "",
        "description_ar": "",
    }
    page = ada.send(path, {**typed, "description_fr": ""})
    assert page.with_text("li", "Nothing is changed yet.")
    page = ada.send(
        path, {**typed, "logo": upload("logo.png", png(), "image/png"), "listed": "", "slug": "x", "type": "donors"}
    )
    assert page.h1 == "Changes to a profile"
    assert "Waiting for a decision" in page.text
    # Live stays live, also what editors change meanwhile.
    assert "Des mots neufs." not in read(client, "/fr/partenaires/valle-hondo/").text
    organisation = me.organisation
    organisation.website = "https://new.example"
    organisation.save()
    shown = words(Reading(client.get(reverse("submissions:edit", args=[Submission.objects.latest("pk").pk]))).soup.main)
    assert "What it is and does (Français) Des mots neufs." in shown
    assert "old.example" not in shown
    decide("accepted")
    organisation.refresh_from_db()
    assert (organisation.description_fr, organisation.description_en) == ("Des mots neufs.", "Old words.")
    assert (organisation.website, organisation.slug, organisation.type) == (
        "https://new.example",
        "valle-hondo",
        "civil",
    )
    assert organisation.logo.width == 40
    assert "Des mots neufs." in read(client, "/fr/partenaires/valle-hondo/").text
    assert "Accepted" in ada.get(ada.at("overview")).text


def test_a_commitment_with_what_it_touches(decide, letters):
    priority = factories.ResearchPriorityFactory(title="How deep do roots go?")
    topic = factories.TopicFactory(name="Roots")
    ada = Partner(make_partner(language="fr"))
    page = ada.send(
        ada.at("new", "commitment"), {**COMMITMENT, "priorities": [priority.key, "nonsense"], "topics": [topic.key]}
    )
    assert page.h1 == "Ajouter un engagement"
    assert page.soup.select("#id_priorities_error") or page.soup.select(".err")
    page = ada.send(ada.at("new", "commitment"), {**COMMITMENT, "priorities": [priority.key], "topics": [topic.key]})
    assert page.h1 == "Nouvel engagement"
    decide("accepted")
    commitment = Commitment.objects.get()
    assert (commitment.title_fr, commitment.organisation, commitment.live) == (
        COMMITMENT["title"],
        ada.me.organisation,
        True,
    )
    assert list(commitment.priorities.all()) == [priority]
    assert list(commitment.topics.all()) == [topic]
    assert [letter.subject[:8] for letter in letters] == ["Reçu : N", "Accepté "]
    # The reading room follows.
    new = factories.ResourceFactory(title="Deep roots", topics=[topic], first_published_at=timezone.now())
    factories.ResourceFactory(title="Something else", first_published_at=timezone.now())
    factories.ResourceFactory(title="A draft", topics=[topic], live=False)
    page = ada.get(ada.at("reading"))
    assert "How deep do roots go?" in page.text
    assert "Roots" in page.text
    assert [link for link in page.links if new.title in link]
    assert "Something else" not in page.text
    assert "A draft" not in page.text


def test_a_report_changes_the_status_once_it_is_accepted(decide, client, letters):
    me = make_partner(slug="valle-hondo")
    year = timezone.localdate().year
    commitment = make_commitment(
        me,
        slug="cover",
        start=str(year - 2),
        end=str(year + 2),
        baseline=0,
        target=1000,
        unit="ha",
        measure_en="hectares under cover",
        first_published_at=timezone.now(),
    )
    ada = Partner(me)
    path = ada.at("report", "cover")
    page = ada.get(path)
    assert "Counted: hectares under cover." in page.text
    today = timezone.localdate()
    typed = {
        "day": today.isoformat(),
        "value": "1,0",
        "story": "It rained.",
        "links": "example.org/register\nhttps://example.org/map",
    }
    tomorrow = {**typed, "day": (today + timedelta(days=1)).isoformat()}
    assert ada.send(path, tomorrow).links["This day is still to come."] == "#id_day"
    wrong = ada.send(
        path, {**typed, "links": "nowhere", "evidence": [upload("x.pdf", b"<html>"), upload("register.pdf")]}
    )
    assert wrong.links["Write the web address in full, starting with https://"] == "#id_links"
    assert "“x.pdf” is not what its name says" in wrong.text
    assert wrong.soup.find(id="id_story").text.strip() == "It rained."
    kept = wrong.soup.find("form", attrs={"data-kept": True})["action"]
    assert "register.pdf" in ada.get(kept).text
    # From the draft, kept with its right file, to the secretariat.
    page = ada.post(kept, {**typed, "value": "990", "evidence": [upload("field.csv", b"a;b\n1;2\n", "text/csv")]})
    assert page.h1 == "Progress report"
    assert f"Day it speaks of {display(today.isoformat())}" in page.text
    assert not ProgressReport.objects.exists()
    commitment.refresh_from_db()
    assert commitment.status == "announced"
    decide("changes", "Which fields?")
    assert "Which fields?" in letters[-1].body
    page = ada.get(links(letters[-1])[0])
    assert "Which fields?" in page.text
    page = ada.post(ada.at("edit", ada.reference), {**typed, "value": "990", "story": "It rained on the north fields."})
    assert "Waiting for a decision" in page.text
    decide("accepted")
    report = ProgressReport.objects.get()
    assert (report.commitment, report.state, report.value, report.unchanged) == (
        commitment,
        ReportState.APPROVED,
        990,
        False,
    )
    assert (report.reported_on, report.story_en, report.language) == (today, "It rained on the north fields.", "en")
    assert [(one.title, one.url, one.format) for one in report.evidence.all()] == [
        ("example.org", "https://example.org/register", ""),
        ("example.org", "https://example.org/map", ""),
        ("register.pdf", "", "PDF"),
        ("field.csv", "", "CSV"),
    ]
    commitment.refresh_from_db()
    assert (commitment.status, commitment.value) == ("on-course", 990)
    assert "On course" in ada.get(ada.at("overview")).text


def test_nothing_has_changed_is_one_press(decide, letters):
    me = make_partner()
    commitment = make_commitment(me, slug="cover", start="2020")
    ada = Partner(me)
    assert "Silent report was due on 1 January 2021" in ada.get(ada.at("overview")).text
    page = ada.post(ada.at("unchanged", "cover"))
    assert "Nothing has changed since the last report." in page.text
    ada.post(ada.at("unchanged", "cover"))
    assert Submission.objects.count() == 1
    assert len(letters) == 1
    decide("accepted")
    report = ProgressReport.objects.get()
    assert (report.commitment, report.unchanged, report.value, report.state) == (
        commitment,
        True,
        None,
        ReportState.APPROVED,
    )
    assert report.reported_on == timezone.localdate()
    assert ada.post(ada.at("unchanged", "cover")).text.count("Accepted") >= 1
    assert Submission.objects.count() == 1


def test_a_work_is_proposed_and_becomes_a_draft(decide, letters):
    kind = factories.ResourceTypeFactory(singular="Article", name="Articles")
    ada = Partner(make_partner(language="es"))
    typed = {
        "title": "Raíces profundas",
        "language": "es",
        "type": kind.key,
        "url": "https://example.org/raices",
        "year": "2024",
        "makers": "A. Loam",
        "abstract": "Lo que dejan las raíces.",
    }
    page = ada.send(ada.at("new", "resource"), {**typed, "type": "nonsense", "url": "x"})
    assert len(page.soup.select(".field.wrong")) == 2
    ada.send(ada.at("new", "resource"), typed)
    reference = ada.reference
    decide("accepted")
    resource = Resource.objects.get()
    assert (resource.live, resource.title, resource.language, resource.issued) == (
        False,
        "Raíces profundas",
        "es",
        "2024",
    )
    assert (resource.abstract_es, resource.type, resource.url) == (
        "Lo que dejan las raíces.",
        kind,
        "https://example.org/raices",
    )
    assert resource.slug == f"raices-profundas-{reference.lower()}"
    page = ada.get(ada.at("sent", reference))
    assert "preparando" in page.text
    resource.get_latest_revision().publish()
    page = ada.get(ada.at("sent", reference))
    assert f"/es/recursos/{resource.slug}/" in page.links.values()


def test_what_is_typed_is_kept_and_pressed_twice_it_is_one(letters):
    ada = Partner(make_partner())
    path = ada.at("new", "commitment")
    press = ada.press_of(path)
    assert (
        ada.client.post(f"{path}keep/", {"press": press, "page": "a", "turn": "2", "goal": "No bare soil"}).status_code
        == 204
    )
    assert ada.client.post(f"{path}keep/", {"press": press, "page": "a", "turn": "1", "goal": "No"}).status_code == 204
    (draft,) = Submission.objects.all()
    assert (draft.state, draft.typed("form")) == (State.DRAFT, {"goal": "No bare soil"})
    page = ada.get(ada.at("overview"))
    assert "Being written" in page.text
    page = ada.get(ada.at("edit", draft.reference))
    assert page.soup.find(id="id_goal").text.strip() == "No bare soil"
    for _press in range(2):
        ada.post(path, {**COMMITMENT, "press": press})
        assert ada.path == ada.at("sent", draft.reference)
    assert (Submission.objects.count(), len(letters)) == (1, 1)
    assert ada.client.post(f"{path}keep/", {"press": press, "goal": "Late"}).status_code == 409
    page = ada.post(ada.at("take_back", draft.reference))
    assert "Withdrawn" in page.text
    assert ada.get(ada.at("edit", draft.reference)).h1 == "New commitment"
    assert ada.path == ada.at("sent", draft.reference)


def test_later_means_later():
    ada = Partner(make_partner())
    ada.send(ada.at("new", "commitment"), {"title": "Half a thought", "later": "1"})
    assert ada.path == ada.at("overview")
    assert "Half a thought" in ada.get(ada.path).text


@pytest.mark.parametrize("button", ["", "later", "drop"])
def test_what_is_longer_than_anything_kept_stays_in_the_page_which_says_so(button):
    ada = Partner(make_partner())
    long = "soil " * (MOST // 5) + "the end"
    page = ada.send(ada.at("new", "commitment"), {"goal": long, **({button: "1"} if button else {})})
    assert "at most 5000 characters" in page.soup.select_one(".errors").text
    assert page.soup.find(id="id_goal").text.strip("\n") == long


@pytest.mark.parametrize("count", [2, 12])
def test_the_overview_costs_the_same(count, django_assert_max_num_queries):
    me = make_partner()
    ada = Partner(me)
    for number in range(count):
        make_commitment(me, start="2020")
        ada.send(ada.at("new", "commitment"), {"title": f"Thought {number}", "later": "1"})
    ada.get(ada.at("overview"))
    with django_assert_max_num_queries(14):
        ada.get(ada.at("overview"))


def test_evidence_of_a_pdf_is_read_back(decide):
    """What becomes public is the file that was sent."""
    me = make_partner()
    make_commitment(me, slug="cover")
    ada = Partner(me)
    typed = {"day": timezone.localdate().isoformat(), "story": "Done.", "links": ""}
    ada.send(ada.at("report", "cover"), {**typed, "evidence": upload("a.pdf", pdf(b"The register"))})
    decide("accepted")
    with ProgressReport.objects.get().evidence.get().file.open("rb") as file:
        assert file.read() == pdf(b"The register")
