"""Draw the map of dots, static/art/map.svg. A tool for developers; the site itself only reads the result.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/draw_map.py package/countries-50m.json static/art/map.svg

The shapes are Natural Earth's, as packed by world-atlas. Every country has at least one dot, however small it is.
"""

import json
import sys
from itertools import pairwise
from math import asin, cos, degrees, sin, sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from initiative.base.strata.worldmap import _A1, _A2, _A3, _A4, _MIDDLE, _ORIGIN, _SCALE, VIEW_BOX, project

ACROSS, DOWN = 6, 5  # between dots, in units of the view box
INK = "#938679"  # between the two modes' line colours, so that one file serves both
SOUTH = -57  # Antarctica isn't farmed


def unproject(x, y):
    """Units of the view box -> (latitude, longitude), or None outside the world. The inverse of `project`."""
    high = (_ORIGIN[1] - y) / _SCALE
    t = high
    for _ in range(12):
        square = t * t
        sixth = square**3
        value = t * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square)) - high
        t -= value / (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    ratio = 2 * sin(t) / sqrt(3)
    if abs(ratio) > 1:
        return None
    square = t * t
    slope = _A1 + 3 * _A2 * square + square**3 * (7 * _A3 + 9 * _A4 * square)
    east = degrees(sqrt(3) * 3 * ((x - _ORIGIN[0]) / _SCALE) * slope / (6 * cos(t)))
    if abs(east) > 180:
        return None
    return degrees(asin(ratio)), (east + _MIDDLE + 180) % 360 - 180


def countries(path):
    """Name and rings (lists of (longitude, latitude)) of each country in a TopoJSON file."""
    topology = json.loads(Path(path).read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(indices):
        out = []
        for index in indices:
            points = arcs[index] if index >= 0 else arcs[~index][::-1]
            out.extend(points[1:] if out else points)
        return unwrapped(out)

    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        yield country["properties"]["name"], [ring(indices) for polygon in polygons for indices in polygon]


def unwrapped(ring):
    """A ring that goes on past 180° instead of leaping to the other edge of the world."""
    out, turn = ring[:1], 0
    for (before, _), (longitude, latitude) in pairwise(ring):
        turn += 360 * ((before - longitude > 180) - (longitude - before > 180))
        out.append((longitude + turn, latitude))
    return out


def inside(rings, longitude, latitude):
    """Whether a point lies inside rings, holes counted."""
    return any(_inside(rings, longitude + turn, latitude) for turn in (-360, 0, 360))


def _inside(rings, longitude, latitude):
    found = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
                found = not found
    return found


def main(source, target):
    left, top, width, height = map(int, VIEW_BOX.split())
    grid = {}
    for row, y in enumerate(range(top + 3, top + height, DOWN)):
        for x in range(left + 3 + (row % 2) * ACROSS // 2, left + width, ACROSS):
            place = unproject(x, y)
            if place and place[0] > SOUTH:
                grid[x, y] = place
    dots = set()
    for name, rings in countries(source):
        boxes = [
            (min(x for x, _ in ring), max(x for x, _ in ring), min(y for _, y in ring), max(y for _, y in ring))
            for ring in rings
        ]
        south, north = min(box[2] for box in boxes), max(box[3] for box in boxes)
        if name == "Antarctica":
            continue
        own = {
            dot
            for dot, (latitude, longitude) in grid.items()
            if south <= latitude <= north and inside(rings, longitude, latitude)
        }
        if not own:
            largest = max(boxes, key=lambda box: (box[1] - box[0]) * (box[3] - box[2]))
            middle = ((largest[0] + largest[1]) / 2 + 180) % 360 - 180
            x, y = project((largest[2] + largest[3]) / 2, middle)
            own = {min(grid, key=lambda dot: (dot[0] - x) ** 2 + (dot[1] - y) ** 2)}
        dots |= own
    path = ""
    for y in sorted({y for _, y in dots}):
        xs = sorted(x for x, other in dots if other == y)
        start = previous = xs[0]
        for x in [*xs[1:], None]:
            if x is not None and x == previous + ACROSS:
                previous = x
                continue
            path += f"M{start} {y}h{previous - start}.1"
            start = previous = x
    Path(target).write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{VIEW_BOX}" width="{width}" height="{height}">'
        f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="3.1" stroke-linecap="round" '
        f'stroke-dasharray="0 {ACROSS}"/></svg>\n',
        encoding="utf-8",
    )
    sys.stdout.write(f"{len(dots)} dots\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
