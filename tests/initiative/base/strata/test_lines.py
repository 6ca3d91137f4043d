"""Boundaries of few points are those of all points, and rolls in a row are those that come one by one."""

import pytest

from initiative.base.strata.dice import Dice
from initiative.base.strata.lines import ROUGHNESS, Line


@pytest.mark.parametrize("every", [1, 2, 3])
def test_rolls_in_a_row(every):
    one_by_one, together = Dice(42), Dice(42)
    rolled = [one_by_one.roll(-1, 1) for _turn in range(17)]
    assert together.rolls(17, -1, 1, every) == rolled[::every]
    assert together.roll() == one_by_one.roll()


def test_what_is_left_out_is_rolled_by_nobody_else():
    dice, other = Dice(0xFFFFFFFF), Dice(0xFFFFFFFF)
    rolled = [dice.roll() for _turn in range(6)]
    other.skip(5)
    assert other.roll() == rolled[5]


@pytest.mark.parametrize("kind", ROUGHNESS)
@pytest.mark.parametrize(("step", "every"), [(20, 3), (10, 2), (20, 1)])
def test_a_line_of_few_points(kind, step, every):
    for seed in range(20):
        whole, few = Dice(seed), Dice(seed)
        line = Line.drawn(whole, 100, 9, step, 240, kind).thinned(every, 240)
        drawn = Line.drawn(few, 100, 9, step, 240, kind, every)
        assert (drawn.step, drawn.points) == (line.step, line.points)
        assert few.state == whole.state


def test_beyond_its_ends_a_line_goes_on_level():
    line = Line(10, [(0, 20), (10, 40), (20, 10)])
    assert [line.at(x) for x in (-5, 0, 5, 10)] == [20, 20, 30, 40]
    assert line.at(20) == line.at(50) == pytest.approx(10, abs=0.1)
