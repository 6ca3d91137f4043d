"""What tests share: a small tree in every language, and the starter content for those that want it all."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from initiative.base import messages
from tests.factories import make_site


def pytest_configure(config):
    """Translations are compiled before anything speaks; once, not in each of xdist's workers."""
    if not hasattr(config, "workerinput"):
        messages.compile_stale(settings.LOCALE_PATHS)


@pytest.fixture(scope="session", autouse=True)
def _files(tmp_path_factory):
    """Uploads go into a folder of this run, and static files need no build."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        STORAGES={**settings.STORAGES, "staticfiles": static},
    ):
        yield


@pytest.fixture(autouse=True)
def _clean_slate():
    """Neither what was cached nor the language of one test reaches the next."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def site(db):
    """Home and landing pages in every language, empty of records: `site["library", "fr"]` is a page."""
    return make_site()


@pytest.fixture(scope="module")
def starter(django_db_setup, django_db_blocker):
    """The starter content, loaded once for a module and rolled back after it."""
    from django.core.management import call_command

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_starter_content", verbosity=0)
        yield
        transaction.set_rollback(True)
