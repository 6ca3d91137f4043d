import mimetypes

import pytest
import wagtail_factories
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from initiative.base import strata
from initiative.base.encodings import unpack
from initiative.middleware import CompressionMiddleware, preferred_language
from tests.factories import ResourceFactory, add_article

KEPT = {"public", "max-age=0", "s-maxage=4", "stale-while-revalidate=2", "stale-if-error=86400"}


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


@pytest.mark.parametrize(("path", "status"), [("/", 302), ("/nowhere", 404)])
def test_an_address_without_language_follows_the_browser_and_says_so_to_caches(client, site, path, status):
    response = client.get(path, headers={"Accept-Language": "ar"})
    assert (response.status_code, response.headers["Content-Language"]) == (status, "ar")
    assert "Accept-Language" in response.headers["Vary"]


def a_cover() -> str:
    recipe = strata.Recipe.of(identity="a", soil="loess", inclusions=[], year=2022)
    return reverse("cover_svg", args=[strata.VERSION, recipe.address])


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/healthz", "cover"])
def test_a_file_is_the_same_in_every_language(client, site, path):
    response = client.get(a_cover() if path == "cover" else path, headers={"Accept-Language": "ar"})
    assert response.status_code == 200
    assert "Content-Language" not in response.headers
    assert "Accept-Language" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("a.jpg", False),
        ("a.webp", False),
        ("a.mp4", False),
        ("a.pdf", False),
        ("a.zip", False),
        ("a.docx", False),
        ("a.odt", False),
        ("a.woff2", False),
        ("a.svg", True),
        ("a.csv", True),
        ("a.txt", True),
    ],
)
def test_only_what_gets_smaller_by_it_is_compressed(rf, name, packed):
    kind = mimetypes.guess_type(name)[0]
    response = HttpResponse(b"soil " * 200, content_type=kind)
    middleware = CompressionMiddleware(lambda request: response)
    answer = middleware(rf.get("/", headers={"Accept-Encoding": "gzip"}))
    assert (answer.headers.get("Content-Encoding") == "gzip") is packed


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("gzip, br;q=0", "gzip")])
def test_a_page_is_compressed_as_the_browser_likes_it(client, site, accepted, encoding):
    response = client.get("/en/", headers={"Accept-Encoding": accepted})
    assert response.headers["Content-Encoding"] == encoding
    assert unpack(encoding, response.content) == client.get("/en/").content
    assert response.headers["ETag"] == f"W/{client.get('/en/').headers['ETag']}"
    assert "Accept-Encoding" in response.headers["Vary"]


def test_a_page_of_ones_own_is_padded_so_that_no_secret_is_guessed_from_its_size(client, site):
    client.force_login(get_user_model().objects.create_user("ada", password="x"))
    assert client.get("/en/", headers={"Accept-Encoding": "gzip, br"}).headers["Content-Encoding"] == "gzip"


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


def test_what_has_not_changed_may_be_kept_as_long_as_what_has(client, site):
    etag = client.get("/robots.txt").headers["ETag"]
    response = client.get("/robots.txt", headers={"If-None-Match": etag})
    assert response.status_code == 304
    assert cache_control(response) == KEPT


def test_a_page_behind_a_password_is_kept_by_nobody_once_it_is_open(client, site):
    article = add_article(site, slug="closed", title="Closed", introduction="For few.")
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="password", password="loam")
    session = client.session
    session[PageViewRestriction.passed_view_restrictions_session_key] = [restriction.pk]
    session.save()
    response = client.get("/en/news/closed/")
    assert b"For few." in response.content
    assert {"private", "no-store"} <= cache_control(response)
    assert "public" not in cache_control(response)


def test_a_document_behind_a_password_is_kept_by_nobody_once_it_is_open(client, site):
    document = wagtail_factories.DocumentFactory(collection=wagtail_factories.CollectionFactory())
    response = client.get(document.url)
    b"".join(response.streaming_content)  # read to its end, which closes the file
    assert "public" in cache_control(response)
    restriction = CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="password", password="loam"
    )
    session = client.session
    session[CollectionViewRestriction.passed_view_restrictions_session_key] = [restriction.pk]
    session.save()
    response = client.get(document.url)
    b"".join(response.streaming_content)  # read to its end, which closes the file
    assert response.status_code == 200
    assert {"private", "no-store"} <= cache_control(response)
    assert "public" not in cache_control(response)


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
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'self'",
    }


@pytest.mark.parametrize(
    ("film", "frames"),
    [
        ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube-nocookie.com"),
        ("https://films.example/soil", None),
        ("", None),
    ],
)
def test_only_a_page_with_a_film_may_show_it_in_a_frame(client, site, film, frames):
    resource = ResourceFactory(video_url=film)
    directives = client.get(resource.get_url()).headers["Content-Security-Policy"].split("; ")
    policy = dict(directive.strip().partition(" ")[::2] for directive in directives)
    assert policy.get("frame-src") == frames
    assert policy["default-src"] == "'none'"


def test_the_admin_runs_nothing_inline_either(client, db):
    directives = client.get("/admin/login/").headers["Content-Security-Policy"].split("; ")
    policy = dict(directive.partition(" ")[::2] for directive in directives)
    assert policy["script-src"] == "'self'"
    assert policy["default-src"] == policy["base-uri"] == "'none'"
    assert policy["style-src"] == "'self' 'unsafe-inline'"
    assert [name for name, value in policy.items() if "unsafe" in value] == ["style-src"]
    assert "script-src 'self'" in client.get("/documents/1/nowhere.pdf").headers["Content-Security-Policy"]


def test_other_headers_that_keep_readers_safe(client, site):
    headers = client.get("/en/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
