"""Colours as they are read."""

import pytest

from initiative.styleguide import tokens
from initiative.styleguide.colours import Colour, contrast


@pytest.mark.parametrize(
    ("text", "coded"),
    [
        ("oklch(0 0 0)", "#000000"),
        ("oklch(1 0 0)", "#ffffff"),
        ("oklch(0.628 0.2577 29.23)", "#ff0000"),
        ("oklch(0.984 0.007 88)", "#fcfaf5"),
        ("oklch(0.2 0.02 48 / 0.22)", "#1e130e"),
    ],
)
def test_a_colour_is_the_one_that_browsers_show(text, coded):
    assert Colour.parse(text).hex == coded


@pytest.mark.parametrize("text", ["", "#fff", "oklch(1 0)", "red"])
def test_other_words_are_no_colours(text):
    with pytest.raises(ValueError, match="Not a colour"):
        Colour.parse(text)


def test_contrast_is_that_of_the_guidelines():
    black, white = Colour(0, 0, 0), Colour(1, 1, 1)
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(black, black) == 1
    # #767676 on white is the lightest grey that is enough for words.
    grey = 0.18116
    assert contrast(Colour(grey, grey, grey), white) == pytest.approx(4.54, abs=0.01)


def test_words_are_read_on_their_grounds_in_the_light_and_in_the_dark():
    found = tokens.readings()
    assert [reading for reading in found if not reading.is_enough] == []
    assert len(found) == 2 * len(tokens.PAIRS)
    shown = {(one.scheme, one.text, one.ground): one.shown for one in found}
    assert shown["light", "ink", "paper"] == "16.2"
    assert shown["dark", "ink", "paper"] == "15.8"


def test_a_pair_that_is_too_close_is_noticed():
    assert not tokens.Reading("light", "a", "b", 4.5, 4.49).is_enough
    assert tokens.Reading("light", "a", "b", 4.5, 4.49).shown == "4.4"


def test_tokens_are_read_from_the_style_sheet():
    light, dark = tokens.tokens(), tokens.tokens("dark")
    assert (light["paper"], dark["paper"]) == ("oklch(0.984 0.007 88)", "oklch(0.185 0.013 52)")
    assert light["radius"] == dark["radius"] == "2px"
    assert [heading for heading, _names in tokens.groups()] == [
        "Ground",
        "Pigments, as text or lines on paper",
        "Pigments, as fields of colour; the drawings keep them in both modes",
        "Bedrock: the dark sections, the same in both modes",
        "A map of numbers, from none to many",
        "Type",
        "Space, on four pixels",
    ]
    assert {name for _heading, names in tokens.groups() for name in names} == {*light}


def test_the_guide_can_show_both_at_once():
    rules = tokens.rules()
    assert ".scheme-light{color-scheme:light;--paper:oklch(0.984 0.007 88);" in rules
    assert ".scheme-dark{color-scheme:dark;--paper:oklch(0.185 0.013 52);" in rules
    assert ".space-s4{inline-size:var(--s4)}" in rules
