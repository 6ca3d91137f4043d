import re
from decimal import Decimal
from itertools import pairwise

import pytest

from initiative.base.strata import deposit
from initiative.base.strata.deposit import HEIGHT, WIDTH


def drawn(*amounts, target=4000, expected=None):
    return deposit("cover", [Decimal(amount) for amount in amounts], Decimal(target), expected)


def test_every_report_lays_down_a_layer_to_scale():
    found = drawn(1200, 1650, 2350, 2960, expected=Decimal(2250))
    assert [(layer.place, layer.bed) for layer in found.layers] == [(3, 3), (2, 2), (1, 1), (0, 0)]  # from the top down
    assert (found.target_y, found.today_y, found.expected_y, found.cut) == (40, 154, 232, False)
    assert [layer.label_y for layer in found.layers] == [188, 260, 323, 414]


def test_the_same_record_gives_the_same_drawing():
    assert drawn(0, 10) == drawn(0, 10)
    assert drawn(0, 10).layers != deposit("other", [Decimal(0), Decimal(10)], Decimal(4000)).layers


def test_a_baseline_of_nothing_has_no_layer():
    assert [layer.place for layer in drawn(0, 100, target=1000).layers] == [1]
    assert drawn(0, target=10).layers == []
    assert drawn(0, target=10).today_y == HEIGHT


def test_a_baseline_near_its_target_leaves_room_for_the_way():
    found = drawn(95, 97, target=100)
    assert found.cut
    assert (found.target_y, found.today_y) == (40, 212)


def test_what_is_lost_again_takes_layers_off():
    assert [layer.place for layer in drawn(0, 1000, 2000, 1500).layers] == [3, 1]
    assert [layer.place for layer in drawn(0, 1000, 2000, 500).layers] == [3]
    assert [layer.place for layer in drawn(100, 2000, 50).layers] == [0]
    assert drawn(100, 2000, 50).today_y == drawn(100).today_y


def test_who_goes_beyond_the_target_is_the_highest():
    found = drawn(0, 5000)
    assert (found.today_y, found.target_y) == (40, 128)


def test_more_reports_than_colours_and_than_room_for_words():
    found = drawn(*range(0, 2100, 100), target=2000)
    assert len(found.layers) == 20
    assert {layer.bed for layer in found.layers} == {1, 2, 3, 4, 5, 6}
    heights = [layer.label_y for layer in found.layers if layer.label_y is not None]
    assert heights[0] == found.layers[0].label_y
    assert all(lower - higher >= 44 for higher, lower in pairwise(heights))


def test_the_drawing_stays_in_its_frame():
    for layer in drawn(1200, 1650, 2350, 2960).layers:
        assert layer.path.endswith(f"V{HEIGHT}H-30z")
        spots = re.findall(r"M(-?\d+) (-?\d+)h0", layer.grains)
        assert spots
        assert all(0 <= int(x) <= WIDTH and 0 <= int(y) <= HEIGHT for x, y in spots)


@pytest.mark.parametrize("target", [10, 5])
def test_a_deposit_grows(target):
    with pytest.raises(ValueError, match="grows"):
        drawn(10, target=target)
