from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import translation
from django.views.defaults import server_error
from wagtail.models import Page

from initiative.views import failed, forbidden
from tests.factories import LANGUAGES
from tests.reading import DIRECTIONS, read


@pytest.mark.parametrize(
    ("asked", "home"), [("", "/en/"), ("fr-BE", "/fr/"), ("es", "/es/"), ("ar", "/ar/"), ("de", "/en/")]
)
def test_the_root_leads_to_the_home_page_in_the_language_of_the_browser(client, db, asked, home):
    response = client.get("/", headers={"Accept-Language": asked})
    assert (response.status_code, response.headers["Location"]) == (302, home)
    assert "Accept-Language" in response.headers["Vary"]
    assert "Cookie" not in response.headers["Vary"]
    assert not response.cookies


@pytest.mark.parametrize("path", ["/", "/sitemap.xml", "/robots.txt", "/healthz", "/en/search/"])
def test_only_reading_is_allowed(client, site, path):
    assert client.post(path).status_code == 405


def test_no_other_address_is_redirected_by_language(client, site):
    for path in ("/en/resources/", "/en/"):
        assert client.get(path, headers={"Accept-Language": "fr"}).status_code == 200


def test_robots(client, db):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /admin/\n"
        "Disallow: /en/search/\nDisallow: /en/report-a-problem/\n"
        "Disallow: /fr/recherche/\nDisallow: /fr/signaler-un-probleme/\n"
        "Disallow: /es/buscar/\nDisallow: /es/avisar-de-un-problema/\n"
        "Disallow: /ar/search/\nDisallow: /ar/report-a-problem/\n"
        f"Sitemap: {settings.SITE_URL}/sitemap.xml\n"
    )


def test_healthz_asks_nobody(client):
    response = client.get("/healthz")  # without the db fixture, so a query would fail
    assert (response.status_code, response.content) == (200, b"ok")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_that_is_not_there_is_said_so_in_the_language_of_the_address(client, site, code):
    page = read(client, f"/{code}/nowhere/at/all/", status=404)
    assert page.language == (code, DIRECTIONS[code])
    assert page.h1
    assert not page.is_indexed
    assert page.canonical == ""
    assert page.soup.select_one("main form[role=search]")["action"] == page.soup.select_one("a.top-search")["href"]
    assert site["library", code].get_path() in page.links.values()
    assert list(page.languages) == LANGUAGES
    assert page.languages["fr"] == "/fr/"


def test_a_language_that_the_site_does_not_have_is_not_found(client, site):
    assert client.get("/de/").status_code == 404
    assert client.get("/resources/").status_code == 404


@pytest.mark.parametrize("code", ["fr", "es", "ar"])
def test_english_is_never_shown_under_the_address_of_another_language(client, site, code):
    """Wagtail would serve the default home page under any prefix whose own home isn't published."""
    Page.objects.filter(pk=site["home", code].pk).update(live=False)
    assert client.get(f"/{code}/").status_code == 404
    assert client.get("/en/").status_code == 200


def test_a_page_under_the_home_of_another_language_is_not_found_either(client, site):
    Page.objects.filter(pk=site["home", "fr"].pk).update(live=False)
    assert client.get("/fr/resources/").status_code == 404
    assert client.get("/fr/resources/anything/").status_code == 404
    assert client.get("/fr/news/feed/").status_code == 404
    assert client.get("/fr/events/calendar.ics").status_code == 404


def test_the_page_for_errors_of_ours_needs_nothing(rf):
    response = server_error(rf.get("/fr/"))  # without the db fixture
    assert response.status_code == 500
    assert response.content.decode().count("<h1") == 1
    assert "noindex" in response.content.decode()


@pytest.fixture
def database_away(client, monkeypatch):
    """What asks the database while a page or form is worked out is refused."""

    def refuse(*_args, **_more):
        raise OperationalError("connection refused")

    client.raise_request_exception = False
    monkeypatch.setattr("initiative.models.HomePage.serve", refuse)


def test_while_the_database_is_away_the_site_says_so_and_when_to_come_again(client, site, database_away):
    response = client.get("/ar/")
    page = BeautifulSoup(response.content, "lxml")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert page.h1.get_text() == "ليس الآن"
    assert page.form is None


def test_what_was_sent_then_is_kept_in_the_page_and_can_be_sent_again(rf, site):
    sent = {"text": '  line one\nline <two> & "three"', "topic": ["a", "b"], "file": SimpleUploadedFile("a.pdf", b"x")}
    request = rf.post("/fr/signaler/?x=1&y=2", sent)
    with translation.override("fr"):
        try:
            raise OperationalError("connection refused")
        except OperationalError:
            response = failed(request)
    form = BeautifulSoup(response.content, "lxml").form
    assert response.status_code == 503
    assert (form["method"], form["action"]) == ("post", "/fr/signaler/?x=1&y=2")
    kept = [(field["name"], field["value"]) for field in form.find_all("input", type="hidden")]
    assert kept == [("text", sent["text"]), ("topic", "a"), ("topic", "b")]
    assert "fichiers" in BeautifulSoup(response.content, "lxml").main.get_text()


def test_any_other_mistake_is_ours(rf):
    try:
        raise ValueError("a mistake")
    except ValueError:
        assert failed(rf.post("/fr/", {"a": "b"})).status_code == 500


def test_a_page_one_may_not_open(client, site):
    request = client.get("/fr/").wsgi_request
    response = forbidden(request)
    assert response.status_code == 403
    assert b"noindex" in response.content


def test_uploaded_files_are_served_and_documents_only_through_their_view(client, db, settings):
    for folder in ("images", "documents"):
        (Path(settings.MEDIA_ROOT) / folder).mkdir(exist_ok=True)
        (Path(settings.MEDIA_ROOT) / folder / "a.txt").write_text("soil")
    assert b"".join(client.get("/media/images/a.txt").streaming_content) == b"soil"
    assert client.get("/media/documents/a.txt").status_code == 404
    assert client.get("/media/images/none.txt").status_code == 404
    assert client.get("/media/../initiative/settings.py").status_code == 404


def test_what_a_script_may_send_is_refused_without_a_token(db):
    assert Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"}).status_code == 403
