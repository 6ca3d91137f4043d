"""Where a place lies on the map of dots in `static/art/map.svg`.

The map is drawn in the Equal Earth projection (Šavrič, Patterson and Jenny, 2018) about 10° east, so that no
continent is cut, on the view box 16 -8 972 436.
"""

from math import asin, cos, radians, sin, sqrt

VIEW_BOX = "16 -8 972 436"
# The map of countries, `static/art/countries.svg` (and `countries-near.svg`), keeps the South Pacific together and so is
# wider. It is drawn in tenths.
MAP_BOX = "16 -8 1064 436"
FINE = 10
_MIDDLE = 10.0  # degrees east
_SCALE = 184.1
_ORIGIN = (497.4, 238.1)
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


def project(latitude, longitude):
    """Degrees north and east -> (x, y) in units of the map's view box, to a tenth.

    Raises ValueError for a latitude outside -90 to 90 or a longitude outside -180 to 180.
    """
    if not -90 <= latitude <= 90 or not -180 <= longitude <= 180:
        raise ValueError(f"No such place: {latitude}, {longitude}")
    x, y = flat(latitude, (longitude - _MIDDLE + 180) % 360 - 180 + _MIDDLE)
    return round(x, 1), round(y, 1)


def flat(latitude, longitude):
    """The same, not rounded, and beyond the edges of the map too: 200° east lies to the right of 190°."""
    east = radians(longitude - _MIDDLE)
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = t * t
    sixth = square**3
    x = 2 * sqrt(3) * east * cos(t) / (3 * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    y = t * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return _ORIGIN[0] + _SCALE * x, _ORIGIN[1] - _SCALE * y


def place_points(places, apart=16, lift=12):
    """Points and numbers for a list of (latitude, longitude), in order.

    Returns a dict each: `n` (from 1), `x`, `y` of the dot, `label_x`, `label_y`, `anchor` of its number. Numbers are
    set beside their dot, on the side where they are farthest from the dots so far; a dot that would cover another is
    moved by a few units.
    """
    points = []
    for number, (latitude, longitude) in enumerate(places, 1):
        x, y = project(latitude, longitude)
        for _try in range(8):
            near = next((point for point in points if (point["x"] - x) ** 2 + (point["y"] - y) ** 2 < 81), None)
            if near is None:
                break
            x, y = round(x + (6 if x >= near["x"] else -6), 1), round(y + (4 if y >= near["y"] else -4), 1)
        points.append({"n": number, "x": x, "y": y})
    taken = [(point["x"], point["y"]) for point in points]
    for point in points:
        x, y = point["x"], point["y"]
        sides = [
            (x + lift, y + 7, "start"),
            (x - lift, y + 7, "end"),
            (x, y - lift, "middle"),
            (x, y + lift + 11, "middle"),
        ]

        def room(side, own=(x, y)):
            across = {"start": 6, "end": -6, "middle": 0}[side[2]]
            return min(
                [
                    apart * 2,
                    *(((side[0] + across - a) ** 2 + (side[1] - 6 - b) ** 2) ** 0.5 for a, b in taken if (a, b) != own),
                ]
            )

        point["label_x"], point["label_y"], point["anchor"] = max(sides, key=room)
        across = {"start": 6, "end": -6, "middle": 0}[point["anchor"]]
        taken.append((point["label_x"] + across, point["label_y"] - 6))
    return points
