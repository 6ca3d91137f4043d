"""Anonymous pages kept around the application: what is kept, for whom, how long, and what nobody can have kept."""

import gzip
from types import SimpleNamespace

import brotli
import pytest
from django.conf import settings

from initiative.base.freshness import KNOWN, PAGES, STALE, cache_control
from initiative.page_cache import PageCache, counting_query, with_page_cache
from tests.applications import TEXT, Application, Browser
from tests.factories import add_article


@pytest.fixture
def clock():
    return SimpleNamespace(now=1_000.0)


@pytest.fixture
def inner():
    return Application()


@pytest.fixture
def cache(inner, clock):
    return PageCache(
        inner, room=1 << 20, cookies=["sessionid"], passed=["/admin/"], languages=["en"], clock=lambda: clock.now
    )


@pytest.fixture
def browser(cache):
    return Browser(cache)


@pytest.fixture
def pages(handler, clock):
    """The real site behind its cache."""
    cache = with_page_cache(handler)
    cache.clock = lambda: clock.now
    return Browser(cache)


def test_a_page_is_made_once_and_is_the_same_for_everybody(browser, inner):
    first, second = browser.get("/en/"), browser.get("/en/")
    assert (len(inner.asked), inner.given[0].closed) == (1, True)
    assert first.body == second.body == TEXT
    assert first.status == second.status == "200 OK"
    assert first.headers == second.headers
    assert second.headers["Content-Length"] == str(len(TEXT))


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip;q=1.0, br;q=0", "gzip", gzip.decompress),
        ("GZIP", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("br;q=nonsense", None, bytes),
        ("", None, bytes),
    ],
)
def test_it_is_packed_as_the_browser_likes_it_and_once(browser, inner, cache, accepted, encoding, unpack):
    browser.get("/en/")
    answer = browser.get("/en/", accept_encoding=accepted)
    assert answer.headers.get("Content-Encoding") == encoding
    assert unpack(answer.body) == TEXT
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert browser.get("/en/", accept_encoding=accepted).body is answer.body or encoding is None
    assert len(inner.asked) == 1
    assert inner.asked[0]["HTTP_ACCEPT_ENCODING"] == ""


def test_what_comes_packed_is_unpacked_for_who_cannot_read_it(browser, inner):
    inner.body = gzip.compress(TEXT)
    inner.headers |= {"Content-Encoding": "gzip", "ETag": 'W/"a"'}
    assert browser.get("/en/", accept_encoding="gzip").body == inner.body
    plain = browser.get("/en/")
    assert (plain.body, plain.headers["ETag"], len(inner.asked)) == (TEXT, 'W/"a"', 1)
    assert "Content-Encoding" not in plain.headers


def test_what_does_not_vary_by_encoding_is_never_packed(browser, inner):
    del inner.headers["Vary"]
    browser.get("/en/")
    assert browser.get("/en/", accept_encoding="br").body == TEXT


@pytest.mark.parametrize(
    ("sent", "status"),
    [('W/"a"', "304"), ('"b", "a"', "304"), ("*", "304"), ('"b"', "200"), ("", "200"), ('W/"a', "200")],
)
def test_who_has_it_already_is_told_so(browser, inner, sent, status):
    for _turn in range(2):  # at first, and when it is kept
        answer = browser.get("/en/", if_none_match=sent)
        assert answer.status[:3] == status
        assert (answer.body == b"", "Content-Type" in answer.headers) == (status == "304", status == "200")
        assert answer.headers["ETag"] == 'W/"a"'
    assert len(inner.asked) == 1


def test_a_head_is_the_page_without_its_content(browser, inner):
    browser.get("/en/")
    answer = browser.get("/en/", method="HEAD")
    assert (answer.body, answer.headers["Content-Length"], len(inner.asked)) == (b"", str(len(TEXT)), 1)
    browser.get("/en/other/", method="HEAD")
    browser.get("/en/other/")
    assert len(inner.asked) == 3  # a head alone is nothing to keep


def test_what_caches_are_told_never_adds_up_to_more_than_ten_seconds(browser, clock):
    for age in range(PAGES):
        clock.now = 1_000.0 + age
        told = dict(part.split("=") for part in browser.get("/en/").headers["Cache-Control"].split(", ")[1:])
        assert KNOWN + age + int(told["s-maxage"]) + int(told["stale-while-revalidate"]) <= 10
        assert int(told["s-maxage"]) >= 1
        assert told["stale-if-error"] == "86400"
    assert KNOWN + PAGES + STALE + 1 <= 10  # the last of it is kept a second by whoever stands before us


