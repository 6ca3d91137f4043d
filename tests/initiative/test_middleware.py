import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import translation

from initiative.middleware import preferred_language

KEPT = {"public", "max-age=0", "s-maxage=10", "stale-while-revalidate=60", "stale-if-error=86400"}


def cache_control(response) -> set[str]:
    return {part.strip() for part in response.headers.get("Cache-Control", "").split(",") if part.strip()}


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("es-419,es;q=0.9,en;q=0.8", "es"),
        ("ar-MA,fr;q=0.8", "ar"),
        ("de,fr;q=0.3,en;q=0.5", "en"),
        ("de-DE,pt", "en"),
        ("en;q=0.1,fr;q=0.9", "fr"),
        ("*", "en"),
        ("fr;q=0,es", "es"),
        ("nonsense;;;,,,%%%\x00", "en"),
        ("x" * 5000, "en"),
    ],
)
def test_the_language_that_a_browser_prefers(rf, asked, language):
    assert preferred_language(rf.get("/", headers={"Accept-Language": asked})) == language


def test_a_cookie_chooses_no_language(rf):
    request = rf.get("/", headers={"Cookie": f"{settings.LANGUAGE_COOKIE_NAME}=fr", "Accept-Language": "es"})
    assert preferred_language(request) == "es"


def test_the_address_says_the_language_whatever_the_browser_asks_for(client, site):
    response = client.get("/fr/", headers={"Accept-Language": "es"})
    assert response.headers["Content-Language"] == "fr"
    assert "Accept-Language" not in response.headers.get("Vary", "")


def test_an_address_without_language_follows_the_browser_and_says_so_to_caches(client):
    response = client.get("/healthz", headers={"Accept-Language": "ar"})
    assert response.headers["Content-Language"] == "ar"
    assert "Accept-Language" in response.headers["Vary"]


def test_the_language_of_one_request_does_not_reach_the_next(client, site):
    client.get("/ar/")
    assert client.get("/en/").headers["Content-Language"] == "en"
    with translation.override(None):
        assert client.get("/es/").headers["Content-Language"] == "es"


@pytest.mark.parametrize("path", ["/en/", "/fr/ressources/", "/en/search/?q=soil", "/sitemap.xml", "/robots.txt"])
def test_caches_may_keep_what_anonymous_readers_get(client, site, path):
    response = client.get(path, follow=True)
    assert response.status_code == 200
    assert cache_control(response) == KEPT
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_a_reader_who_is_signed_in_gets_a_page_of_their_own(client, site):
    client.force_login(get_user_model().objects.create_user("ada", password="x"))
    assert {"private", "no-store"} <= cache_control(client.get("/en/"))


def test_a_stale_session_cookie_is_taken_away_and_the_reader_is_anonymous_again(client, site):
    client.cookies[settings.SESSION_COOKIE_NAME] = "gone"
    response = client.get("/en/")
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert {"private", "no-store"} <= cache_control(response)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    assert cache_control(client.get("/en/")) == KEPT


def test_what_sets_a_cookie_is_kept_by_nobody(client, db):
    response = client.get("/admin/login/")
    assert response.cookies
    assert "public" not in cache_control(response)
    assert "private" in cache_control(response)


def test_errors_are_not_kept(client, site):
    assert "public" not in cache_control(client.get("/en/nowhere/"))
    assert "public" not in cache_control(client.get("/"))


@pytest.mark.parametrize("path", ["/en/%00", "/en/resources/a%00b/", "/" + "x" * 2001, "/en/" + "é" * 2000 + "/"])
def test_addresses_that_nobody_can_have_meant_are_refused_before_the_database_sees_them(client, db, path):
    response = client.get(path)
    assert (response.status_code, response.content) == (400, b"Bad request")


def test_a_long_address_that_is_not_absurd_is_just_not_found(client, site):
    assert client.get("/en/" + "x" * 1900 + "/").status_code == 404


def test_pages_may_load_nothing_from_elsewhere_and_run_nothing_inline(client, site):
    policy = dict(
        directive.strip().partition(" ")[::2]
        for directive in client.get("/en/").headers["Content-Security-Policy"].split(";")
    )
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "frame-src": "https://www.youtube-nocookie.com",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'self'",
    }


def test_the_admin_has_no_such_policy_as_it_could_not_work_under_it(client, db):
    assert "Content-Security-Policy" not in client.get("/admin/login/").headers


def test_other_headers_that_keep_readers_safe(client, site):
    headers = client.get("/en/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
