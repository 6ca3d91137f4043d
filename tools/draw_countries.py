"""Draw the countries of the world, static/art/countries.svg, and the same to look at closely, countries-near.svg; and write
where each lies, initiative/base/strata/countries.py. A tool for developers; the site itself only reads the results.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/draw_countries.py package/countries-50m.json

The shapes and their borders are Natural Earth's, as packed by world-atlas, disputed ones as they are drawn there. Borders
are thinned as the arcs that neighbours share, so that no gap opens between them.
"""

import json
import sys
from itertools import pairwise
from math import hypot, sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from babel.core import get_global

from initiative.base.strata.worldmap import FINE, MAP_BOX, flat

ROOT = Path(__file__).resolve().parent.parent
# How far a thinned border may leave the true one, in units of the view box (nearly a pixel of a wide screen), and of how many
# tenths of a unit the net is whose knots its points lie on: rounder numbers are shorter and repeat.
DRAWINGS = {"countries.svg": (0.6, 5), "countries-near.svg": (0.1, 1)}
SPECK = 0.35  # islands smaller than this, in square units, go, unless they are all of a country
CUT = 190  # degrees east of Greenwich, where the map ends
# Without a number of their own in the source.
UNNUMBERED = {"Kosovo": "XK"}
# Parts of a country that ISO 3166 gives a code of their own and the source draws with it, or leaves out: latitude, longitude.
OTHERS = {
    "BQ": (12.2, -68.3), "BV": (-54.4, 3.4), "CC": (-12.2, 96.8), "CX": (-10.5, 105.7), "GF": (3.9, -53.1),
    "GI": (36.1, -5.4), "MC": (43.7, 7.4), "GP": (16.2, -61.5), "MQ": (14.7, -61.0), "RE": (-21.1, 55.5), "SJ": (78.6, 16.9),
    "TK": (-9.2, -171.8), "TV": (-8.5, 179.2), "UM": (19.3, 166.6), "YT": (-12.8, 45.2), "PS": (31.9, 35.2),
    "MO": (22.2, 113.5), "TW": (23.7, 121.0), "EH": (24.2, -13.1),
}  # fmt: skip
HEAD = '''"""Where countries lie. Written by tools/draw_countries.py from Natural Earth; not to be edited."""

# Code -> latitude and longitude of a point well inside, and the size of its largest part on the map, in units of the map.
COUNTRIES = {
'''


def codes() -> dict[str, str]:
    """ISO 3166 number -> letters."""
    aliases = get_global("territory_aliases")
    return {number: letters[0] for number, letters in aliases.items() if number.isdigit() and len(letters[0]) == 2}


def arcs_of(topology) -> list[list[tuple[float, float]]]:
    """Each arc as (longitude, latitude)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def thinned(points, tolerance):
    """Fewer points, none left out that is farther than `tolerance` from the line (Douglas and Peucker), on the map."""
    if len(points) < 3:
        return points
    (x1, y1), (x2, y2) = (flat(latitude, longitude) for longitude, latitude in (points[0], points[-1]))
    length = hypot(x2 - x1, y2 - y1)
    farthest, where = 0.0, 0
    for index, (longitude, latitude) in enumerate(points[1:-1], 1):
        x, y = flat(latitude, longitude)
        away = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length if length else hypot(x - x1, y - y1)
        if away > farthest:
            farthest, where = away, index
    if farthest <= tolerance:
        return [points[0], points[-1]]
    return [*thinned(points[: where + 1], tolerance)[:-1], *thinned(points[where:], tolerance)]


def thinned_arc(points, tolerance):
    """The same for an arc; a ring of its own keeps the corners of a triangle at least, however small the island."""
    found = thinned(points, tolerance)
    while points[0] == points[-1] and len(found) < 4 < len(points) and tolerance > 0.001:
        tolerance /= 2
        found = thinned(points, tolerance)
    return points if points[0] == points[-1] and len(found) < 4 else found


def unwrapped(ring):
    """A ring that goes on past 180° instead of leaping to the other edge of the world."""
    out, turn = ring[:1], 0
    for (before, _), (longitude, latitude) in pairwise(ring):
        turn += 360 * ((before - longitude > 180) - (longitude - before > 180))
        out.append((longitude + turn, latitude))
    return out


def clipped(ring, east_of):
    """The part of a ring on one side of the meridian where the map ends."""
    inside = (lambda point: point[0] >= CUT) if east_of else (lambda point: point[0] <= CUT)
    out = []
    for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
        if inside(one):
            out.append(one)
        if inside(one) != inside(other):
            share = (CUT - one[0]) / (other[0] - one[0])
            out.append((CUT, one[1] + share * (other[1] - one[1])))
    return out


def placed(ring):
    """A ring as one or two that lie on the map, from 170° west to 170° west. The islands of the South Pacific stay together
    east of it."""
    ring = unwrapped(ring)
    middle = (min(x for x, _ in ring) + max(x for x, _ in ring)) / 2
    ring = [(x + (360 if middle < CUT - 360 else 0), y) for x, y in ring]
    if max(y for _, y in ring) < 12 and min(x for x, _ in ring) > 150 and max(x for x, _ in ring) < 240:
        return [ring]
    parts = [clipped(ring, False), [(x - 360, y) for x, y in clipped(ring, True)]]
    return [part for part in parts if len(part) > 2]


def area(points):
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True))) / 2


def inside(ring, x, y):
    found = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found


def well_inside(ring):
    """Of a grid over a ring, the point that is farthest from its border."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    best, room = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2), -1.0
    for row in range(1, 24):
        for column in range(1, 24):
            x = min(xs) + (max(xs) - min(xs)) * column / 24
            y = min(ys) + (max(ys) - min(ys)) * row / 24
            if inside(ring, x, y):
                free = min(hypot(x - a, y - b) for a, b in ring)
                if free > room:
                    best, room = (x, y), free
    return best


