"""Numbers by year as columns."""

import pytest
from django.utils import translation

from initiative.base.charts import BASE, ROOM, by_year, grouped


def test_each_year_has_its_place_also_those_without_any():
    chart = by_year({2019: 2, 2022: 4}, lambda start, end: f"?from={start}&to={end}")
    assert [(column.label, column.count) for column in chart.columns] == [
        ("2019", 2),
        ("2020", 0),
        ("2021", 0),
        ("2022", 4),
    ]
    assert [column.url for column in chart.columns] == ["?from=2019&to=2019", "", "", "?from=2022&to=2022"]
    assert [column.middle for column in chart.columns] == ["20.00%", "40.00%", "60.00%", "80.00%"]
    assert (chart.columns[0].x, chart.columns[0].width) == ("12.80%", "14.40%")
    assert (chart.start, chart.end, chart.most.label, chart.most.count) == (2019, 2022, "2022", 4)


def test_columns_are_as_high_as_their_numbers():
    chart = by_year({2019: 2, 2020: 4, 2021: 1})
    full = BASE - ROOM
    assert [column.height for column in chart.columns] == [full // 2, full, full // 4]
    assert all(column.y + column.height == BASE for column in chart.columns)
    assert [column.humus for column in chart.columns] == [14, 14, 9]
    assert [(tick.number, tick.y) for tick in chart.ticks] == [(1, 159), (2, 114), (3, 69), (4, 24)]


def test_the_smallest_can_be_seen_and_none_is_not_drawn():
    chart = by_year({2019: 1, 2021: 5000})
    assert [column.height for column in chart.columns] == [3, 0, 150]


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (1, [1]),
        (3, [1, 2, 3]),
        (7, [2, 4, 6, 8]),
        (40, [10, 20, 30, 40]),
        (41, [20, 40, 60]),
        (1_200_000, [500_000, 1_000_000, 1_500_000]),
    ],
)
def test_lines_are_at_round_numbers(most, ticks):
    chart = by_year({2019: most, 2020: 1})
    assert [tick.number for tick in chart.ticks] == ticks


def test_time_runs_as_the_reader_reads():
    with translation.override("ar"):
        chart = by_year({2019: 1, 2020: 1, 2021: 1})
    assert [column.middle for column in chart.columns] == ["75.00%", "50.00%", "25.00%"]


def test_many_years_share_columns_and_few_are_written_under_them():
    chart = by_year(dict.fromkeys(range(1900, 2027), 1))
    assert len(chart.columns) == 26
    assert (chart.columns[0].label, chart.columns[-1].label) == ("1900–1904", "2025–2029")
    said = [column.year for column in chart.columns if column.said]
    assert said == ["1900", "1920", "1940", "1960", "1980", "2000", "2025"]


@pytest.mark.parametrize("found", [{}, {2024: 3}, {2023: 0, 2024: 3}])
def test_one_year_is_no_chart(found):
    assert by_year(found) is None


def test_groups_have_no_gap():
    assert grouped({3: 1, 11: 2}, 30) == (1, [(3, 1), *((number, 0) for number in range(4, 11)), (11, 2)])
    assert grouped({3: 1, 11: 2}, 5) == (2, [(2, 1), (4, 0), (6, 0), (8, 0), (10, 2)])


def test_charts_that_aren_t_drawn_alike_are_not_told_alike():
    """They are kept by that; groups of years may have the same names though the first of them isn't the same."""
    same = dict.fromkeys(range(1960, 2020), 1)
    told = [str(by_year({first: 1, **same})) for first in (1950, 1951)]
    assert told[0].startswith("1950–2019 ")
    assert told[1].startswith("1951–2019 ")
    assert str(by_year({2019: 2, 2020: 1})) != str(by_year({2019: 3, 2020: 1}))