def test_what_is_old_is_made_anew(browser, inner, clock):
    browser.get("/en/")
    inner.body = b"New soil"
    clock.now += PAGES - 0.1
    assert browser.get("/en/").body == TEXT
    clock.now += 0.2
    assert browser.get("/en/").body == b"New soil"


def test_while_one_asks_anew_others_are_given_the_last_one_but_not_for_long(cache, inner, clock):
    browser = Browser(cache)
    browser.get("/en/")
    clock.now += PAGES + 0.5
    meanwhile = []

    class Slow(Application):
        def __call__(self, environ, start_response):
            if not meanwhile:
                meanwhile.append(browser.get("/en/").body)
                clock.now += STALE
                meanwhile.append(browser.get("/en/").body)
            return super().__call__(environ, start_response)

    cache.application = slow = Slow()
    slow.body = b"New soil"
    assert browser.get("/en/").body == b"New soil"
    assert meanwhile == [TEXT, b"New soil"]


def test_when_it_cannot_be_made_the_last_one_is_given_for_a_day(browser, inner, clock):
    browser.get("/en/")
    inner.status, inner.body = "500 Internal Server Error", b"Sorry"
    for later in (PAGES, 3_600, 80_000):
        clock.now = 1_000.0 + later
        answer = browser.get("/en/")
        assert (answer.status, answer.body) == ("200 OK", TEXT)
        assert "s-maxage=1," in answer.headers["Cache-Control"]
    asked = len(inner.asked)
    browser.get("/en/")
    assert len(inner.asked) == asked  # not again at once
    assert browser.get("/en/other/").status.startswith("500")
    clock.now = 1_000.0 + 86_401
    assert browser.get("/en/").status.startswith("500")
    inner.status, inner.body = "200 OK", b"New soil"
    assert browser.get("/en/").body == b"New soil"


def test_what_is_gone_is_gone(browser, inner, clock):
    browser.get("/en/")
    clock.now += 100
    inner.status = "404 Not Found"
    assert browser.get("/en/").status == "404 Not Found"
    inner.status = "500 Internal Server Error"
    assert browser.get("/en/").status == "500 Internal Server Error"


@pytest.mark.parametrize("status", ["301 Moved Permanently", "404 Not Found", "410 Gone"])
@pytest.mark.parametrize(
    "asks",
    [{"if_none_match": 'W/"a"'}, {"if_modified_since": "Fri, 27 Nov 2026 10:00:00 GMT"}, {"x_front_keeps": "EXPIRED"}],
)
def test_a_cache_in_front_that_has_a_page_keeps_that_it_was_taken_away(browser, inner, status, asks):
    inner.status = status
    inner.headers = {"Content-Type": "text/html", "Vary": "Accept-Encoding"}
    assert "Cache-Control" not in browser.get("/en/").headers  # of addresses that never were, nothing is kept
    assert browser.get("/en/", **asks).headers["Cache-Control"] == cache_control()
    inner.headers["Vary"] = "Accept-Language"
    assert "Cache-Control" not in browser.get("/en/", **asks).headers
    inner.headers = {"Cache-Control": "private, no-store"}
    assert browser.get("/en/", **asks).headers["Cache-Control"] == "private, no-store"
    inner.headers, inner.status = {}, "302 Found"
    assert "Cache-Control" not in browser.get("/en/", **asks).headers


def test_a_front_that_has_another_page_is_not_given_the_old_one(browser, inner, clock):
    """This worker made it once; another one has told the front since that it was taken away."""
    browser.get("/en/")
    clock.now += 100
    inner.status, inner.headers = "503 Service Unavailable", {}
    has_another = {"x_front_keeps": "EXPIRED", "if_none_match": 'W/"of what was made since"'}
    for _turn in range(2):
        assert browser.get("/en/", **has_another).status == "503 Service Unavailable"
        assert browser.get("/en/", **{**has_another, "if_none_match": 'W/"a"'}).status == "304 Not Modified"
        assert browser.get("/en/", x_front_keeps="EXPIRED").status == "503 Service Unavailable"  # it has no page
        assert browser.get("/en/", x_front_keeps="MISS").status == "200 OK"
        assert browser.get("/en/", if_none_match='W/"of a reader"').status == "200 OK"


