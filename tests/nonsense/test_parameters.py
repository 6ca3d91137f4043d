"""Nonsense in the parameters of an address: there is a plain answer and never an error of ours."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.nonsense.values import FINE, NONSENSE, PARAMETERS, UNDERSTOOD, fine

# Every public kind of address, in several languages.
ADDRESSES = [
    "/en/",
    "/en/resources/",
    "/fr/ressources/",
    "/en/resources/roots/",
    "/en/resources/export.csv",
    "/en/resources/feed.atom",
    "/en/resources/roots/cite.bib",
    "/en/report-a-problem/roots/",
    "/en/committee/",
    "/en/committee/ada/",
    "/en/research-priorities/",
    "/en/criteria/",
    "/en/partners/",
    "/ar/partners/",
    "/en/partners/trust/",
    "/en/commitments/",
    "/en/commitments/cover/",
    "/en/testimonials/",
    "/en/join/",
    "/en/news/",
    "/en/news/feed/",
    "/en/news/article/",
    "/en/events/",
    "/en/events/calendar.ics",
    "/en/events/event/",
    "/en/events/event/event.ics",
    "/en/governance/",
    "/en/about/",
    "/en/search/",
    "/en/follow/search/",
    "/fr/suivre/search/",
    "/en/follow/sent/",
    "/en/nowhere/",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/",
]
# Those that read parameters; the others get a few only.
READING = [
    "/en/resources/",
    "/fr/ressources/",
    "/en/resources/export.csv",
    "/en/resources/feed.atom",
    "/en/partners/",
    "/en/commitments/",
    "/en/news/",
    "/en/events/",
    "/en/search/",
    "/en/follow/search/",
]
# What each page that is asked most reads by itself; all of them together, for every page.
READ = {
    "/en/resources/": UNDERSTOOD,
    "/en/partners/": ["q", "body", "type", "region", "country", "topic", "sdg", "page"],
    "/en/search/": ["q", "kind", "page"],
    "/en/follow/search/": ["type", "topic", "year_from", "next", "slug"],
}


def test_these_are_addresses(public):
    wrong = {path: public.get(path).status_code for path in ADDRESSES}
    assert {path: status for path, status in wrong.items() if status != 200} == {"/en/nowhere/": 404, "/": 302}


@pytest.mark.parametrize("path", ADDRESSES)
def test_nonsense_in_every_parameter(public, path):
    """All parameters at once: each is read, whatever the others hold."""
    for value in NONSENSE if path in READING else NONSENSE[1:8]:
        response = public.get(f"{path}?{urlencode(dict.fromkeys(PARAMETERS, value))}")
        assert response.status_code in fine(path), (path, value[:50])
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("path", READ)
def test_nonsense_in_one_parameter(public, path):
    for name in READ[path]:
        for value in ("\x00", '"', "99999999999999999999", "٣"):
            status = public.get(f"{path}?{urlencode({name: value})}").status_code
            assert status in fine(path), (name, value)


@pytest.mark.parametrize(
    "query",
    [
        "page=1&page=2&page=x",
        "q=a&q=b&q=",
        "&&&",
        "===",
        "?",
        "q",
        "q=%",
        "q=%ZZ",
        "q=%FF%FE",
        "q=%C3%28",
        "page[]=1",
        "type=" + "&type=".join(["films"] * 500),
        "topic=" + ",".join(["water"] * 500),
        "&".join(f"a{number}=1" for number in range(900)),
        "q=" + "%F0%9F%8C%B1" * 500,
    ],
)
@pytest.mark.parametrize("path", ["/en/resources/", "/en/partners/", "/en/search/"])
def test_queries_that_are_no_queries(public, path, query):
    assert public.get(f"{path}?{query}").status_code in fine(path)


def test_more_parameters_than_anybody_sends_are_refused(public):
    query = "&".join(f"a{number}=1" for number in range(20_000))
    assert public.get(f"/en/resources/?{query}").status_code == 400


WORDS = st.text(max_size=60)
QUERIES = st.dictionaries(
    st.sampled_from(PARAMETERS),
    st.lists(WORDS | st.integers().map(str) | st.sampled_from(NONSENSE[:30]), max_size=3),
    max_size=6,
)
PUBLIC = [
    "/en/resources/",
    "/ar/resources/",
    "/en/partners/",
    "/en/search/",
    "/en/news/",
    "/en/events/",
    "/en/commitments/",
]


@settings(
    max_examples=80,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(path=st.sampled_from(PUBLIC), query=QUERIES)
def test_any_query(public, path, query):
    encoded = QueryDict(mutable=True)
    for name, values in query.items():
        encoded.setlist(name, values)
    response = public.get(f"{path}?{encoded.urlencode()}")
    assert response.status_code in fine(path)
    assert b"<h1" in response.content or response.status_code != 200


def test_the_search_has_the_same_address_rules_in_every_language(public):
    for code in make.LANGUAGES[1:]:
        with translation.override(code):
            path = reverse("search")
        for value in NONSENSE[:12]:
            assert public.get(f"{path}?{urlencode({'q': value, 'kind': value, 'page': value})}").status_code in FINE
