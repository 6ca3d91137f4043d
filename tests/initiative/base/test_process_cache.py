from time import time

import pytest
from django.core.cache import cache
from wagtail.models import Page, Site

from initiative.base import freshness


@pytest.fixture
def later(monkeypatch):
    """`later(seconds)`: the clock of the cache is so far on; with the times that readers meet."""
    monkeypatch.setattr(freshness, "KNOWN", 3)
    begun = time()

    def turn(seconds: float) -> None:
        monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: begun + seconds)

    return turn


@pytest.mark.django_db
def test_where_a_tree_begins_is_read_again_soon_as_another_machine_may_have_changed_it(site, later):
    root = Site.objects.get().root_page
    assert root.url_path in {known.root_path for known in Site.get_site_root_paths()}
    Page.objects.filter(pk=root.pk).update(url_path="/renamed-elsewhere/")  # nothing is said here
    later(4)
    assert "/renamed-elsewhere/" in {known.root_path for known in Site.get_site_root_paths()}


def test_what_others_keep_stays_as_long_as_they_say(later):
    cache.set("a-test", "kept", 60)
    later(50)
    assert cache.get("a-test") == "kept"
    cache.delete("a-test")
