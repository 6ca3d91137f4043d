"""Paths, methods and headers that nobody in their right mind sends."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.nonsense.values import FINE, HEADERS, PATHS


@pytest.mark.parametrize("prefix", ["", "/en", "/en/resources", "/documents", "/media", "/art", "/static"])
@pytest.mark.parametrize("rest", PATHS)
def test_paths_that_are_no_paths(public, prefix, rest):
    assert public.get(prefix + rest).status_code in FINE | {301, 302}


def test_nobody_is_led_away_from_the_site(public):
    for path in ("//example.org/", "//example.org", "/\\example.org/", "/en//example.org"):
        location = public.get(path).headers.get("Location", "/")
        assert not location.startswith(("//", "/\\", "http:", "https:")), path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_other_methods(public, method):
    for path in ("/en/", "/en/resources/", "/en/resources/roots/", "/en/search/", "/sitemap.xml"):
        assert getattr(public, method)(path).status_code in {200, 403, 405}


@pytest.mark.parametrize("headers", HEADERS, ids=str)
def test_nonsense_in_headers(public, headers):
    for path in ("/", "/en/resources/?q=roots", "/en/resources/roots/"):
        assert public.get(path, headers=headers).status_code in FINE | {302, 304}


def test_another_host_is_refused(public):
    assert public.get("/en/", headers={"Host": "example.org"}).status_code == 400


@settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(path=st.lists(st.text(min_size=1, max_size=30), max_size=4))
def test_any_path(public, path):
    assert public.get("/" + "/".join(path)).status_code in FINE | {301, 302}
