"""A page that was closed doesn't come back from a front that had it: what leads to its door takes its place."""

import pytest
from wagtail.models import PageViewRestriction

from initiative.base.freshness import cache_control
from initiative.page_cache import PageCache, with_page_cache
from tests.applications import Application, Browser
from tests.factories import add_article

FRONT = {"x_front_keeps": "EXPIRED", "if_none_match": 'W/"a"'}


@pytest.fixture
def inner():
    return Application()


@pytest.fixture
def browser(inner):
    return Browser(PageCache(inner, room=1 << 20, cookies=["sessionid"], languages=["en"]))


def close(inner, status="200 OK"):
    inner.status, inner.headers = status, {"Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private"}


@pytest.mark.parametrize("status", ["200 OK", "302 Found", "403 Forbidden"])
def test_a_front_that_has_a_page_keeps_the_way_to_the_door(browser, inner, status):
    close(inner, status)
    answer = browser.get("/en/loam/", query="page=2", **FRONT)
    assert (answer.status, answer.body) == ("302 Found", b"")
    assert answer.headers == {
        "Location": "/en/loam/?page=2&door=1",
        "Cache-Control": cache_control(),
        "Content-Length": "0",
    }
    assert inner.given[-1].closed
    # Of what is no page nginx keeps no ETag, so it asks again without.
    assert browser.get("/en/loam/", x_front_keeps="EXPIRED").status == "302 Found"


@pytest.mark.parametrize("asks", [{"x_front_keeps": "MISS"}, {"if_none_match": 'W/"a"'}, {}])
def test_whoever_has_nothing_or_is_no_front_sees_the_door_itself(browser, inner, asks):
    close(inner)
    assert browser.get("/en/loam/", **asks).status == "200 OK"


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_what_is_only_refused_for_now_is_no_door(browser, inner, status):
    close(inner, status)
    assert browser.get("/en/loam/", **FRONT).status == status


@pytest.mark.parametrize(
    ("path", "location"),
    [("//evil.example/", "/evil.example/?door=1"), ("/en/\xc3\xa9t\xc3\xa9 ?/", "/en/%C3%A9t%C3%A9%20%3F/?door=1")],
)
def test_the_way_stays_on_the_site(browser, inner, path, location):
    close(inner)
    assert browser.get(path, **FRONT).headers["Location"] == location


def test_an_old_page_is_not_given_to_a_front_that_has_the_way(browser, inner):
    browser.get("/en/loam/")
    inner.status = "503 Service Unavailable"
    minute_later = browser.application.clock() + 60
    browser.application.clock = lambda: minute_later
    assert browser.get("/en/loam/", **FRONT).status == "304 Not Modified"
    assert browser.get("/en/loam/", x_front_keeps="MISS").status == "200 OK"
    assert browser.get("/en/loam/", x_front_keeps="EXPIRED").status == "503 Service Unavailable"


@pytest.mark.parametrize(
    "restriction", [{"restriction_type": "password", "password": "loam"}, {"restriction_type": "login"}]
)
def test_a_page_of_the_site_that_is_closed(site, handler, restriction):
    article = add_article(site, slug="closed", title="Closed", introduction="For few.")
    browser = Browser(with_page_cache(handler))
    open_page = browser.get("/en/news/closed/", x_front_keeps="MISS")
    assert b"For few." in open_page.body
    PageViewRestriction.objects.create(page=article, **restriction)
    browser.application.shelf.clear()
    led = browser.get("/en/news/closed/", x_front_keeps="EXPIRED", if_none_match=open_page.headers["ETag"])
    assert (led.status, led.headers["Location"]) == ("302 Found", "/en/news/closed/?door=1")
    door = browser.get("/en/news/closed/", query="door=1", x_front_keeps="MISS")
    assert b"For few." not in door.body
    assert "no-store" in door.headers["Cache-Control"]
