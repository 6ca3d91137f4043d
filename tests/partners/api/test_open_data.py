"""The open data: only what is public, in every form the same, and as its schema says."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiative.base.freshness import cache_control
from partners.api import files, records
from partners.api.views import api
from tests.factories import CommitmentFactory, OrganisationFactory, PlaceFactory
from tests.reading import read, words

FORMS = [
    "partners",
    "partners/trust",
    "commitments",
    "commitments/cover",
    *(f"{name}.{extension}" for name in ("partners", "commitments") for extension in ("csv", "json", "geojson")),
]


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_is_not_public_in_any_form(client, data, form):
    response = client.get(f"/api/v1/{form}")
    assert response.status_code == 200
    assert "canary" not in response.content.decode().lower()
    assert not response.cookies
    assert response["Cache-Control"] == cache_control()
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"/api/v1/{form}", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_a_commitment_with_its_reports(client, data):
    found = client.get("/api/v1/commitments/cover").json()
    assert found == {
        "id": "cover",
        "url": "http://localhost:8000/en/commitments/cover/",
        "partner": "trust",
        "partner_name": '=HYPERLINK("x")',
        "countries": ["PE"],
        "status": "silent",
        "status_rests_on": "2019-01-01",
        "title": {"en": "Cover", "fr": "Couvrir"},
        "goal": {"en": "Living cover all winter."},
        "start": "2018",
        "end": "",
        "unit": "ha",
        "baseline": 0,
        "target": 100,
        "value": 12.5,
        "reported_on": "2019-01-01",
        "next_report_due": "2020-01-01",
        "outcome_on": None,
        "sdgs": [15],
        "topics": [],
        "reports": [
            {
                "reported_on": "2019-01-01",
                "value": 12.5,
                "unchanged": False,
                "checked_on": found["reports"][0]["checked_on"],
                "language": "",
                "story": {"en": "Sown."},
            }
        ],
    }


def test_the_forms_say_the_same(client, data):
    page = client.get("/api/v1/partners").json()
    assert (page["count"], page["next"], page["previous"]) == (2, None, None)
    whole = client.get("/api/v1/partners.json").json()
    assert whole["partners"] == page["results"]
    assert whole["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    features = client.get("/api/v1/partners.geojson").json()["features"]
    assert [feature["properties"] for feature in features] == page["results"]
    assert [feature["geometry"] and feature["geometry"]["type"] for feature in features] == [None, "Point"]
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/partners.csv").content.decode("utf-8-sig"))))
    trust = rows[1]
    assert (trust["id"], trust["name"], trust["bodies"]) == ("trust", '\'=HYPERLINK("x")', "forum")
    assert (trust["description_en"], trust["description_fr"], trust["commitments"]) == ("Trusts soil.", "", "cover")


def test_pages_and_filters(client, site):
    place = PlaceFactory(code="PE")
    for number in range(51):
        OrganisationFactory(slug=f"p-{number:02}", country=place if number else None, type="civil")
    first = client.get("/api/v1/partners?country=PE&type=civil").json()
    assert (first["count"], first["next"], len(first["results"])) == (50, None, 50)
    second = client.get("/api/v1/partners?page=2").json()
    assert (second["previous"], [one["id"] for one in second["results"]]) == (
        "http://testserver/api/v1/partners?page=1",
        ["p-50"],
    )
    assert client.get("/api/v1/commitments?status=behind&country=PE").json()["results"] == []


@pytest.mark.parametrize(
    ("path", "statements", "others"),
    [
        ("partners", 4, ("logo", "timetable", "since", "first_published_at")),
        ("commitments", 5, ("logo", "timetable", "resources", "first_published_at")),
    ],
)
def test_only_what_is_public_is_read_in_few_statements(client, data, path, statements, others):
    client.get(f"/api/v1/{path}")  # what is known for a moment is read before
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/api/v1/{path}")
    assert len(asked) == statements
    read = " ".join(one["sql"] for one in asked)
    assert [column for column in others if column in read.replace("resources_topic", "")] == []


@pytest.mark.parametrize(("name", "form"), [("commitments", "csv"), ("commitments", "json"), ("partners", "geojson")])
def test_a_file_is_read_in_portions_whatever_its_length(client, data, monkeypatch, name, form):
    monkeypatch.setattr(records, "PORTION", 2)
    read, (schema, found, records_of) = [], files.SETS[name]

    def noted(some):
        of_them = records_of(some)
        read.append(len(of_them))
        return of_them

    monkeypatch.setitem(files.SETS, name, (schema, found, noted))
    for number in range(4):
        CommitmentFactory(slug=f"a-{number}", organisation__slug=f"o-{number}")
    content = client.get(f"/api/v1/{name}.{form}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content))) if form == "csv" else json.loads(content)
    rows = rows if form == "csv" else rows["features" if form == "geojson" else name]
    assert [row["id"] for row in rows] == [one["id"] for one in client.get(f"/api/v1/{name}").json()["results"]]
    assert read == ([2, 2, 1] if name == "commitments" else [2, 2, 2])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("partners?page=0", 422),
        ("partners?country=peru", 422),
        ("partners?type=kings", 422),
        ("commitments?status=%00", 422),
        ("partners/nobody", 404),
        ("commitments/nothing", 404),
        ("partners.exe", 404),
        ("kings.csv", 404),
        ("nowhere", 404),
    ],
)
def test_what_makes_no_sense_is_refused_plainly(client, site, path, status):
    assert client.get(f"/api/v1/{path}").status_code == status


def test_the_dictionary_explains_every_field(client, data):
    known = client.get("/api/v1/dictionary").json()
    assert set(known["partners"]) == set(client.get("/api/v1/partners/trust").json())
    assert set(known["commitments"]) | {"reports"} == set(client.get("/api/v1/commitments/cover").json())
    assert all(
        field["description"] and field["type"] for name in ("partners", "commitments") for field in known[name].values()
    )


def test_it_is_described_for_machines(client, site):
    schema = json.loads(client.get("/api/v1/openapi.json").content)
    assert set(schema["paths"]) == {
        "/api/v1/partners",
        "/api/v1/partners/{slug}",
        "/api/v1/commitments",
        "/api/v1/commitments/{slug}",
        "/api/v1/dictionary",
    }


def test_it_is_described_for_people_in_a_page_like_any_other(client, site):
    page = read(client, "/api/v1/docs")
    assert (page.h1, page.notice) == (api.title, "")
    assert page.links["The same for machines (OpenAPI)"] == "/api/v1/openapi.json"
    assert [words(line) for line in page.main.select("section > p > code")] == [
        "GET /api/v1/partners",
        "GET /api/v1/partners/{slug}",
        "GET /api/v1/commitments",
        "GET /api/v1/commitments/{slug}",
        "GET /api/v1/dictionary",
    ]
    first = page.main.section
    assert {words(row.dt): words(row.dd) for row in first.select("dl div")} == {
        "page": "integer Which page, from 1.",
        "country": "string or null ISO 3166-1 alpha-2.",
        "type": "string or null states, international, donors, farmers, research, civil, companies",
    }
    assert {words(link): link["href"] for link in first.select(".meta a")} == {
        "PartnerPage": "#PartnerPage",
        "Problem": "#Problem",
    }
    assert page.facts["reports"] == "list of ReportOut Its approved reports, newest first."
    assert page.facts["title"] == "object of string The commitment in one sentence: language code → text."
    names = {tag["id"] for tag in page.main.find_all(id=True)}
    assert {link["href"][1:] for link in page.main.find_all("a", href=re.compile("^#"))} <= names
    assert page.soup.find_all("script", src=re.compile("swagger")) == []


def test_its_description_is_english_and_says_so(client, site):
    page = read(client, "/api/v1/docs", headers={"Accept-Language": "ar"})
    assert (page.language, page.main_language) == (("ar", "rtl"), ("en", "ltr"))
    assert page.notice == "لم تُترجَم هذه الصفحة بعد. ونصها معروض باللغة التالية: الإنجليزية."
    assert page.main.h2["lang"] == "ar"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_read_only(client, site, method):
    for path in ("partners", "partners/trust", "partners.csv"):
        assert getattr(client, method)(f"/api/v1/{path}").status_code == 405
