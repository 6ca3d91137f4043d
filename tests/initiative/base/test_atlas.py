import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import brotli
import pytest
import yaml
from django.conf import settings

from initiative.base.atlas import CONTINENTS, CountryMap, Part, position, region_box
from initiative.base.strata.countries import COUNTRIES

DRAWINGS = settings.BASE_DIR / "static/art"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(counts, **more):
    return CountryMap(counts, lambda code: f"/?country={code}", **more)


def test_every_country_of_the_site_is_on_the_map():
    rows = yaml.safe_load((settings.BASE_DIR / "initiative/starter/records/places.yaml").read_text(encoding="utf-8"))
    countries = {row["code"] for row in rows if not row["code"].isdigit()}
    assert countries - set(COUNTRIES) == {"AQ"}  # nobody farms Antarctica


@pytest.mark.parametrize(("region", "most"), [("", 24_000), ("150", 47_000)])
def test_a_drawing_is_one_small_file_of_shapes(region, most):
    """Bytes compressed; the world as a whole needs fewer than a part of it."""
    path = DRAWINGS / Path(drawn({}, region=region).drawing).name
    tree = ElementTree.parse(path)
    ids = [path.get("id") for path in tree.iter(f"{SVG}path") if path.get("id")]
    assert len(ids) == len(set(ids)) > 220
    assert {code for code, (_latitude, _longitude, size) in COUNTRIES.items() if size} == set(ids)
    assert not re.search(rb"script|style|href|onload", path.read_bytes())
    assert len(brotli.compress(path.read_bytes())) < most
    assert tree.getroot().get("viewBox") == " ".join(map(str, region_box()))


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_every_country_lies_within_the_map(code):
    left, top, width, height = region_box()
    x, y = position(code)
    assert left < x < left + width
    assert top < y < top + height


@pytest.mark.parametrize(
    ("region", "inside", "outside"),
    [
        ("002", ["DZ", "ZA", "SN", "SO", "MG", "MU"], ["FR", "BR", "IN"]),
        ("019", ["CA", "US", "MX", "BR", "CL", "CU"], ["FR", "NG", "FJ"]),
        ("142", ["TR", "KZ", "IN", "JP", "ID", "YE"], ["FR", "NG", "NZ"]),
        ("150", ["IS", "PT", "GR", "FI", "UA", "MT"], ["DZ", "US", "IN"]),
        ("009", ["AU", "NZ", "FJ", "WS", "PF", "PG"], ["FR", "CL", "IN"]),
    ],
)
def test_a_part_of_the_world_shows_its_countries(region, inside, outside):
    left, top, width, height = region_box(region)

    def is_shown(code):
        x, y = position(code)
        return left <= x <= left + width and top <= y <= top + height

    assert [code for code in inside if not is_shown(code)] == []
    assert [code for code in outside if is_shown(code)] == []
    assert region in CONTINENTS


@pytest.mark.parametrize(
    ("counts", "limits", "steps"),
    [
        ({}, [], {}),
        ({"FR": 0}, [], {}),
        ({"FR": 1}, [1], {"FR": 4}),
        ({"FR": 1, "DE": 2}, [2], {"FR": 4, "DE": 4}),
        ({"FR": 1, "DE": 16, "PE": 3, "ES": 9}, [2, 4, 8, 16], {"FR": 1, "DE": 4, "PE": 2, "ES": 4}),
        ({"FR": 200, "DE": 4, "PE": 15, "ES": 54}, [4, 15, 54, 200], {"FR": 4, "DE": 1, "PE": 2, "ES": 3}),
    ],
)
def test_steps_grow_by_the_same_factor(counts, limits, steps):
    found = drawn(counts)
    assert found.limits == limits
    assert {country.code: country.step for country in found.countries} == steps
    legend = [(step["first"], step["last"]) for step in found.legend]
    assert legend == list(zip([1, *(limit + 1 for limit in limits)], limits, strict=False))


def test_small_countries_get_a_dot_and_large_ones_their_number_where_there_is_room():
    counts = {"FR": 5, "WS": 2, "XX": 7}
    world = {country.code: country for country in drawn(counts).countries}
    assert set(world) == {"FR", "WS"}  # nobody knows where XX lies
    assert (world["FR"].r, world["FR"].label) == ("", "")
    assert (world["WS"].r, world["WS"].label) == ("56", "")
    europe = {country.code: country for country in drawn(counts, region="150", chosen=("FR",)).countries}
    assert (europe["FR"].label, europe["FR"].chosen, europe["FR"].url) == ("5", True, "/?country=FR")
    assert drawn(counts, region="nonsense").region == ""


def test_maps_that_show_the_same_are_written_alike_and_others_are_not():
    def written(counts, path="/?country=", **more):
        return str(CountryMap(counts, lambda code: f"{path}{code}", **more))

    plain = written({"FR": 5, "WS": 2})
    assert plain == written({"WS": 2, "FR": 5, "DE": 0})
    others = [
        written({"FR": 5, "WS": 3}),
        written({"FR": 5, "WS": 2}, path="/?q=a&country="),
        written({"FR": 5, "WS": 2}, region="150"),
        written({"FR": 5, "WS": 2}, chosen=("FR",)),
        written({"FR": 5, "WS": 2}, parts=[Part("150", "Europe", 5, "/?region=150", False)]),
    ]
    assert len({plain, *others}) == 6
