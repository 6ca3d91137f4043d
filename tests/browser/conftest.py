"""A real server and a real browser. Each test has a copy of one database of its own, and a browser that knows nothing yet.

The server runs in threads of this process on a file of SQLite, so that requests at the same time have connections of their
own, as they have with gunicorn; nothing is flushed, and the database that other tests use is never touched.
"""

import os
import sqlite3
import threading
from contextlib import closing, contextmanager
from itertools import count
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import expect, sync_playwright

from tests.browser.reader import Reader

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Letters and colours are the same on every machine.
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
]
# Generous: a machine with two cores serves and browses at once.
_PATIENCE = 30_000

_numbers = count(1)


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(settings.BASE_DIR / "tests" / "browser"):
            if item.get_closest_marker("browser_full") is None:
                item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db)  # without it pytest-django makes no test database


@contextmanager
def _in_file(path):
    """Whatever asks for the database meanwhile, in any thread, gets this file."""
    elsewhere, name = connection._connections[connection._alias], connection.settings_dict["NAME"]
    del connections["default"]
    connections.settings["default"]["NAME"] = str(path)
    cache.clear()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"]["NAME"] = name
        connections["default"] = elsewhere
        cache.clear()


@pytest.fixture(scope="session")
def _content(django_db_setup, django_db_blocker, tmp_path_factory):
    """The file with the content of all browser tests, and the keys of its pages."""
    if connection.vendor != "sqlite":
        pytest.skip("The browser tests copy their database, which only SQLite does quickly.")
    from tests.browser.content import build

    path = tmp_path_factory.mktemp("browser") / "content.sqlite3"
    assert connection.is_in_memory_db(), "that is no test database"
    with django_db_blocker.unblock():
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as file:
            connection.connection.backup(file)
        # In one transaction, so that the search indexes everything once.
        with _in_file(path), transaction.atomic():
            keys = build()
    return path, keys


@pytest.fixture(scope="session")
def _browser():
    # Playwright keeps a loop in this thread; Django would refuse to ask its database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def _settings(tmp_path_factory):
    """Settings: static files as readers get them (joined, hashed, compressed), and no autosave in the admin."""
    root = str(tmp_path_factory.mktemp("static-build"))
    storage = {"BACKEND": "initiative.base.storage.StaticFilesStorage"}
    chosen = {
        "STATIC_ROOT": root,
        "STORAGES": {**settings.STORAGES, "staticfiles": storage},
        # It starts ten seconds after a form is opened, so on a busy machine it would cross what the test presses.
        "WAGTAIL_AUTOSAVE_INTERVAL": 0,
    }
    with override_settings(**chosen):
        call_command("collectstatic", interactive=False, verbosity=0)
    return chosen


@pytest.fixture(scope="session")
def _server(_settings):
    # Whitenoise answers for static files, as it does elsewhere, not Django's handler for tests.
    thread = LiveServerThread("localhost", lambda application: application)
    thread.daemon = True
    with override_settings(**_settings):
        thread.start()
        thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://{thread.host}:{thread.port}"
    thread.terminate()


def _finish_requests():
    """Wait for what the server still does for browsers that are gone, before their database goes too."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(_PATIENCE / 1_000)


@pytest.fixture
def pages(_content, _settings, db):
    """The database of this test. `pages["news", "en"]` is a page of it, read anew each time."""
    from initiative.search.models import SearchIndex
    from tests.conftest import Pages

    source, keys = _content
    path = source.with_name(f"{next(_numbers)}.sqlite3")
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(path)) as copy:
        original.backup(copy)
    with _in_file(path), override_settings(**_settings):
        # What the search has kept of another test's copy isn't of this one.
        for index in SearchIndex.objects.all():
            SearchIndex.objects.filter(pk=index.pk).update(epoch=uuid4().hex)
        yield Pages(keys)


@pytest.fixture
def browse(pages, _browser, _server):
    """`browse(width=390, …)`: somebody with a browser of their own. What it complains of at any time fails the test."""
    readers = []

    def open_browser(**wishes) -> Reader:
        readers.append(Reader(_browser, _server, _PATIENCE, **wishes))
        return readers[-1]

    yield open_browser
    for reader in readers:
        reader.leave()
    _finish_requests()
    complaints = [complaint for reader in readers for complaint in reader.complaints]
    assert complaints == []


@pytest.fixture
def reader(browse) -> Reader:
    """A reader at a desk."""
    return browse()
