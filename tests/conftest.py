"""What tests share: a small tree in every language, and the starter content for those that want it all."""

import gc
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connection, transaction
from django.test import override_settings
from django.utils import translation
from modelsearch import signal_handlers

from initiative.base import freshness, messages
from tests.kept_rows import Kept
from tests.migrated import Migrated


def pytest_configure(config):
    """Translations are compiled before anything speaks; once, not in each of xdist's workers."""
    if not hasattr(config, "workerinput"):
        messages.compile_stale(settings.LOCALE_PATHS)


def pytest_collection_finish():
    """Thousands of tests make rubbish that goes by itself; looking for the rest of it every moment took an eighth of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.hookimpl(tryfirst=True)  # before pytest-django puts them in order
def pytest_collection_modifyitems(items):
    """Whoever reads what was made for a module wants the test database, too: pytest-django makes none for tests that don't
    say so, and the content would go into the developer's own."""
    for item in items:
        if {"starter", "_tree"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def _migrated(request):
    """SQLite's database as the last run's migrations left it; None on another database."""
    cache = getattr(request.config, "cache", None)  # pytest can be told to keep nothing
    return Migrated(cache.mkdir("migrated")) if cache and connection.vendor == "sqlite" else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, _migrated):
    """The last thing pytest-django asks for before it makes the test database."""
    if _migrated:
        _migrated.give()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, _migrated):
    """pytest-django's, and what it made is kept for the next run."""
    if _migrated:
        with django_db_blocker.unblock():
            _migrated.keep()


@pytest.fixture(scope="session", autouse=True)
def _files(tmp_path_factory):
    """Uploads go into a folder of this run, static files need no build, and passwords cost nothing. What a worker knows of menus
    and addresses is known for as long as a test takes, however slow the machine: statements can be counted."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with (
        patch.multiple(freshness, KNOWN=600, RENEWED=600),
        override_settings(
            MEDIA_ROOT=tmp_path_factory.mktemp("media"),
            PRIVATE_ROOT=tmp_path_factory.mktemp("private"),
            STATIC_ROOT=str(tmp_path_factory.mktemp("static")),
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
            STORAGES={**settings.STORAGES, "staticfiles": static},
            WORK_BESIDE_REQUESTS=False,
            REDIS_URL="",
        ),
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_admin_search():
    """The index of the admin's own search isn't kept: it was half of what saving a page took. Where it is what matters, it is
    (`tests/initiative/test_admin_search.py`)."""
    nothing = SimpleNamespace(enqueue=lambda *_arguments: None)
    with patch.object(signal_handlers, "insert_or_update_object_task", nothing):
        yield


@pytest.fixture(autouse=True)
def _clean_slate():
    """Neither what was cached or judged nor the language of one test reaches the next."""
    from initiative import health  # Django has to be set up

    for each in caches.all(initialized_only=True):
        each.clear()
    health.forget_verdict()
    with translation.override("en"):
        yield


@contextmanager
def _for_a_module(blocker):
    """What is written inside is there for each of the module's tests, and rolled back after the last."""
    with blocker.unblock(), transaction.atomic(), translation.override("en"):
        cache.clear()
        yield
        transaction.set_rollback(True)


class Pages:
    """Published pages by role and language: `site["library", "fr"]`, read from the database each time."""

    def __init__(self, keys: dict):
        self._keys = keys

    def __getitem__(self, key):
        from wagtail.models import Page

        return Page.objects.get(pk=self._keys[key]).specific


@pytest.fixture(scope="session")
def _kept_tree():
    from tests.factories import make_site

    return Kept(lambda: {key: page.pk for key, page in make_site().items()})


@pytest.fixture(scope="module")
def _tree(django_db_setup, django_db_blocker, _kept_tree):
    with _for_a_module(django_db_blocker):
        yield _kept_tree()


@pytest.fixture(scope="module")
def made_for_module(_tree, django_db_blocker):
    """For fixtures of a module: makes content on the site once, `with made_for_module(make) as made`; its tests have it all,
    and it is gone after the last. `make` gets what `site` is."""

    @contextmanager
    def made(make):
        with _for_a_module(django_db_blocker):
            yield make(Pages(_tree))

    return made


@pytest.fixture
def site(_tree, db) -> Pages:
    """Home and landing pages in every language, empty of records. The module's other tests have them too."""
    return Pages(_tree)


@pytest.fixture(scope="module")
def starter(django_db_setup, django_db_blocker):
    """The starter content, loaded once for a module. It takes seconds: few modules want it all."""
    from django.core.management import call_command

    with _for_a_module(django_db_blocker):
        call_command("load_starter_content", verbosity=0)
        yield
