"""Nonsense in addresses: whatever a reader, a robot or a scanner sends, there is a plain answer and never an error of ours."""

import os
from urllib.parse import quote_plus

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from initiative.search.rebuild import rebuild
from tests import factories as make
from tests.conftest import Pages

FINE = {200, 400, 404, 414}
_SEARCHED = [
    [slug, ""] for slug in ("resources", "ressources", "partners", "partenaires", "commitments", "engagements")
]
# So many addresses of the library are tried; `.ci/run` wants 10,000.
FUZZED = int(os.environ.get("FUZZED_ADDRESSES", "200"))
PARTS = 4

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
PARAMETERS = [
    "q",
    "page",
    "scope",
    "exact",
    "sort",
    "archived",
    "type",
    "topic",
    "language",
    "priority",
    "access",
    "audience",
    "publisher",
    "licence",
    "spotlight",
    "year_from",
    "year_to",
    "show",
    "country",
    "body",
    "kind",
    "year",
    "place",
    "next",
    "slug",
    "format",
    "unknown",
]
NONSENSE = [
    "",
    "\x00",
    "soil\x00carbon",
    '"',
    '""""',
    "'",
    "' OR 1=1 --",
    "x" * 10_000,
    '"' + "soil " * 2_000,
    "(" * 500,
    "-1",
    "0",
    "99999999999999999999999999",
    "1e309",
    "٣",
    "½",
    "NaN",
    "None",
    "../../etc/passwd",
    "%",
    "%%%s%d",
    "_",
    "*",
    "soil* AND NOT (carbon OR",
    "NEAR/3",
    ":*",
    "a:b:c & | ! <->",
    "\\",
    "\ufeff\u202e\u200f",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "\U0001f331" * 50,
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "\r\nSet-Cookie: a=b",
    "true",
    "[]",
]


@pytest.fixture(scope="module")
def _filled(_tree, django_db_blocker):
    with django_db_blocker.unblock():
        site = Pages(_tree)
        topic = make.TopicFactory(slug_en="water", slug_fr="eau")
        kind = make.ResourceTypeFactory(slug_en="studies", slug_fr="etudes")
        priority = make.ResearchPriorityFactory(key="storage")
        germany = make.PlaceFactory(code="DE", parent=make.PlaceFactory(code="150"))
        facts = {
            "type": kind,
            "topics": [topic],
            "priorities": [priority],
            "places": [germany],
            "audiences": ["farmers"],
        }
        make.ResourceFactory(slug="roots", title="Roots & soil", abstract_fr="Des racines.", access="open", **facts)
        make.ResourceFactory(title="Soil", publisher="House of Loam", licence="CC-BY-4.0", spotlight=True, **facts)
        make.ResourceFactory(title="Old soil", language="fr", issued="2000", archived=True, **facts)
        make.TermFactory(person__slug="ada")
        trust = make.OrganisationFactory(slug="trust", country=make.PlaceFactory(code="DE"))
        make.CommitmentFactory(slug="cover", organisation=trust)
        make.add_article(site, title="Article", slug="article")
        make.add_event(site, title="Event", slug="event")
        rebuild()


@pytest.fixture
def public(_filled, site, client):
    """A client for a site with one of everything. What went wrong is shown as to readers, not raised."""
    client.raise_request_exception = False
    return client


def fine(path: str) -> set[int]:
    """What may be answered. Searched lists, like `/`, lead from other ways to say a thing to the one address."""
    return FINE | {302} if path == "/" or path.split("/")[2:] in _SEARCHED else FINE


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


@pytest.mark.parametrize("path", ["/en/resources/", "/en/partners/", "/en/search/", "/en/follow/search/"])
@pytest.mark.parametrize("name", PARAMETERS)
def test_nonsense_in_one_parameter(public, path, name):
    for value in ("\x00", '"', "x" * 10_000, "-1", "99999999999999999999", "٣"):
        assert public.get(f"{path}?{urlencode({name: value})}").status_code in fine(path), value[:50]


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


@pytest.mark.parametrize("prefix", ["", "/en", "/en/resources", "/documents", "/media", "/art", "/static"])
@pytest.mark.parametrize(
    "rest",
    [
        "/%00",
        "/a%00b/",
        "/..%2f..%2fetc/passwd",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/",
        "//example.org/",
        "/" + "x" * 1_500 + "/",
        "/" + "x" * 10_000 + "/",
        "/" + "a/" * 900,
        "/-1/",
        "/٣/",
        "/%FF/",
        "/\u202e/",
        "/<script>/",
        "/'/",
        '/"/',
        "/a b/",
        "/a;b/",
        "/.git/config",
        "/wp-login.php",
        "/index.html",
        "/export.exe",
        "/cite.",
        "/feed.atom/",
        "/%E2%80%8F/",
    ],
)
def test_paths_that_are_no_paths(public, prefix, rest):
    assert public.get(prefix + rest).status_code in FINE | {301, 302}


