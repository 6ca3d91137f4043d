"""What the workers of the server share."""

import gc
import subprocess
import sys

import pytest
from django.template.loader import get_template
from django.urls import URLResolver, get_resolver
from django.utils.translation import trans_real

from initiative import health
from initiative.preload import _join_catalogs, preload
from partners import facets
from resources.citations import apa
from resources.models import LibraryPage


@pytest.fixture
def thawed():
    usual = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*usual)


def test_it_asks_no_database_and_freezes_what_is_loaded(thawed, monkeypatch):
    loaded = []
    monkeypatch.setattr("initiative.preload.get_template", lambda name: loaded.append(get_template(name)))
    monkeypatch.setattr("initiative.health._known", set())
    apa._style.cache_clear()
    facets._countries.cache_clear()
    preload()  # without the mark, pytest-django lets nothing through to a database
    names = {template.template.name for template in loaded}
    assert {"base.html", "404.html", "resources/resource.html", "components/field.html"} <= names
    includes = [pattern for pattern in get_resolver().url_patterns if isinstance(pattern, URLResolver)]
    assert includes
    assert all("url_patterns" in vars(pattern) for pattern in includes)
    assert "_routablepage_urlresolver" in vars(LibraryPage)  # two threads that made it at once would fail
    assert {"en", "fr", "es", "ar"} <= get_resolver()._reverse_dict.keys()  # worked out for each language
    assert ("search", "0001_generations") in health._known
    assert apa._style.cache_info().currsize == 4  # citeproc-py's words of each language
    assert facets._countries.cache_info().currsize == 4
    assert gc.get_freeze_count() > 100_000
    assert gc.get_threshold()[0] == 20_000  # a page makes more than Python's 700


def test_what_the_server_serves_refuses_strange_encodings_and_what_few_requests_need_is_not_in_every_worker():
    """Libraries for calendars and spreadsheets are loaded by who asks for such a thing; what draws, by a process of its own."""
    seldom = {"icalendar", "openpyxl", "fontTools", "fpdf", "pypdfium2", "uharfbuzz"}
    program = (
        "import sys, initiative.wsgi\n"
        "from initiative.preload import preload\n"
        "preload()\n"
        f"print(sorted({seldom!r} & set(sys.modules)))\n"
        "environ = {'REQUEST_METHOD': 'POST', 'PATH_INFO': '/', 'CONTENT_TYPE': 'x/y; charset=idna'}\n"
        "initiative.wsgi.application(environ, lambda status, headers: print(status))"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n400 Bad Request\n"


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_joined_catalogs_say_what_they_said_apart(code):
    words = trans_real.DjangoTranslation(code)._catalog
    apart, said = len(words._catalogs), {key: words[key] for key, _text in words.items()}
    plurals = {
        key[0]: [words.plural(key[0], n) for n in (0, 1, 2, 5, 11, 100, 1_000_000)]
        for key in said
        if isinstance(key, tuple)
    }
    _join_catalogs(words)
    assert len(words._catalogs) < apart / 2
    assert {key: words[key] for key, _text in words.items()} == said
    assert plurals == {key: [words.plural(key, n) for n in (0, 1, 2, 5, 11, 100, 1_000_000)] for key in plurals}
