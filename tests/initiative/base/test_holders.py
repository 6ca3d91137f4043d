from pyroaring import BitMap

from initiative.base.holders import Holders

HOLDERS = Holders({"colour": {"red": BitMap([1, 2]), "blue": BitMap([2, 3])}})


def test_who_has_any_of_some_values():
    assert list(HOLDERS.having("colour", ["red", "blue", "green"])) == [1, 2, 3]
    assert list(HOLDERS.having("colour", ["green"])) == list(HOLDERS.having("size", ["red"])) == []


def test_values_are_counted_among_some():
    assert HOLDERS.counts(BitMap([1, 2, 9]), "colour") == {"red": 2, "blue": 1}
    assert HOLDERS.counts(BitMap([1]), "colour") == {"red": 1}
    assert HOLDERS.counts(BitMap(), "colour") == HOLDERS.counts(BitMap([1]), "size") == {}