def test_nobody_is_led_away_from_the_site(public):
    for path in ("//example.org/", "//example.org", "/\\example.org/", "/en//example.org"):
        location = public.get(path).headers.get("Location", "/")
        assert not location.startswith(("//", "/\\", "http:", "https:")), path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_other_methods(public, method):
    for path in ("/en/", "/en/resources/", "/en/resources/roots/", "/en/search/", "/sitemap.xml"):
        assert getattr(public, method)(path).status_code in {200, 403, 405}


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "\x00"},
        {"Accept-Language": "x" * 10_000},
        {"Accept-Language": ",;q=,;;q=1e9"},
        {"Accept": "nonsense"},
        {"HX-Request": "true", "HX-Current-URL": "\x00"},
        {"HX-Request": "true", "HX-Target": '"'},
        {"If-None-Match": "nonsense"},
        {"If-Modified-Since": "nonsense"},
        {"Range": "bytes=-1"},
        {"Cookie": "sessionid=%00; csrftoken=\x01; a"},
        {"X-Forwarded-Host": "example.org", "X-Forwarded-Proto": "nonsense"},
    ],
    ids=str,
)
def test_nonsense_in_headers(public, headers):
    for path in ("/", "/en/resources/?q=roots", "/en/resources/roots/"):
        assert public.get(path, headers=headers).status_code in FINE | {302, 304}


def test_another_host_is_refused(public):
    assert public.get("/en/", headers={"Host": "example.org"}).status_code == 400


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


# The library: all its parameters, with what they understand, with nonsense, and encoded as nobody would.
UNDERSTOOD = {
    "q": ["soil", "ro*", '"roots and soil"', "-water", "soil OR racines", "roots -soil", "c:d AND (e"],
    "scope": ["everything", "title", "content"],
    "exact": ["1"],
    "sort": ["relevance", "newest", "oldest", "title"],
    "show": ["20", "50", "100"],
    "page": ["1", "2", "5000", "5001"],
    "type": ["studies", "etudes"],
    "topic": ["water", "eau"],
    "place": ["DE", "150"],
    "language": ["en", "fr"],
    "year_from": ["2000", "2022", "0", "9999"],
    "year_to": ["2000", "2022", "0000"],
    "priority": ["storage"],
    "audience": ["farmers", "public"],
    "publisher": ["house-of-loam", "trust"],
    "access": ["open", "restricted"],
    "licence": ["CC-BY-4.0"],
    "spotlight": ["1"],
    "archived": ["1", "yes"],
}
TEXTS = st.one_of(
    st.sampled_from(NONSENSE[:30]),
    st.text(max_size=40),
    st.integers().map(str),
    st.binary(max_size=12).map(lambda raw: raw.decode("latin-1")),
)
PAIRS = st.one_of(
    *(st.tuples(st.just(name), st.sampled_from(values) | TEXTS) for name, values in UNDERSTOOD.items()),
    st.tuples(st.text(max_size=10), TEXTS),
)
# As browsers write it, as bytes of another encoding, or not encoded at all.
WRITTEN = st.one_of(
    st.just(lambda text: quote_plus(text.encode("utf-8", "replace"))),
    st.just(lambda text: quote_plus(text.encode("utf-16", "replace"))),
    st.just(lambda text: "".join(letter for letter in text if " " < letter < "\x7f" and letter != "#")),
)
LISTS = ["/en/resources/", "/fr/ressources/", "/es/recursos/", "/ar/resources/"]
FILES = ["export.bib", "export.ris", "export.csl.json", "export.csv", "export.json", "feed.atom", "opensearch.xml"]


@pytest.mark.parametrize("part", range(PARTS))
def test_any_library_address(public, part):
    """No address of the library is an error of ours, and wherever one leads, that is where it ends."""
    tried = set()

    @seed(part)
    # Some are alike once they are written down.
    @settings(
        max_examples=FUZZED * 4 // PARTS // 3, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(
        path=st.sampled_from(LISTS),
        file=st.sampled_from([""] * 9 + FILES),
        pairs=st.lists(PAIRS, max_size=9),
        write=WRITTEN,
        between=st.sampled_from(["&"] * 8 + ["&&", ";", "&=&", "&%"]),
        partial=st.booleans(),
    )
    def ask(path, file, pairs, write, between, partial):
        url = f"{path}{file}?{between.join(f'{write(name)}={write(value)}' for name, value in pairs)}"
        tried.add(url)
        response = public.get(url, headers={"HX-Request": "true"} if partial else {})
        if response.status_code == 302:
            assert not file
            assert not partial
            assert response.headers["Location"].startswith(path)
            response = public.get(response.headers["Location"])
        assert response.status_code == 200, url
        content = b"".join(response)
        assert file or b"data-results" in content

    ask()
    assert len(tried) >= FUZZED // PARTS


@settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(path=st.lists(st.text(min_size=1, max_size=30), max_size=4))
def test_any_path(public, path):
    assert public.get("/" + "/".join(path)).status_code in FINE | {301, 302}


def test_the_search_has_the_same_address_rules_in_every_language(public):
    for code in make.LANGUAGES[1:]:
        with translation.override(code):
            path = reverse("search")
        for value in NONSENSE[:12]:
            assert public.get(f"{path}?{urlencode({'q': value, 'kind': value, 'page': value})}").status_code in FINE
