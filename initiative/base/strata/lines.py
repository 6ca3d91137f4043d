"""Lines drawn by hand, in few letters.

Control points lie on even whole numbers, so the midpoints are whole and a smooth line can be written with
relative `t` pairs, five letters a point, without ever drifting.
"""

from itertools import pairwise

ROUGHNESS = {"smooth": 0.15, "wavy": 0.4, "irregular": 0.8, "tongued": 0.5, "furrows": 0.1}


def even(value):
    """The even whole number nearest to `value`."""
    return 2 * round(value / 2)


def smooth(points, close=""):
    """SVG path data of a smooth line through the middles of `points`, pairs of even whole numbers (three or more)."""
    middles = [((a[0] + b[0]) // 2, (a[1] + b[1]) // 2) for a, b in pairwise(points)]
    (x, y), *rest = middles
    path = f"M{x} {y}"
    for index, (mx, my) in enumerate(rest):
        if index == 0:
            path += f"Q{points[1][0]} {points[1][1]} {mx} {my}t"
        else:
            path += f"{mx - x} {my - y} "
        x, y = mx, my
    return (path.rstrip(" t") + close).replace(" -", "-")


class Line:
    """The boundary between two horizons: even control points, `step` apart, from edge to edge and beyond."""

    def __init__(self, step, points):
        self.step = step
        self.points = points

    @classmethod
    def drawn(cls, dice, y, amplitude, step, width, kind="wavy"):
        """A boundary about height `y`: slow noise (a value every third point, eased), small noise and a slope."""
        rough = ROUGHNESS[kind]
        slope, swing = dice.roll(-1, 1) * amplitude * 0.7, dice.roll(0.6, 1.2)
        bumps = [dice.roll(-1, 1) for _ in range(width // (step * 3) + 6)]
        points = []
        for index, x in enumerate(range(-2 * step, width + 3 * step, step)):
            whole, share = divmod(index / 3, 1)
            share = share * share * (3 - 2 * share)
            slow = bumps[int(whole)] * (1 - share) + bumps[int(whole) + 1] * share
            lift = slow * amplitude * swing + dice.roll(-1, 1) * amplitude * rough + slope * (x / width - 0.5)
            if kind == "tongued" and dice.roll() < 0.24:
                lift += amplitude * dice.roll(1, 2.4)
            if kind == "furrows":
                lift = (3 if index % 2 else -3) + slope * (x / width - 0.5)
            points.append((x, even(y + lift)))
        return cls(step, points)

    @classmethod
    def level(cls, y, step, width):
        """A straight boundary at height `y`."""
        return cls(step, [(x, y) for x in range(-2 * step, width + 3 * step, step)])

    def at(self, x):
        """The height of the line at `x`."""
        place = min(max((x - self.points[0][0]) / self.step, 0), len(self.points) - 1.001)
        index, share = int(place), place % 1
        return self.points[index][1] * (1 - share) + self.points[index + 1][1] * share

    def between(self, other, share):
        """The line that lies `share` (0 to 1) of the way down to `other`."""
        return Line(self.step, [(x, even(self.at(x) * (1 - share) + other.at(x) * share)) for x, _ in self.points])

    def thinned(self, times, width):
        """The same line with one point in `times`, for drawings of a thumb's size."""
        points = self.points[::times]
        if points[-1][0] + points[-2][0] < 2 * width:
            points = [*points, (points[-1][0] + self.step * times, points[-1][1])]
        return Line(self.step * times, points)

    def path(self, close=""):
        """SVG path data."""
        return smooth(self.points, close)
