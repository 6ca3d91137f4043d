import pytest
from django.http import QueryDict

from initiative.base.ranges import HEIGHT, WIDTH, Range

YEARS = Range(
    "year", "Year", lambda: ["2001", "2019", "2020", "undated"], since="from %(date)s", until="until %(date)s"
)


def read(query):
    return YEARS.read(QueryDict(query), "en")


@pytest.mark.parametrize(
    ("query", "values", "pairs", "chips"),
    [
        ("", (), [], []),
        ("year=2019&year_from=&year_to=x", (), [], []),
        ("year_from=2019", ("2019", "2020"), [("year_from", "2019")], ["from 2019"]),
        ("year_to=2019", ("2001", "2019"), [("year_to", "2019")], ["until 2019"]),
        ("year_from=2019&year_to=2019", ("2019",), [("year_from", "2019"), ("year_to", "2019")], ["2019"]),
        ("year_from=2020&year_to=2002", ("2019", "2020"), [("year_from", "2002"), ("year_to", "2020")], ["2002–2020"]),
        # In between is nothing, which isn't everything.
        ("year_from=2005&year_to=2010", ("2005",), [("year_from", "2005"), ("year_to", "2010")], ["2005–2010"]),
        ("year_to=1066", ("1066",), [("year_to", "1066")], ["until 1066"]),
        ("year_from=0", ("2001", "2019", "2020"), [("year_from", "0")], ["from 0"]),
    ],
)
def test_what_an_address_asks_for(query, values, pairs, chips):
    chosen = read(query)
    assert chosen.values == values
    assert chosen.pairs("fr") == pairs
    assert [label for label, _gone in chosen.chips("en")] == chips
    assert [gone for _label, gone in chosen.chips("en")] == ([pairs] if pairs else [])
    assert bool(chosen) is bool(pairs)


def test_a_bar_a_year_stands_on_the_ground_and_between_the_ends():
    bars = read("year_from=2020").form({"2018": 2, "2020": 8, "x": 9}, "en")["bars"]
    assert [(bar["name"], bar["count"], bar["out"]) for bar in bars] == [
        ("2018", 2, True),
        ("2019", 0, True),
        ("2020", 8, False),
    ]
    assert [(bar["y"], bar["height"]) for bar in bars] == [("48", "16"), ("64", "0"), ("0", "64")]
    assert [(bar["x"], bar["width"]) for bar in bars] == [("0", "28"), ("106", "28"), ("212", "28")]


def test_many_years_share_their_bars():
    bars = read("year_from=1950&year_to=1951").form({"1903": 1, "1951": 1, "2024": 500}, "en")["bars"]
    assert len(bars) == 25
    assert (bars[0]["name"], bars[-1]["name"]) == ("1900–1904", "2020–2024")
    assert [bar["name"] for bar in bars if not bar["out"]] == ["1950–1954"]
    assert [bar["count"] for bar in bars if bar["count"]] == [1, 1, 500]
    assert bars[0]["height"] == "3"  # seen, however few
    for bar in bars:
        assert int(bar["y"]) + int(bar["height"]) == HEIGHT
        assert float(bar["x"]) + float(bar["width"]) <= WIDTH


@pytest.mark.parametrize("last", [0, 1, 9999])
def test_any_span_of_years_fits(last):
    bars = read("").form({"0": 1, str(last): 1}, "en")["bars"]
    assert 1 <= len(bars) <= 101
    assert sum(bar["count"] for bar in bars) == (1 if last == 0 else 2)


def test_nothing_is_drawn_of_nothing():
    assert read("").form({}, "en") is None
    assert read("year_from=2001").form({"2001": 0}, "en") == {
        "first": 2001,
        "last": 2001,
        "start": 2001,
        "end": "",
        "bars": [],
    }