@pytest.mark.parametrize(
    "change",
    [
        {"status": "404 Not Found"},
        {"status": "302 Found"},
        {"streaming": True},
        {"Cache-Control": "private, no-store"},
        {"Cache-Control": "public, no-store"},
        {"Cache-Control": "max-age=60"},
        {"Cache-Control": ""},
        {"Set-Cookie": "sessionid=x"},
        {"Vary": "Cookie"},
        {"Vary": "Accept-Encoding, Accept-Language"},
        {"Vary": "*"},
        {"body": b"x" * (1 << 20)},
    ],
    ids=str,
)
def test_what_is_not_everybodys_is_not_kept(browser, inner, cache, change):
    for name, value in change.items():
        if hasattr(inner, name):
            setattr(inner, name, value)
        else:
            inner.headers[name] = value
    for _turn in range(2):
        answer = browser.get("/en/")
        assert (answer.status, answer.body) == (inner.status, inner.body)
    assert (len(inner.asked), len(cache.shelf)) == (2, 0)


@pytest.mark.parametrize(
    "asked",
    [
        {"cookie": "sessionid=abc"},
        {"cookie": "theme=dark; sessionid =abc"},
        {"authorization": "Bearer x"},
        {"range": "bytes=0-10"},
        {"method": "POST"},
        {"path": "/admin/x.css"},
        {"query": "q=" + "x" * 1_000},
    ],
    ids=str,
)
def test_what_somebody_asks_for_themselves_is_passed_on_as_it_is(browser, inner, cache, asked):
    browser.get("/en/")
    path = asked.pop("path", "/en/")
    for _turn in range(2):
        browser.get(path, x_anything="1", if_none_match='"a"', **asked)
    assert len(inner.asked) == 3
    assert inner.asked[-1]["HTTP_X_ANYTHING"] == "1"
    assert len(cache.shelf) == 1


def test_a_cookie_that_is_not_ours_changes_nothing(browser, inner):
    browser.get("/en/", cookie="theirs=1")
    browser.get("/en/")
    assert len(inner.asked) == 1
    assert "HTTP_COOKIE" not in inner.asked[0]


@pytest.mark.parametrize(
    "name",
    ["x_forwarded_host", "x_forwarded_proto", "x_original_url", "x_rewrite_url", "x_http_method_override", "forwarded", "x_host",
     "accept", "accept_language", "user_agent", "referer", "origin", "hx_target", "hx_current_url", "x_anything"],
)  # fmt: skip
def test_a_header_that_is_not_in_the_key_is_never_seen_by_the_application(browser, inner, name):
    browser.get("/en/", **{name: "evil.example"})
    assert inner.asked[0].get(f"HTTP_{name.upper()}", "") == ""
    browser.get("/en/")
    assert len(inner.asked) == 1


@pytest.mark.parametrize(
    ("method", "query"), [("GET", ""), ("HEAD", ""), ("GET", f"q={'soil+' * 400}")], ids=["GET", "HEAD", "passed by"]
)
def test_a_request_without_content_names_no_charset(browser, inner, method, query):
    browser.get("/en/", query, method, own={"CONTENT_TYPE": "text/plain; charset=cp037", "CONTENT_LENGTH": "4"})
    assert not {"CONTENT_TYPE", "CONTENT_LENGTH"} & inner.asked[0].keys()
    browser.get("/en/", method="POST", own={"CONTENT_TYPE": "text/plain", "CONTENT_LENGTH": "4"})
    assert inner.asked[1]["CONTENT_TYPE"] == "text/plain"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/en/", {"hx_request": "true"}),
        ("/en/", {"hx_history_restore_request": "true"}),
        ("/en/", {"host": "other.example"}),
        ("/robots.txt", {"accept_language": "ar"}),
    ],
)
def test_a_header_that_may_change_an_answer_has_a_page_of_its_own(browser, inner, path, headers):
    browser.get(path)
    browser.get(path, **headers)
    assert len(inner.asked) == 2
    assert [inner.asked[1][f"HTTP_{name.upper()}"] for name in headers] == list(headers.values())


