"""Strata from edge to edge, between the parts of a page."""

from functools import lru_cache

from initiative.base.strata.dice import Dice, seed_of
from initiative.base.strata.lines import Line

WIDTH, HEIGHT = 1440, 48
BEDS = ("#9c3b1d", "#dd9f3b", "#f0d7a2")


@lru_cache(maxsize=64)
def divider(identity, beds=BEDS):
    """Thin strata, 1440 × 48, as SVG text of about 1 KB. `beds`: colours `#rrggbb` from the top down."""
    dice = Dice(seed_of(f"divider/{identity}"))
    each = HEIGHT / (len(beds) + 1)
    paths = ""
    for index, colour in enumerate(beds):
        top = Line.drawn(dice, 4 + index * each, 3, 60, WIDTH, "wavy")
        bottom = Line.drawn(dice, HEIGHT - 4 - (len(beds) - 1 - index) * each * 0.6, 3, 60, WIDTH, "wavy")
        back = [(x, y) for x, y in reversed(bottom.points)]
        paths += (
            f'<path fill="{colour}" d="{top.path()}L{back[0][0]} {back[0][1]}'
            + "".join(f"L{x} {y}" for x, y in back[1:])
            + 'z"/>'
        )
    head = f'<svg class="divider" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
    return f"{head}{paths}</svg>"
