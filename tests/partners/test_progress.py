"""What a commitment's page tells of its progress."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from partners.models import Commitment, Evidence
from tests.factories import CommitmentFactory, PlaceFactory, ProgressReportFactory
from tests.reading import nesting_mistakes, read, words

D = datetime.date
PATHS = {"en": "/en/commitments/", "fr": "/fr/engagements/", "es": "/es/compromisos/", "ar": "/ar/commitments/"}


def table(page):
    return [[words(cell) for cell in row.find_all(["th", "td"])] for row in page.main.select("table.reports tr")]


@pytest.fixture
def cover(site):
    commitment = CommitmentFactory(
        slug="cover",
        start="2023",
        end="2030",
        baseline=1200,
        baseline_on="2022-11",
        target=4000,
        unit="ha",
        measure_en="hectares under winter cover",
    )
    commitment.places = [PlaceFactory(code="PE")]
    commitment.save()
    for year, value in ((2023, 1650), (2024, 2350), (2025, 2960)):
        ProgressReportFactory(
            commitment=commitment,
            reported_on=D(year, 12, 1),
            value=value,
            decided_on=D(year, 12, 24),
            language="fr",
            story_fr=f"Semé en {year}.",
            story_en=f"Sown in {year}.",
        )
    ProgressReportFactory(commitment=commitment, value=3999, story_en="CANARY pending", state="pending")
    return commitment


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_its_progress_in_each_language(client, cover, code):
    page = read(client, f"{PATHS[code]}cover/")
    drawing = page.main.select_one("figure.deposit > svg")
    assert [path["class"] for path in drawing.select("path[class^=bed]")] == [
        ["bed-3"],
        ["bed-2"],
        ["bed-1"],
        ["bed-0"],
    ]
    assert drawing["role"] == "img"
    assert len(page.main.select("table.reports tbody tr")) == 4
    assert "CANARY" not in page.html
    assert nesting_mistakes(page.html) == []
    left = drawing.find("svg")["x"]
    assert left == ("26%" if code == "ar" else "0")
    if code == "en":
        assert table(page) == [
            ["Day", "Added", "Total", "Evidence", "Checked"],
            ["1 December 2025", "+ 610 ha", "2,960 ha", "–", "by the secretariat, 24 December 2025"],
            ["1 December 2024", "+ 700 ha", "2,350 ha", "–", "by the secretariat, 24 December 2024"],
            ["1 December 2023", "+ 450 ha", "1,650 ha", "–", "by the secretariat, 24 December 2023"],
            ["November 2022", "baseline", "1,200 ha", "–", "–"],
        ]
        texts = [words(text) for text in drawing.find_all("text")]
        assert texts[:3] == ["2,960 ha reported", "4,000 ha by 2030", "Expected by then: 2,221 ha"]
        assert texts[3:] == ["2025", "+ 610 ha", "2024", "+ 700 ha", "2023", "+ 450 ha", "Baseline", "1,200 ha"]
        assert drawing["aria-label"].startswith("2,960 ha on 1 December 2025, from 1,200 ha, towards 4,000 ha.")
        assert page.facts["What is counted"] == "hectares under winter cover"
        assert page.facts["Last report"] == "1 December 2025"
        assert page.links["Peru"] == "/en/partners/countries/pe/"
        told = page.main.select_one(".told")
        assert words(told) == "1 December 2025 Sown in 2025. Translated from French."
    if code == "fr":
        told = page.main.select_one(".told")
        assert words(told) == "1er décembre 2025 Semé en 2025."
    if code == "es":
        assert page.main.select_one(".told [lang]")["lang"] == "en"


def test_reports_of_one_year_are_told_by_their_months(client, site):
    commitment = CommitmentFactory(slug="twice", start="2023", end="2030", baseline=0, target=100, unit="people")
    for month, value in ((3, 1), (9, 30)):
        ProgressReportFactory(commitment=commitment, reported_on=D(2024, month, 1), value=value)
    texts = [words(text) for text in read(client, "/en/commitments/twice/").main.select("figure.deposit text")]
    assert texts[0] == "30 people reported"
    assert texts[-2:] == ["September 2024", "+ 29 people"]


def test_a_goal_that_leads_down_lays_layers_of_what_was_taken_off(client, site):
    commitment = CommitmentFactory(slug="less", start="2023", end="2030", baseline=100, target=40, unit="t-co2e")
    ProgressReportFactory(commitment=commitment, value=70)
    page = read(client, "/en/commitments/less/")
    texts = [words(text) for text in page.main.select("figure.deposit text")]
    assert "70 t CO₂e reported" in texts
    assert "− 30 t CO₂e" in texts
    assert "Every layer is what a report has taken off the baseline." in page.text
    assert table(page)[1][1:3] == ["− 30 t CO₂e", "70 t CO₂e"]


def test_what_reached_its_target_says_both_on_one_line(client, site):
    commitment = CommitmentFactory(slug="done", start="2023", end="2030", baseline=0, target=100, unit="ha")
    ProgressReportFactory(commitment=commitment, value=100)
    page = read(client, "/en/commitments/done/")
    assert [words(text) for text in page.main.select("figure.deposit text.big")] == ["100 ha reported; 100 ha by 2030"]
    assert words(page.heading("Status: Completed")) == "Status: Completed"
    assert "Next one due" not in page.facts


def test_words_alone_have_a_table_without_figures(client, site):
    commitment = CommitmentFactory(slug="words")
    ProgressReportFactory(commitment=commitment, value=None, story="It went well.", reported_on=D(2020, 1, 2))
    page = read(client, "/en/commitments/words/")
    assert table(page) == [
        ["Day", "Evidence", "Checked"],
        ["2 January 2020", "–", f"by the secretariat, {words_of(timezone.localdate())}"],
    ]
    assert "It went well." in page.text
    assert page.main.select("figure.deposit") == []
    assert "Was due" in page.facts


def words_of(day):
    return f"{day.day} {day:%B %Y}"


def test_nothing_has_changed_is_said(client, cover):
    ProgressReportFactory(commitment=cover, value=None, unchanged=True, reported_on=D(2026, 1, 1))
    assert table(read(client, "/en/commitments/cover/"))[1][1:3] == ["nothing has changed", "–"]


def test_its_history(client, cover):
    Commitment.objects.filter(pk=cover.pk).update(first_published_at=datetime.datetime(2023, 1, 5, tzinfo=datetime.UTC))
    cover.refresh_from_db()
    cover.target, cover.outcome, cover.outcome_on = 3000, "ended-early", D(2026, 1, 1)
    cover.goal_en = "Less cover."
    cover.end = ""
    cover.save()
    today = words_of(timezone.localdate())
    page = read(client, "/en/commitments/cover/")
    assert [words(item) for item in page.main.select("ol.changes > li")] == [
        f"{today} The goal was reworded How it was before Living cover all winter.",
        f"{today} Outcome: nothing became Ended early",
        f"{today} Target: 4,000 became 3,000",
        f"{today} End: 2030 became nothing",
        "5 January 2023 Published",
    ]
    assert "It ended on 1 January 2026, before its time." in page.text


def test_evidence_is_handed_out_with_an_approved_report_only(client, cover):
    approved = cover.reports.approved().first()
    pending = cover.reports.get(state="pending")
    Evidence.objects.create(report=approved, title="Survey", url="https://example.org/survey")
    shown = Evidence.objects.create(
        report=approved, title="Field register", file=ContentFile(b"%PDF-1.7", name="a.pdf")
    )
    hidden = Evidence.objects.create(report=pending, title="CANARY", file=ContentFile(b"%PDF", name="b.pdf"))
    page = read(client, "/en/commitments/cover/")
    assert page.links["Survey"] == "https://example.org/survey"
    address = page.links["Field register , PDF"]
    assert address == f"/en/commitments/cover/evidence/{shown.pk}/"
    response = client.get(address)
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="Field register.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    for wrong in (f"cover/evidence/{hidden.pk}/", "cover/evidence/0/", f"other/evidence/{shown.pk}/"):
        assert client.get(f"/en/commitments/{wrong}").status_code == 404
    shown.file.storage.delete(shown.file.name)
    assert client.get(address).status_code == 404
    cover.unpublish()
    assert client.get(address).status_code == 404


def test_a_draft_is_previewed_with_its_reports(cover):
    html = cover.make_preview_request(preview_mode="fr").content.decode()
    assert "Semé en 2025." in html
    assert "CANARY" not in html
    assert "2 960 ha" in html.replace("\xa0", " ").replace("\u202f", " ")