def test_only_a_known_proxy_is_believed_about_the_scheme(inner):
    browser = Browser(PageCache(inner, room=1 << 20, cookies=[], behind_proxy=True))
    browser.get("/en/", x_forwarded_proto="https")
    browser.get("/en/", x_forwarded_proto="http")
    assert [asked["HTTP_X_FORWARDED_PROTO"] for asked in inner.asked] == ["https", "http"]


@pytest.mark.parametrize(
    ("query", "counts"),
    [
        ("", ""),
        ("utm_source=x&utm_medium=y", ""),
        ("q=soil&fbclid=1&page=2", "q=soil&page=2"),
        ("page=2&q=soil", "page=2&q=soil"),
        ("topic=a&topic=b&&", "topic=a&topic=b"),
        ("q=utm_source", "q=utm_source"),
        ("utm_source", ""),
    ],
)
def test_only_what_counts_of_a_query_is_asked_for(browser, inner, query, counts):
    assert counting_query(query) == counts
    browser.get("/en/", query)
    browser.get("/en/", counts)
    assert [asked["QUERY_STRING"] for asked in inner.asked] == [counts]


def test_it_takes_no_more_room_than_it_was_given(cache, browser, inner):
    inner.body = b"x" * 20_000
    for number in range(40):
        browser.get(f"/en/{number}/")
        browser.get("/en/0/")  # what is asked for again and again stays
    assert len(cache.shelf) == (1 << 20) // (3 * 22_000)
    assert len(inner.asked) == 40


def test_what_became_of_each_request_is_noted(inner, clock):
    noted = []
    browser = Browser(PageCache(inner, room=1 << 20, cookies=[], clock=lambda: clock.now, note=noted.append))
    browser.get("/en/")
    browser.get("/en/")
    clock.now += 100
    inner.status = "503 Service Unavailable"
    browser.get("/en/")
    browser.get("/en/")
    assert noted == ["made", "kept", "stale", "stale"]


def test_nothing_is_asked_of_the_database_for_a_page_that_is_kept(pages, django_assert_num_queries):
    first = pages.get("/fr/", accept_encoding="br")
    with django_assert_num_queries(0):
        second = pages.get("/fr/", accept_encoding="br")
    assert first.headers["Content-Encoding"] == "br"
    assert (second.status, second.body, second.headers) == (first.status, first.body, first.headers)
    assert second.headers["Content-Language"] == "fr"
    assert "default-src 'none'" in second.headers["Content-Security-Policy"]
    assert second.headers["X-Content-Type-Options"] == "nosniff"
    assert pages.get("/fr/", if_none_match=first.headers["ETag"]).status.startswith("304")


@pytest.mark.parametrize("path", ["/en/", "/en/resources/", "/sitemap.xml", "/robots.txt"])
def test_the_real_site_has_nothing_in_its_pages_that_a_stranger_says(pages, path):
    evil = {
        "x_forwarded_host": "evil.example",
        "x_forwarded_proto": "gopher",
        "referer": "http://evil.example/",
        "x_original_url": "/evil.example",
    }
    assert b"evil.example" not in pages.get(path, **evil).body
    assert b"evil.example" not in pages.get(path, "utm_source=evil.example").body


@pytest.mark.parametrize(
    "path", ["/admin/x.css", "/admin/login/x.js", "/en/x.css", "/en/resources/x.css", "/en/%2e%2e/admin/"]
)
def test_an_ending_does_not_make_a_page_everybodys(pages, path):
    pages.get(path)
    assert len(pages.application.shelf) == 0


def test_a_host_that_is_not_ours_is_refused_and_nothing_kept(handler):
    browser = Browser(with_page_cache(handler), host="evil.example")
    assert browser.get("/en/").status.startswith("400")
    assert len(browser.application.shelf) == 0


def test_an_editor_sees_at_once_what_was_published_and_everybody_within_ten_seconds(
    pages, site, client, admin_user, clock
):
    client.force_login(admin_user)
    session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert pages.get("/en/news/rain/").status.startswith("404")
    pages.get("/en/news/")
    add_article(site, slug="rain", title="Rain")
    assert pages.get("/en/news/rain/").status == "200 OK"  # what isn't there is not kept
    assert b"Rain" not in pages.get("/en/news/").body
    own = pages.get("/en/news/", cookie=session)
    assert b"Rain" in own.body
    assert "private" in own.headers["Cache-Control"]
    clock.now += PAGES
    assert b"Rain" in pages.get("/en/news/").body
    assert b"Rain" in pages.get("/en/news/").body