def path(points, net):
    """A closed ring as path data in tenths of a unit, each point on a net and relative to the one before."""
    whole = [(round(x * FINE / net) * net, round(y * FINE / net) * net) for x, y in points]
    (x, y), *rest = whole
    out = f"M{x} {y}l"
    for a, b in rest:
        if (a, b) != (x, y):
            out += f"{a - x} {b - y} "
            x, y = a, b
    return "" if out.endswith("l") else (out.rstrip() + "z").replace(" -", "-")


def drawn(topology, tolerance, net):
    """What is on the map: (code or name → path data, code → (latitude, longitude, size))."""
    arcs = [thinned_arc(arc, tolerance) for arc in arcs_of(topology)]
    letters = codes()
    shapes, places = {}, {code: (*place, 0.0) for code, place in OTHERS.items()}
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        if name == "Antarctica":
            continue
        code = letters.get(country.get("id", ""), UNNUMBERED.get(name, ""))
        rings = rings_of(country, arcs)
        outlines = sorted(([flat(y, x) for x, y in ring] for ring in rings), key=area, reverse=True)
        kept = [ring for number, ring in enumerate(outlines) if number == 0 or area(ring) >= SPECK]
        # Islands that the source draws apart from their country have its number too.
        shapes[code or name] = shapes.get(code or name, "") + "".join(path(ring, net) for ring in kept)
        if code and outlines and sqrt(area(outlines[0])) > places.get(code, (0, 0, 0))[2]:
            largest = max(rings, key=lambda ring: area([flat(y, x) for x, y in ring]))
            longitude, latitude = well_inside(largest)
            longitude = (longitude + 180) % 360 - 180
            size = round(sqrt(area(outlines[0])), 1) if shapes[code] else 0.0
            places[code] = (round(latitude, 1), round(longitude, 1), size)
    return shapes, places


def rings_of(country, arcs):
    """The outlines of a country's parts, each as (longitude, latitude)."""
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    rings = []
    for polygon in polygons:
        for indices in polygon:
            points = []
            for index in indices:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                points.extend(arc[1:] if points else arc)
            rings += placed(points[:-1] if points[0] == points[-1] else points)
    return rings


def svg(shapes):
    """The drawing, each country a path with its code."""
    left, top, width, height = (int(part) * FINE for part in MAP_BOX.split())
    drawing = "".join(
        f'<path{f" id={chr(34)}{code}{chr(34)}" if len(code) == 2 else ""} d="{data}"/>'
        for code, data in sorted(shapes.items())
        if data
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}">'
        f'<g id="land" stroke-linejoin="round">{drawing}</g></svg>\n'
    )


def main(source):
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    maps = {name: drawn(topology, *how) for name, how in DRAWINGS.items()}
    near, places = maps["countries-near.svg"]
    for name, (shapes, _places) in maps.items():
        # A country too small to be left anything keeps what it has close by.
        text = svg({code: shapes[code] or data for code, data in near.items()})
        (ROOT / "static/art" / name).write_text(text, encoding="utf-8")
    lines = "".join(f'    "{code}": {place},\n' for code, place in sorted(places.items()))
    (ROOT / "initiative/base/strata/countries.py").write_text(f"{HEAD}{lines}}}\n", encoding="utf-8")
    sys.stdout.write(f"{len(near)} shapes, {len(places)} places\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
