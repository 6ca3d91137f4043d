"""Covers: the same record always gets the same drawing of a soil profile.

What the reader can learn to read: the type is the soil, the first two topics are the inclusions, the year is the
height of the surface (in a cycle of twelve years), and the permanent identity is the seed of every curve. No text of
a record ever enters the drawing. A change to the recipe is a new VERSION, never a silent redraw.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from initiative.base.strata.dice import Dice, seed_of
from initiative.base.strata.inclusions import HEIGHT, INCLUSIONS, WIDTH, draw_inclusion, grains, stroke
from initiative.base.strata.lines import Line
from initiative.base.strata.soils import SOILS, Soil

VERSION = 1
LIMIT = 3000  # bytes of a cover
SMALL_LIMIT = 1000  # bytes of a thumbnail
CYCLE = 12  # years until the surface comes back to the same height
UNDATED = 5  # the height for a record without a year
FLOOR = f"V{HEIGHT}H-20z"

_ADDRESS = re.compile(
    r"(?P<soil>[a-z_]{4,12})-(?P<level>[0-9]{1,2})(?P<marks>(?:-[a-z]{4,8}){0,2})-(?P<seed>[0-9a-f]{8})"
)


@dataclass(frozen=True)
class Recipe:
    """All that a cover is drawn from.

    `soil`: key of SOILS. `level`: 0 to 11, the height of the surface. `marks`: at most two keys of INCLUSIONS.
    `seed`: 0 to 2**32 - 1. Raises ValueError for anything else.
    """

    soil: str
    level: int
    marks: tuple
    seed: int

    def __post_init__(self):
        if self.soil not in SOILS:
            raise ValueError(f"Unknown soil: {self.soil!r}")
        if not 0 <= self.level < CYCLE:
            raise ValueError(f"The level is 0 to {CYCLE - 1}, not {self.level}")
        if len(self.marks) > 2 or len(set(self.marks)) < len(self.marks) or set(self.marks) - INCLUSIONS.keys():
            raise ValueError(f"Two different inclusions at most, all known: {self.marks!r}")
        if not 0 <= self.seed < 2**32:
            raise ValueError(f"The seed has 32 bits, not {self.seed}")

    @classmethod
    def of(cls, identity, soil="chernozem", inclusions=(), year=None, version=VERSION):
        """The recipe of a record, by what never changes about it. Empty and repeated inclusions are passed over."""
        marks = tuple(dict.fromkeys(mark for mark in inclusions if mark))[:2]
        level = UNDATED if year is None else (year - 1990) % CYCLE
        return cls(soil, level, marks, seed_of(f"{version}/{soil}/{identity}"))

    @classmethod
    def from_address(cls, address):
        """The recipe in the last part of a cover's URL. Raises ValueError unless `address` would write just that."""
        match = _ADDRESS.fullmatch(address)
        if match is None:
            raise ValueError("Not the address of a cover")
        marks = tuple(match["marks"].split("-")[1:])
        recipe = cls(match["soil"], int(match["level"]), marks, int(match["seed"], 16))
        if recipe.address != address:
            raise ValueError("Not the address of a cover")
        return recipe

    @property
    def address(self):
        """Short text for a URL: `chernozem-8-grains-stones-0a1b2c3d`."""
        return "-".join([self.soil, str(self.level), *self.marks, f"{self.seed:08x}"])


@dataclass(frozen=True)
class Ground:
    """Where things are drawn: the soil and its boundaries from the surface to the floor."""

    soil: Soil
    lines: list

    @property
    def surface(self):
        return self.lines[0]

    @property
    def upper(self):
        return self.lines[1]

    @property
    def middle(self):
        return self.lines[2]

    @property
    def lower(self):
        return self.lines[-2]

    @property
    def floor(self):
        return self.lines[-1]


# Of how many points, by the step between them, a thumb shows one.
_THINNED = {20: 3, 10: 2}


def _ground(recipe, dice, thinned=None):
    """Boundaries for `recipe`: the height below the surface is dealt out with weights and a roll. `thinned`: as `_THINNED`."""
    few, fewer = ((thinned or {}).get(step, 1) for step in (10, 20))
    soil = SOILS[recipe.soil]
    top = 44 + recipe.level * 6 + dice.roll(-10, 10)
    shares = [dice.roll(0.5, 1.5) * weight for weight in (1.15, 1.0, 1.1, 1.0, 0.8, 0.8)[: len(soil.horizons)]]
    scale = (HEIGHT - top - 8) / sum(shares)
    heights = [top + 8 + below * scale for below in accumulate(shares[:-1])]
    if "furrows" in recipe.marks:
        lines = [Line.drawn(dice, top - 1, 4, 10, WIDTH, "furrows", few)]
    else:
        lines = [Line.drawn(dice, top - 1, 5, 20, WIDTH, "smooth", fewer)]
    lines += [Line.drawn(dice, y, 7 + 3 * index, 20, WIDTH, soil.boundary, fewer) for index, y in enumerate(heights)]
    return Ground(soil, [*lines, Line.level(HEIGHT, 20, WIDTH).thinned(fewer, WIDTH)])


