"""What is prepared for the server in front: its own pages, and every page once."""

import re
from types import SimpleNamespace

import pytest
import requests
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command

from initiative.keeping.models import Duty
from initiative.management.commands import warm
from resources.models import Resource
from tests.factories import LANGUAGES
from tests.reading import DIRECTIONS


def test_it_has_pages_of_its_own_in_every_language_that_ask_nobody(tmp_path):
    call_command(
        "write_front_pages", str(tmp_path)
    )  # without the mark, pytest-django lets nothing through to a database
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{name}.{code}.html" for name in ("429", "503") for code in LANGUAGES
    }
    titles = set()
    for path in tmp_path.iterdir():
        page = BeautifulSoup(path.read_text(), "lxml")
        assert (page.html["lang"], page.html["dir"]) == (path.name.split(".")[1], DIRECTIONS[path.name.split(".")[1]])
        assert page.find("meta", {"name": "robots"})["content"] == "noindex"
        assert page.form is None
        titles.add(page.h1.get_text())
    assert len(titles) == 8  # each said in its own language


# As the server has them: pages are the site's own here, files are not.
FILES = {
    "/static/css/site.css": (
        "text/css",
        '@import url("layout.css"); @font-face {src: url(../fonts/a.woff2)} a {b: url(data:x)}',
    ),
    "/static/js/site.js": (
        "text/javascript",
        'import { x } from "./menu.js"; import("./video.js"); import "https://x.example/y.js"',
    ),
}


@pytest.fixture
def asked(client, monkeypatch):
    """What is asked of the server in front."""
    asked = []

    def get(address, headers, timeout, allow_redirects):
        asked.append((address, headers["Accept-Encoding"]))
        path = address.removeprefix("http://127.0.0.1:9")
        answer = requests.Response()
        if path.startswith("/static/"):
            answer.status_code = 200
            answer.headers["Content-Type"], text = FILES.get(path, ("font/woff2", ""))
            answer._content = text.encode()
        else:
            given = client.get(path)
            answer.status_code, answer._content = given.status_code, given.getvalue()
            answer.headers["Content-Type"] = given.headers["Content-Type"]
        return answer

    monkeypatch.setattr(warm.requests, "get", get)
    monkeypatch.setattr(warm, "ThreadPoolExecutor", _Here)
    return asked


class _Here:
    def __init__(self, workers):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    map = staticmethod(map)


def test_every_address_of_the_sitemap_is_asked_for_in_both_packings(client, site, asked, capsys):
    call_command("warm", through="http://127.0.0.1:9/")
    locations = re.findall(r"<loc>http://[^/]+([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    assert len(locations) > 20
    assert set(asked) >= {
        (f"http://127.0.0.1:9{path}", packing) for path in locations for packing in ("gzip", "gzip, deflate, br")
    }
    assert capsys.readouterr().out.startswith(f"Asked for {len(locations)} addresses, and ")


def test_so_are_the_files_that_they_name_and_that_those_name(site, asked):
    call_command("warm", through="http://127.0.0.1:9/")
    files = {address.removeprefix("http://127.0.0.1:9") for address, _packing in asked if "/static/" in address}
    named = {
        "css/site.css",
        "css/layout.css",
        "fonts/a.woff2",
        "js/site.js",
        "js/menu.js",
        "js/video.js",
        "favicon.svg",
    }
    assert files >= {f"/static/{name}" for name in named}
    assert all(file.startswith("/static/") for file in files)


def test_an_address_that_fails_is_named(client, site, asked, monkeypatch):
    monkeypatch.setattr("initiative.models.HomePage.serve", lambda page, request: 1 / 0)
    client.raise_request_exception = False
    with pytest.raises(CommandError, match=r"^4 of them didn't answer, the first /en/$"):
        call_command("warm", through="http://127.0.0.1:9")


def test_where_it_is_too_often_it_waits_and_asks_again(client, site, asked, monkeypatch):
    pauses, given, refused = (
        [],
        client.get,
        SimpleNamespace(status_code=429, getvalue=bytes, headers={"Content-Type": "text/html"}),
    )
    monkeypatch.setattr(warm.time, "sleep", pauses.append)
    monkeypatch.setattr(client, "get", lambda path: given(path) if len(pauses) == 2 else refused)
    command = warm.Command()
    command.through = "http://127.0.0.1:9"
    assert command.ask("/en/", "gzip").status_code == 200
    assert pauses == [1, 3]
    monkeypatch.setattr(client, "get", lambda path: refused)
    with pytest.raises(requests.HTTPError):
        command.ask("/en/", "gzip")
    assert pauses == [1, 3, *warm._PAUSES]


def test_how_it_went_is_noted_where_cron_calls(site, asked, monkeypatch):
    call_command("warm", through="http://127.0.0.1:9/")
    assert not Duty.objects.exists()
    call_command("warm", through="http://127.0.0.1:9/", nightly=True)
    assert Duty.objects.get(name="warm").done
    monkeypatch.setattr(warm.requests, "get", lambda *_arguments, **_options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("warm", through="http://127.0.0.1:9/", nightly=True)
    duty = Duty.objects.get(name="warm")
    assert (duty.failures, duty.problem) == (1, "ZeroDivisionError: division by zero")


def test_a_server_that_does_not_answer_is_one_sentence(db):
    with pytest.raises(
        CommandError, match=r"^http://127\.0\.0\.1:9/sitemap\.xml can’t be read, so nothing was asked for: "
    ):
        call_command("warm", through="http://127.0.0.1:9")


def test_a_site_that_has_a_home_page_gets_no_starter_content(site):
    call_command("load_starter_content", if_empty=True, verbosity=0)
    assert not Resource.objects.exists()
