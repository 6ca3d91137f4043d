"""A facet of numbers, such as years: from one to another, with a drawing of how many results each has."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from initiative.base.charts import grouped
from initiative.base.facets import Chosen

# The box that the drawing is given in.
WIDTH, HEIGHT = 240, 64
_LOWEST = 3  # of a bar that stands for anything
_WIDEST = 28
_MOST_BARS = 30
_DIGITS = 4


@dataclass(frozen=True)
class Range:
    """Numbers of up to four digits, read from `<name>_from` and `<name>_to`. `known` gives those the index has, as text.

    A chip is called by one of the three sentences: `between` with `%(start)s` and `%(end)s`, the others with `%(date)s`.
    """

    name: str
    label: str
    known: Callable[[], Iterable[str]]
    between: str = "%(start)s–%(end)s"
    since: str = "≥ %(date)s"
    until: str = "≤ %(date)s"
    folded: bool = False

    template = "components/years.html"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the address that it reads."""
        return (f"{self.name}_from", f"{self.name}_to")

    def read(self, params: QueryDict, language: str, lasting: bool = False) -> "Span":
        """What an address asks for. What isn't a number is ignored; two in the wrong order change places."""
        start, end = (_number(params.get(name, "")) for name in self.parameters)
        if start is not None and end is not None and start > end:
            start, end = end, start
        return Span(self, start, end)


class Span(Chosen):
    """The numbers from one to another, either of which may be open."""

    def __init__(self, facet: Range, start: int | None, end: int | None):
        self.facet, self.start, self.end = facet, start, end
        if self:
            inside = [text for text in facet.known() if text.isdigit() and self.has(int(text))]
            # Nothing inside must find nothing: a number that nobody has.
            self.values = tuple(inside) or (str(end if start is None else start),)

    def __bool__(self):
        return self.start is not None or self.end is not None

    def has(self, number: int) -> bool:
        """Whether a number lies inside."""
        return (self.start is None or number >= self.start) and (self.end is None or number <= self.end)

    def pairs(self, language):
        limits = zip(self.facet.parameters, (self.start, self.end), strict=True)
        return [(name, str(limit)) for name, limit in limits if limit is not None]

    def chips(self, language):
        if not self:
            return []
        return [(self._told(), self.pairs(language))]

    def _told(self) -> str:
        if self.start is None:
            return str(self.facet.until) % {"date": self.end}
        if self.end is None:
            return str(self.facet.since) % {"date": self.start}
        if self.start == self.end:
            return str(self.start)
        return str(self.facet.between) % {"start": self.start, "end": self.end}

    def form(self, counts, language):
        found = {int(text): count for text, count in counts.items() if count and text.isdigit()}
        if not found and not self:
            return None
        limits = sorted(found) or [limit for limit in (self.start, self.end) if limit is not None]
        return {
            "first": limits[0],
            "last": limits[-1],
            "start": "" if self.start is None else self.start,
            "end": "" if self.end is None else self.end,
            "bars": _bars(found, self.has),
        }


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def _bars(found: Mapping[int, int], is_inside: Callable[[int], bool]) -> list[dict]:
    """A bar for each number, or for each few where there are many: `{"name", "count", "out"}` and where it
    stands in a box of WIDTH by HEIGHT: `x`, `y`, `width`, `height`. `out`: nothing of it was chosen."""
    if not found:
        return []
    step, groups = grouped(found, _MOST_BARS)
    counts = [count for _start, count in groups]
    room = WIDTH / len(counts)
    wide = min(_WIDEST, room - min(2, room / 5))
    # The first bar begins where the box does, and the last ends where it ends.
    step_on = (WIDTH - wide) / max(1, len(counts) - 1)
    bars = []
    for place, (start, count) in enumerate(groups):
        height = max(_LOWEST, round(HEIGHT * count / max(counts))) if count else 0
        bars.append(
            {
                "name": str(start) if step == 1 else f"{start}–{start + step - 1}",
                "count": count,
                "out": not any(is_inside(number) for number in range(start, start + step)),
                # Text: SVG writes a point in every language.
                "x": f"{place * step_on:.4g}",
                "y": str(HEIGHT - height),
                "width": f"{wide:.4g}",
                "height": str(height),
            }
        )
    return bars
