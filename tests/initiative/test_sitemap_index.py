"""The map of a large site: an index of maps, each with as many addresses as one may have."""

import xml.etree.ElementTree as ET

import pytest
from django.conf import settings

from initiative import sitemaps
from tests.factories import OrganisationFactory, ResourceFactory

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client, path) -> tuple[str, list[str]]:
    """The root element of a map or index, and the paths it lists."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    root = ET.fromstring(response.content)
    found = [element.text.removeprefix(settings.SITE_URL) for element in root.iter(f"{SITEMAP}loc")]
    return root.tag.removeprefix(SITEMAP), found


@pytest.fixture
def large(site):
    """13 pages in four languages, 9 resources in two, 4 partners in one: 74 addresses."""
    for number in range(9):
        ResourceFactory(slug=f"work-{number}", abstract_en="Roots.", abstract_fr="Racines.")
    for number in range(4):
        OrganisationFactory(slug=f"trust-{number}")
    return site


def test_one_map_for_as_many_as_it_may_have(client, large, monkeypatch):
    monkeypatch.setattr(sitemaps, "LIMIT", 74)
    kind, whole = locations(client, "/sitemap.xml")
    assert (kind, len(whole)) == ("urlset", 74)


def test_one_more_makes_an_index(client, large, monkeypatch):
    _kind, whole = locations(client, "/sitemap.xml")
    monkeypatch.setattr(sitemaps, "LIMIT", 73)
    kind, parts = locations(client, "/sitemap.xml")
    assert (kind, parts) == ("sitemapindex", ["/sitemap-1.xml", "/sitemap-2.xml"])
    found = [locations(client, part) for part in parts]
    assert [kind for kind, _paths in found] == ["urlset", "urlset"]
    assert sorted(path for _kind, paths in found for path in paths) == sorted(whole)


@pytest.mark.parametrize("limit", [4, 8, 20, 40, 70])
def test_no_map_has_too_many_and_none_leaves_anything_out(client, large, monkeypatch, limit):
    _kind, whole = locations(client, "/sitemap.xml")
    monkeypatch.setattr(sitemaps, "LIMIT", limit)
    _kind, parts = locations(client, "/sitemap.xml")
    found = [locations(client, part)[1] for part in parts]
    assert max(len(paths) for paths in found) <= limit
    assert len(parts) == -(-26 // (limit // 4))
    together = [path for paths in found for path in paths]
    assert sorted(together) == sorted(whole)
    assert len(set(together)) == len(together)


def test_what_is_no_part(client, large, monkeypatch):
    monkeypatch.setattr(sitemaps, "LIMIT", 40)
    for path in ("/sitemap-0.xml", "/sitemap-4.xml", "/sitemap-99999999999999999999.xml"):
        assert client.get(path).status_code == 404
    assert client.get("/sitemap-3.xml").status_code == 200


def test_a_small_site_has_one_part_too(client, site):
    assert locations(client, "/sitemap-1.xml")[1] == locations(client, "/sitemap.xml")[1]
