"""Whatever an address says, the site answers: a page, or a plain no, never an error of its own."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories

ANSWERS = {200, 301, 302, 400, 404, 414}
LISTS = ["/en/", "/fr/ressources/", "/en/search/", "/es/socios/", "/en/commitments/", "/en/news/", "/ar/events/", "/en/resources/work/"]
PARAMETERS = ["q", "scope", "exact", "sort", "page", "type", "topic", "language", "priority", "access", "archived", "kind", "country", "body"]
NONSENSE = [
    "%00",
    "a%00b",
    '"',
    '""""',
    "%22unclosed",
    "-",
    "--",
    "OR",
    "a OR",
    "*",
    "a*b*",
    "()",
    "NEAR(a b)",
    "title:x",
    "'; DROP TABLE search_searchentry; --",
    "-1",
    "0",
    "99999999999999999999",
    "1e9",
    "٣",
    "½",
    "%FF%FE",
    "%ED%A0%80",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "{{7*7}}",
    "a" * 10_000,
    quote("é" * 3_000),
    " ".join(["soil"] * 2_000),
]


@pytest.fixture
def full(site):
    topic = factories.TopicFactory(slug="roots", slug_en="roots", name="Roots")
    factories.ResourceFactory(slug="work", topics=[topic])
    factories.OrganisationFactory()
    factories.add_article(site)
    factories.add_event(site)
    from django.core.management import call_command

    call_command("rebuild_search", verbosity=0)


@pytest.mark.parametrize("path", ["/fr/ressources/", "/en/search/"])
def test_nonsense_in_any_parameter(client, full, path):
    for parameter in PARAMETERS:
        for value in NONSENSE:
            status = client.get(f"{path}?{parameter}={value}").status_code
            assert status in ANSWERS, (parameter, value[:40], status)


def test_all_parameters_at_once_and_repeated(client, full):
    for value in NONSENSE:
        query = "&".join(f"{parameter}={value[:500]}&{parameter}=x" for parameter in PARAMETERS)
        for path in LISTS:
            assert client.get(f"{path}?{query}").status_code in ANSWERS, (path, value[:40])


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/en/%00/",
        "/en/resources/%00/",
        "/en/resources/" + "a" * 5_000 + "/",
        "/en//",
        "/en/../admin/",
        "/xx/",
        "/en/resources/é/",
        "/en/partners/%F0%9F%8C%B1/",
        "/art/cover/1/nonsense.svg",
        "/art/cover/99999999999/%00.svg",
        "/media/../../etc/passwd",
        "/documents/999999/x.pdf",
        "/sitemap-0.xml",
        "/en/resources/export.nonsense",
    ],
)
def test_nonsense_in_the_path(client, full, path):
    assert client.get(path).status_code in ANSWERS - {200}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(LISTS),
    query=st.lists(st.tuples(st.sampled_from([*PARAMETERS, "colour"]), st.text(max_size=60)), max_size=5),
)
def test_any_text_in_any_parameter(client, full, path, query):
    assert client.get(path, query).status_code in ANSWERS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(max_size=80))
def test_any_text_as_a_path(client, full, path):
    assert client.get(f"/en/{quote(path)}").status_code in ANSWERS
