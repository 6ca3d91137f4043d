"""Lines drawn by hand, in few letters.

Control points lie on even whole numbers, so the midpoints are whole and a smooth line can be written with
relative `t` pairs, five letters a point, without ever drifting.
"""

from functools import lru_cache
from itertools import pairwise

ROUGHNESS = {"smooth": 0.15, "wavy": 0.4, "irregular": 0.8, "tongued": 0.5, "furrows": 0.1}


def even(value):
    """The even whole number nearest to `value`."""
    return 2 * round(value / 2)


def smooth(points, close=""):
    """SVG path data of a smooth line through the middles of `points`, pairs of even whole numbers (three or more)."""
    middles = [((ax + bx) // 2, (ay + by) // 2) for (ax, ay), (bx, by) in pairwise(points)]
    (x, y), (to_x, to_y) = middles[:2]
    steps = " ".join([f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(middles[1:])])
    path = f"M{x} {y}Q{points[1][0]} {points[1][1]} {to_x} {to_y}{'t' if steps else ''}{steps}{close}"
    return path.replace(" -", "-")


@lru_cache(maxsize=16)
def _places(step, width, every):
    """How many points a boundary has; and of each, or each `every`th, its number, x, the slow noise's value before it, how near
    the next one is (eased), and x from the middle as a share of the width."""
    places = []
    for number, x in enumerate(range(-2 * step, width + 3 * step, step)):
        whole, share = divmod(number / 3, 1)
        places.append((number, x, int(whole), share * share * (3 - 2 * share), x / width - 0.5))
    return len(places), places[::every]


def _tongued(dice, count, amplitude, every):
    """The small noise of each `every`th of so many points, and how much lower some of them are, like tongues, by their number."""
    small, tongues = [], {}
    for number in range(count):
        if number % every:
            dice.skip(1)
        else:
            small.append(dice.roll(-1, 1))
        if dice.roll() < 0.24:
            tongues[number] = amplitude * dice.roll(1, 2.4)
    return small, tongues


class Line:
    """The boundary between two horizons: even control points, `step` apart, from edge to edge and beyond."""

    def __init__(self, step, points):
        self.step = step
        self.points = points

    @classmethod
    def drawn(cls, dice, y, amplitude, step, width, kind="wavy", every=1):
        """A boundary about height `y`: slow noise (a value every third point, eased), small noise and a slope. `every`: as
        `thinned` would leave it, and no other points are worked out."""
        rough = ROUGHNESS[kind]
        slope, swing = dice.roll(-1, 1) * amplitude * 0.7, dice.roll(0.6, 1.2)
        bumps, (count, places) = dice.rolls(width // (step * 3) + 6, -1, 1), _places(step, width, every)
        if kind == "furrows":
            dice.skip(count)
            lifts = [(3 if number % 2 else -3) + slope * across for number, _x, _bump, _share, across in places]
        else:
            tongued = kind == "tongued"
            small, tongues = (
                _tongued(dice, count, amplitude, every) if tongued else (dice.rolls(count, -1, 1, every), {})
            )
            lifts = [
                (bumps[bump] * (1 - share) + bumps[bump + 1] * share) * amplitude * swing
                + noise * amplitude * rough
                + slope * across
                + tongues.get(number, 0)
                for (number, _x, bump, share, across), noise in zip(places, small, strict=True)
            ]
        points = [(place[1], 2 * round((y + lift) / 2)) for place, lift in zip(places, lifts, strict=True)]
        return cls(step, points)._to_the_edge(every, width)

    @classmethod
    def level(cls, y, step, width):
        """A straight boundary at height `y`."""
        return cls(step, [(x, y) for x in range(-2 * step, width + 3 * step, step)])

    def at(self, x):
        """The height of the line at `x`."""
        points = self.points
        place, last = (x - points[0][0]) / self.step, len(points) - 1.001
        if place < 0:
            place = 0
        elif place > last:
            place = last
        index, share = int(place), place % 1
        return points[index][1] * (1 - share) + points[index + 1][1] * share

    def between(self, other, share):
        """The line that lies `share` (0 to 1) of the way down to `other`."""
        rest = 1 - share
        return Line(
            self.step,
            [
                (x, 2 * round((y * rest + below * share) / 2))
                for (x, _y), y, below in zip(self.points, self._heights(self), other._heights(self), strict=True)
            ],
        )

    def _heights(self, line):
        """Its heights at the points of a line, which has mostly the same: they needn't be looked for then. The last is a
        thousandth off, as `at` has it."""
        points = self.points
        if self.step != line.step or len(points) != len(line.points) or points[0][0] != line.points[0][0]:
            return [self.at(x) for x, _y in line.points]
        return [*[y for _x, y in points[:-1]], self.at(points[-1][0])]

    def thinned(self, times, width):
        """The same line with one point in `times`, for drawings of a thumb's size."""
        return Line(self.step, self.points[::times])._to_the_edge(times, width)

    def _to_the_edge(self, times, width):
        """Of this line's points one in `times` is left: one more where they end too early."""
        points, step = self.points, self.step * times
        if times > 1 and points[-1][0] + points[-2][0] < 2 * width:
            points = [*points, (points[-1][0] + step, points[-1][1])]
        return Line(step, points)

    def path(self, close=""):
        """SVG path data."""
        return smooth(self.points, close)
