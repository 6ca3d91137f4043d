import itertools
from hashlib import sha256
from xml.etree import ElementTree

import pytest

from initiative.base import strata
from initiative.base.strata import INCLUSIONS, SOILS, Recipe, cover, draw, draw_small, swatch, thumbnail

PAIRS = list(itertools.permutations(INCLUSIONS, 2))


def digest(svg):
    return sha256(svg.encode()).hexdigest()[:16]


def test_the_same_record_always_gets_the_same_drawing():
    draw.cache_clear()
    first = cover("walker-2022", "chernozem", ("grains", "stones"), 2022)
    draw.cache_clear()
    assert cover("walker-2022", "chernozem", ("grains", "stones"), 2022) == first


@pytest.mark.parametrize(
    ("soil", "inclusions", "year", "expected"),
    [
        ("chernozem", ("grains", "stones"), 2022, "e9647026d1b85e3b"),
        ("podzol", ("roots",), 2017, "74d345b65634d065"),
        ("gleysol", (), None, "043266a2ea865f3a"),
    ],
)
def test_no_release_redraws_the_library(soil, inclusions, year, expected):
    # A new drawing needs a new VERSION: change both here together.
    assert strata.VERSION == 1
    assert digest(cover("walker-2022", soil, inclusions, year)) == expected


def test_nor_its_thumbs():
    drawn = [thumbnail("walker-2022", soil, pair, 2022) for soil in SOILS for pair in PAIRS]
    assert (strata.VERSION, digest("".join(drawn))) == (1, "3f9e4e6323fb6804")


@pytest.mark.parametrize("soil", SOILS)
def test_every_pair_of_inclusions_is_drawn_within_the_limit(soil):
    for pair in PAIRS:
        for identity in ("a", "b"):
            svg = cover(identity, soil, pair, 2013)
            assert len(svg.encode()) < 3000, (identity, pair)
            ElementTree.fromstring(svg)
            plain = cover(identity, soil, [mark for mark in pair if mark == "furrows"], 2013)
            assert len(svg) > len(plain), f"{pair} left nothing in the ground"


@pytest.mark.parametrize("soil", SOILS)
def test_thumbnails_stay_small(soil):
    for pair in PAIRS:
        svg = thumbnail("a", soil, pair, 2024)
        assert len(svg.encode()) < 1000, pair
        ElementTree.fromstring(svg)
        assert 'aria-hidden="true"' in svg


def test_kind_topics_year_and_identity_each_show():
    one = cover("a", "loess", ("roots",), 2020)
    others = [
        cover("b", "loess", ("roots",), 2020),
        cover("a", "podzol", ("roots",), 2020),
        cover("a", "loess", ("core",), 2020),
        cover("a", "loess", ("roots",), 2021),
    ]
    assert len({one, *others}) == 5


def test_the_year_comes_round_in_a_cycle_of_twelve():
    assert cover("a", year=2011) == cover("a", year=2023)


def test_more_than_two_inclusions_and_empty_ones_are_passed_over():
    assert cover("a", "loess", ("", "roots", "roots", "core", "water")) == cover("a", "loess", ("roots", "core"))


def test_text_of_a_record_never_enters_the_drawing():
    assert "script" not in cover('"><script>alert(1)</script>', "loess", ("roots",), 2020)


@pytest.mark.parametrize(("soil", "inclusions"), [("peat", ()), ("loess", ("gold",))])
def test_unknown_soils_and_inclusions_are_refused(soil, inclusions):
    with pytest.raises(ValueError, match=r"soil|inclusions"):
        cover("a", soil, inclusions)


def test_an_address_leads_back_to_its_recipe():
    recipe = Recipe.of("walker-2022", "terra_rossa", ("grains", "stones"), 2022)
    assert recipe.address == "terra_rossa-8-grains-stones-9349d72b"
    assert Recipe.from_address(recipe.address) == recipe
    assert draw(Recipe.from_address(recipe.address)) == cover("walker-2022", "terra_rossa", ("grains", "stones"), 2022)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "loess",
        "loess-8-0a1b2c3",
        "loess-08-0a1b2c3d",
        "loess-12-0a1b2c3d",
        "loess-8-roots-roots-0a1b2c3d",
        "loess-8-roots-core-water-0a1b2c3d",
        "loess-8-gold-0a1b2c3d",
        "peat-8-0a1b2c3d",
        "loess-8-0A1B2C3D",
        "loess-8-0a1b2c3d\n",
        "loess-٨-0a1b2c3d",
    ],
)
def test_nothing_else_is_an_address(address):
    with pytest.raises(ValueError, match=r".+"):
        Recipe.from_address(address)


def test_seed_and_level_have_bounds():
    with pytest.raises(ValueError, match="32 bits"):
        Recipe("loess", 0, (), 2**32)
    with pytest.raises(ValueError, match="level"):
        Recipe("loess", 12, (), 0)


@pytest.mark.parametrize("soil", SOILS)
def test_swatches_are_four_bands(soil):
    assert len(ElementTree.fromstring(swatch(soil))) == 4


def test_keys_are_those_that_editors_choose_from():
    from resources.enums import Inclusion, Soil

    assert set(SOILS) == set(Soil.values)
    assert set(INCLUSIONS) == set(Inclusion.values)


def test_drawing_needs_no_small_or_slow_machine():
    draw_small.cache_clear()
    assert draw_small(Recipe.of("a")) is draw_small(Recipe.of("a"))
