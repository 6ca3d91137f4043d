import gzip
import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders

from initiative.base.strata import cores, deposit, divider, swatch, thumbnail


def static_text(name):
    return Path(finders.find(name)).read_text(encoding="utf-8")


def spots(path):
    """Where the grains of a path lie: `M` says it, `m` counts from the grain before."""
    x = y = 0
    found = []
    for command, across, down in re.findall(r"([Mm])(-?\d+) ?(-?\d+)h0", path):
        x, y = (int(across), int(down)) if command == "M" else (x + int(across), y + int(down))
        found.append((x, y))
    return found


@pytest.mark.parametrize(
    ("name", "width", "height"), [("art/hero-wide.svg", 1440, 860), ("art/hero-tall.svg", 780, 1200)]
)
def test_the_hero_holds_a_thousand_grains_and_four_are_lit(name, width, height):
    paths = dict(re.findall(r'<path d="((?:[Mm][-\d ]+h0)+)" stroke="(#\w+)"', static_text(name)))
    grains = {colour: spots(path) for path, colour in paths.items()}
    lit = grains.pop("#ffbf3f")
    dark = [spot for found in grains.values() for spot in found]
    assert (len(dark), len(lit)) == (996, 4)
    assert len({*dark, *lit}) == 1000, "two grains in one place would count as one"
    assert all(0 <= x <= width and 0 <= y <= height for x, y in [*dark, *lit])


@pytest.mark.parametrize(
    "name", ["art/hero-wide.svg", "art/hero-tall.svg", "art/footer.svg", "art/profile.svg", "art/map.svg"]
)
def test_art_is_well_formed_and_runs_nothing(name):
    art = static_text(name)
    ElementTree.fromstring(art)
    assert "script" not in art
    assert "http://www.w3.org/2000/svg" in art
    assert art.count("http") == 1


def test_a_core_goes_as_deep_as_its_number():
    assert cores([100, Decimal(325), 650]) == [80, 260, 520]


def test_small_numbers_can_be_seen_and_none_is_negative():
    assert cores([1, 1000]) == [24, 520]
    assert cores([0, 0]) == [24, 24]
    assert cores([]) == []
    with pytest.raises(ValueError, match="negative"):
        cores([-1])


def test_dividers_are_small_and_always_the_same():
    assert divider("a") == divider("a")
    assert divider("a") != divider("b")
    assert len(divider("a")) < 1600
    ElementTree.fromstring(divider("a"))


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("art/hero-wide.svg", 15_000),
        ("art/hero-tall.svg", 15_000),
        ("art/profile.svg", 5_000),
        ("art/map.svg", 3_000),
        ("art/footer.svg", 1_000),
        ("favicon.svg", 1_000),
    ],
)
def test_art_is_light_on_its_way(name, most):
    assert len(gzip.compress(static_text(name).encode(), 6)) < most


def test_small_pieces_are_smaller_than_three_thousand_bytes():
    grown = deposit("cover-crops", [10, 14, 19, 25, 31, 36, 40], 40)
    drawn = "".join(layer.path + layer.grains for layer in grown.layers)
    assert max(len(piece) for piece in (divider("a"), swatch("podzol"), drawn)) < 3_000


def test_what_decorates_is_hidden_from_those_who_listen():
    for piece in (divider("a"), swatch("podzol"), thumbnail("a")):
        assert piece.startswith("<svg ")
        assert ' aria-hidden="true"' in piece.partition(">")[0]
