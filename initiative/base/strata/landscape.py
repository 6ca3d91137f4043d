"""A stretch of ground from edge to edge, for the pictures that other sites show beside a link."""

from itertools import accumulate

from initiative.base.strata.dice import Dice, seed_of
from initiative.base.strata.inclusions import grains, stroke
from initiative.base.strata.lines import Line
from initiative.base.strata.soils import SOILS

WIDTH, HEIGHT = 1200, 630
TOP = 410  # the height of the ground; words stand above it
_STEP = 60
_WEIGHTS = (1.1, 1.0, 1.0, 0.9, 0.8, 0.8)
_LIT = 4


def landscape(recipe):
    """The ground of a cover's `recipe`, as SVG text of 1200 × 630 units without a sky: its soil, its height, its own lines."""
    soil, dice = SOILS[recipe.soil], Dice(recipe.seed ^ seed_of("landscape"))
    top = TOP + recipe.level * 3
    shares = [dice.roll(0.7, 1.3) * weight for weight in _WEIGHTS[: len(soil.horizons)]]
    scale = (HEIGHT - top - 22) / sum(shares)
    lines = [Line.drawn(dice, top, 7, _STEP, WIDTH, "furrows" if "furrows" in recipe.marks else "smooth")]
    lines += [
        Line.drawn(dice, top + 22 + below * scale, 8 + 2 * index, _STEP, WIDTH, soil.boundary)
        for index, below in enumerate(accumulate([0, *shares[:-1]]))
    ]
    close = f"V{HEIGHT}H{-_STEP}z"
    parts = [
        f'<path fill="{colour}" d="{line.path(close)}"/>'
        for line, colour in zip(lines, (soil.litter, *soil.horizons), strict=True)
    ]
    parts.append(stroke(grains(dice, lines[1], lines[2], 150, width=WIDTH), soil.light, 3))
    parts.append(stroke(grains(dice, lines[2], lines[3], 90, width=WIDTH), soil.light, 3))
    lit = [(round(dice.roll(80, WIDTH - 80)), round(dice.roll(top + 40, HEIGHT - 60))) for _grain in range(_LIT)]
    parts += [f'<circle fill="{soil.spark}" cx="{x}" cy="{y}" r="9"/>' for x, y in lit]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'fill="none" stroke-linecap="round">{"".join(parts)}</svg>'
    )
