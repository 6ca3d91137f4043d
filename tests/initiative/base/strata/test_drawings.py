import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders

from initiative.base.strata import cores, deposit, divider, share_done


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
    drawn = cores([100, Decimal(325), 650])
    assert [core["height"] for core in drawn] == [80, 260, 520]
    assert [core["offset"] for core in drawn] == [0, -236, -472]


def test_small_numbers_can_be_seen_and_none_is_negative():
    assert cores([1, 1000])[0]["height"] == 24
    assert cores([0, 0])[0]["height"] == 24
    assert cores([]) == []
    with pytest.raises(ValueError, match="negative"):
        cores([-1])


def test_every_report_lays_down_a_layer():
    drawn = deposit("cover crops", 1200, 4000, [(2023, 1650), (2024, 2350), (2025, 2960)], expected=2250)
    assert [(layer.label, layer.gain) for layer in drawn.layers] == [
        ("", None),
        ("2023", 450),
        ("2024", 700),
        ("2025", 610),
    ]
    assert [layer.y for layer in drawn.layers] == [348, 298, 222, 154]
    assert (drawn.now_y, drawn.target_y, drawn.expected_y) == (154, 40, 232)
    ElementTree.fromstring(f"<svg>{drawn.svg}</svg>")


def test_a_lower_report_takes_away_what_lay_on_top():
    drawn = deposit("x", 0, 100, [(2023, 40), (2024, 60), (2025, 20)])
    assert [layer.label for layer in drawn.layers] == ["", "2023"]
    assert drawn.now_y == drawn.layers[-1].y == 392


def test_where_less_is_better_the_way_done_is_drawn():
    drawn = deposit("x", 100, 50, [(2023, 75)])
    assert [layer.label for layer in drawn.layers] == ["2023"]
    assert drawn.now_y == 260


def test_labels_never_lie_on_one_another():
    drawn = deposit("x", 10, 1000, [(year, 10 + (year - 2015) * 4) for year in range(2016, 2024)])
    heights = [layer.label_y for layer in drawn.layers]
    assert all(above <= below - 44 for below, above in pairwise(heights))


def test_share_of_the_way():
    assert share_done(1200, 4000, 2600) == 0.5
    assert share_done(100, 50, 75) == 0.5
    with pytest.raises(ValueError, match="no way"):
        share_done(1, 1, 1)


def test_dividers_are_small_and_always_the_same():
    assert divider("a") == divider("a")
    assert divider("a") != divider("b")
    assert len(divider("a")) < 1600
    ElementTree.fromstring(divider("a"))
