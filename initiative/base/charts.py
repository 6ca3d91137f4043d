"""Numbers by year, drawn as columns of ground: what `components/chart.html` shows.

Widths are in per cent, heights in pixels, so that a chart is as wide as its place and its words are never stretched.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import floor, log10

from initiative.base import languages

HEIGHT, BASE, ROOM = 232, 204, 24  # of the whole; where columns stand; above the highest
_STEPS = (1, 2, 5, 10, 20, 50, 100)
_MOST_TICKS = 4
_MOST_YEARS = 7
_LOWEST = 3  # of a column that stands for anything
_FULL = 0.72  # of its room that a column takes
_MARGIN = 0.5  # of a column's room, left free at each end: years are wider than narrow columns


@dataclass(frozen=True)
class Column:
    """One year, or a few: `label` says which, `count` how many, `url` leads there or is empty. `x`, `width`, `middle` are in per
    cent, `y`, `height` in pixels, all as SVG writes them; `said`: its label stands under it."""

    label: str
    count: int
    url: str
    x: str
    width: str
    middle: str
    y: int
    height: int
    said: bool

    @property
    def year(self) -> str:
        """The first year alone: what there is room for under it."""
        return self.label.partition("–")[0]

    @property
    def humus(self) -> int:
        """How deep the dark soil is under the green: a fifth, and not more than a finger."""
        return min(14, self.height // 5)


@dataclass(frozen=True)
class Tick:
    """A line across at a round number."""

    number: int
    y: int


@dataclass(frozen=True)
class Chart:
    """Columns in the order of time, lines from the bottom up. `most`: the highest column; `start`, `end`: first and last year."""

    columns: list[Column]
    ticks: list[Tick]
    most: Column
    start: int
    end: int
    base: int = BASE
    height: int = HEIGHT

    def __str__(self) -> str:
        """All that it is drawn from, beside the language: what tells it from others."""
        columns = " ".join(f"{column.label}:{column.count}:{column.url}" for column in self.columns)
        return f"{self.start}–{self.end} {columns}"

    @property
    def edge(self) -> str:
        """Where the numbers of the lines stand, in per cent: where the reader's lines begin."""
        return "100%" if languages.direction(languages.current()) == "rtl" else "0"


def grouped(found: Mapping[int, int], most: int) -> tuple[int, list[tuple[int, int]]]:
    """A step, and (first number, how many) of each group of so many numbers: at most `most` of them, without a gap. `found` must
    not be empty."""
    first, last = min(found), max(found)
    step = next((step for step in _STEPS if last // step - first // step < most), _STEPS[-1])
    starts = range(first - first % step, last + 1, step)
    return step, [(start, sum(found.get(number, 0) for number in range(start, start + step))) for start in starts]


def by_year(found: Mapping[int, int], address: Callable[[int, int], str] | None = None, most: int = 40) -> Chart | None:
    """A chart of how many each year has; None where there is none or but one year. `address`: first and last year of a column →
    where they are listed."""
    found = {year: count for year, count in found.items() if count > 0}
    if len(found) < 2:
        return None
    step, groups = grouped(found, most)
    highest = max(count for _start, count in groups)
    ticks = _ticks(highest)
    top = max(highest, ticks[-1])
    room = 100 / (len(groups) + 2 * _MARGIN)
    is_rtl = languages.direction(languages.current()) == "rtl"
    said = _said(len(groups))
    columns = []
    for place, (start, count) in enumerate(groups):
        middle = room * (place + _MARGIN + 0.5)
        middle = 100 - middle if is_rtl else middle
        wide = room * _FULL
        height = max(_LOWEST, round((BASE - ROOM) * count / top)) if count else 0
        columns.append(
            Column(
                label=str(start) if step == 1 else f"{start}–{start + step - 1}",
                count=count,
                url=address(start, start + step - 1) if address and count else "",
                x=f"{middle - wide / 2:.2f}%",
                width=f"{wide:.2f}%",
                middle=f"{middle:.2f}%",
                y=BASE - height,
                height=height,
                said=place in said,
            )
        )
    return Chart(
        columns=columns,
        ticks=[Tick(number, BASE - round((BASE - ROOM) * number / top)) for number in ticks],
        most=max(columns, key=lambda column: column.count),
        start=min(found),
        end=max(found),
    )


def _ticks(highest: int) -> list[int]:
    """Round numbers from one step up to the highest or a little above: one to four of them."""
    rough = highest / _MOST_TICKS
    scale = 10 ** floor(log10(rough)) if rough > 1 else 1
    step = next(scale * part for part in (1, 2, 5, 10) if scale * part * _MOST_TICKS >= highest)
    return [step * number for number in range(1, -(-highest // step) + 1)]


def _said(count: int) -> set[int]:
    """The places whose years are written: the first, the last, and some between, evenly."""
    apart = -(-count // _MOST_YEARS)
    places = set(range(0, count, apart))
    # Two that nearly meet would be one blot.
    return {place for place in places if count - 1 - place >= apart} | {count - 1}