def _horizons(ground, dice):
    """Each horizon is painted from its boundary down to the floor, the next one over it: no seams, one path each."""
    soil, lines = ground.soil, ground.lines
    out = [
        f'<path fill="{soil.sky}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>',
        f'<path fill="{soil.litter}" d="{lines[0].path(FLOOR)}"/>',
    ]
    out.append(f'<path fill="{soil.horizons[0]}" d="{lines[0].between(lines[1], 0.16).path(FLOOR)}"/>')
    for line, colour in zip(lines[1:-1], soil.horizons[1:], strict=True):
        cut = dice.roll() < 0.45  # a sliver of paper, as if the sheet had been cut by hand
        edge = f' stroke="{soil.light}" stroke-width="{dice.roll(0.8, 2.2):.1f}"' if cut else ""
        out.append(f'<path fill="{colour}"{edge} d="{line.path(FLOOR)}"/>')
    return out


def _inclusions(recipe, ground, room, densities):
    """The inclusions, each as dense as fits into `room` letters: what doesn't fit at all is left out, never cut."""
    out = []
    for mark in recipe.marks:
        for density in densities:
            drawn = draw_inclusion(mark, ground, Dice(recipe.seed ^ seed_of(mark)), density)
            if len(drawn) <= room:
                out.append(drawn)
                room -= len(drawn)
                break
    return out


def _svg(parts, extra=""):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'fill="none" stroke-linecap="round"{extra}>{"".join(parts)}</svg>'
    )


@lru_cache(maxsize=512)
def draw(recipe):
    """The cover of `recipe`: SVG text of fewer than 3,000 bytes, 240 × 320 units."""
    dice = Dice(recipe.seed)
    ground = _ground(recipe, dice)
    lines, horizons = ground.lines, ground.soil.horizons
    out = _horizons(ground, dice)
    stippled = int(dice.roll(1, len(lines) - 2))
    out.append(
        stroke(
            grains(dice, lines[stippled], lines[stippled + 1], 32), horizons[0] if stippled > 1 else horizons[3], 1.5
        )
    )
    out.append(stroke(lines[-3].between(lines[-2], dice.roll(0.35, 0.7)).path(), horizons[1], 0.9))
    room = LIMIT - 1 - len(_svg(out, ' stroke-linejoin="round"'))
    return _svg(out + _inclusions(recipe, ground, room, (1.0, 0.75, 0.55, 0.34)), ' stroke-linejoin="round"')


@lru_cache(maxsize=512)
def draw_small(recipe):
    """The same ground for the size of a thumb: SVG text of fewer than 1,000 bytes, to stand inside HTML."""
    dice = Dice(recipe.seed)
    ground = _ground(recipe, dice, _THINNED)
    soil, lines = ground.soil, ground.lines
    out = [
        f'<path fill="{soil.sky}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>',
        f'<path fill="{soil.litter}" d="{lines[0].path(FLOOR)}"/>',
    ]
    out.append(f'<path fill="{soil.horizons[0]}" d="{lines[0].between(lines[1], 0.16).path(FLOOR)}"/>')
    out += [
        f'<path fill="{colour}" d="{line.path(FLOOR)}"/>'
        for line, colour in zip(lines[1:-1], soil.horizons[1:], strict=True)
    ]
    head = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" stroke-linecap="round" aria-hidden="true">'
    room = SMALL_LIMIT - 1 - len(head) - len("".join(out)) - len("</svg>")
    return head + "".join(out + _inclusions(recipe, ground, room, (0.34, 0.2))) + "</svg>"


def cover(identity, soil="chernozem", inclusions=(), year=None, version=VERSION):
    """The cover of a record, as SVG text of fewer than 3,000 bytes.

    `identity`: text that never changes for the record. `soil`: key of SOILS. `inclusions`: keys of INCLUSIONS, of
    which the first two are drawn. `year`: a whole number or None. Raises ValueError for an unknown soil or inclusion.
    """
    return draw(Recipe.of(identity, soil, inclusions, year, version))


def thumbnail(identity, soil="chernozem", inclusions=(), year=None, version=VERSION):
    """As `cover`, in fewer than 1,000 bytes, for lists: SVG text to stand inside HTML, hidden from screen readers."""
    return draw_small(Recipe.of(identity, soil, inclusions, year, version))


def swatch(soil):
    """Four horizons of a soil in a small upright strip, as SVG text. Raises KeyError for an unknown soil."""
    bands = "".join(
        f'<path fill="{colour}" d="M0 {index * 5}h10v{20 - index * 5}H0z"/>'
        for index, colour in enumerate(SOILS[soil].horizons[:4])
    )
    return f'<svg class="swatch" viewBox="0 0 10 20" preserveAspectRatio="none" aria-hidden="true">{bands}</svg>'
