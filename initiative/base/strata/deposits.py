"""The progress of a commitment as a deposit: every report lays down a layer, the dotted line is the target.

Heights only: words are set by the template, so that they translate. A report that is lower than the one before takes
away what lay on top. Where less is better (a target below its baseline), what is drawn is the way done.
"""

from dataclasses import dataclass, field

from initiative.base.strata.dice import Dice, seed_of
from initiative.base.strata.inclusions import stroke
from initiative.base.strata.lines import Line

WIDTH, HEIGHT, TOP = 600, 480, 40
_LABEL = 44  # room for a label of two lines
_ROCK = ("#2b3a42", "#5f7480")
_BEDS = (
    ("#dd9f3b", "#7a4b14"),
    ("#9c4523", "#f3c79c"),
    ("#c2562f", "#e9b48e"),
    ("#5f7238", "#dfe3b0"),
    ("#3a261b", "#c9a27e"),
)
_EDGE = "#f7e8c6"


@dataclass
class Layer:
    """One layer that is left: `label`, `value` and `gain` of its report; its top `y`, and `label_y` for its words."""

    label: str
    value: float
    gain: float | None
    y: float
    bottom: float
    label_y: float = 0


@dataclass
class Deposit:
    """`svg`: the drawing, 600 × 480. `layers`: from the bottom up, the baseline first. The rest: heights, or None."""

    svg: str
    layers: list = field(default_factory=list)
    now_y: float = HEIGHT
    target_y: float = TOP
    expected_y: float | None = None


def share_done(baseline, target, value):
    """How much of the way is done: 0 at the baseline, 1 at the target. Raises ValueError where the two are equal."""
    if baseline == target:
        raise ValueError("There is no way from a baseline to itself")
    return float(value - baseline) / float(target - baseline)


def deposit(identity, baseline, target, reports, expected=None):
    """The drawing of a commitment.

    `identity`: text, the seed. `baseline`, `target`: different numbers. `reports`: pairs of a label and a total, oldest
    first. `expected`: the total that would be on course by now, or None. Raises ValueError where the two are equal.
    """
    share_done(baseline, target, baseline)
    fewer = target < baseline

    def height(value):
        amount = share_done(baseline, target, value) if fewer else float(value) / float(target)
        return HEIGHT - (HEIGHT - TOP) * min(max(amount, 0), 1.08)

    stack = [] if fewer else [Layer("", float(baseline), None, height(baseline), HEIGHT)]
    before = baseline
    for label, value in reports:
        top = height(value)
        stack = [layer for layer in stack if layer.bottom > top]
        bottom = stack[-1].y if stack else HEIGHT
        if top < bottom:
            stack.append(Layer(str(label), float(value), float(value - before), top, bottom))
        elif stack:
            stack[-1].y = top
        before = value
    _set_labels(stack)
    now = stack[-1].y if stack else HEIGHT
    return Deposit(
        _draw(identity, stack, has_rock=not fewer),
        stack,
        now,
        TOP,
        None if expected is None else round(height(expected)),
    )


def _set_labels(stack):
    """Labels stand at the middle of their layer, and never on one another."""
    lowest = HEIGHT - _LABEL / 2
    for layer in stack:
        layer.y, layer.bottom = round(layer.y), round(layer.bottom)
        layer.label_y = round(min((layer.y + layer.bottom) / 2, lowest))
        lowest = layer.label_y - _LABEL


def _draw(identity, stack, has_rock):
    dice = Dice(seed_of(f"deposit/{identity}"))
    lines, grains = "", ""
    surfaces = [Line.drawn(dice, layer.y, 3, 30, WIDTH, "wavy") for layer in stack]
    floors = [Line.level(HEIGHT, 30, WIDTH), *surfaces]
    for index in reversed(range(len(stack))):
        bed = index - 1 if has_rock else index
        fill, grain = _ROCK if bed < 0 else _BEDS[bed % len(_BEDS)]
        lines += (
            f'<path fill="{fill}" stroke="{_EDGE}" stroke-width="1.4" vector-effect="non-scaling-stroke" '
            f'd="{surfaces[index].path(f"V{HEIGHT}H-30z")}"/>'
        )
        thick = stack[index].bottom - stack[index].y
        dots = ""
        for _index in range(min(46, int(thick * 0.45))):
            x = round(dice.roll(5, WIDTH - 5))
            high, low = surfaces[index].at(x) + 6, floors[index].at(x) - 6
            if low > high:
                dots += f"M{x} {round(dice.roll(high, low))}h0"
        if dots:
            grains += stroke(dots, grain, 2.6, ' stroke-linecap="round" vector-effect="non-scaling-stroke"')
    return lines + grains
