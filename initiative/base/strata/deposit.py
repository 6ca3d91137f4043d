"""Progress as a deposit: every report lays down a layer on the baseline, towards the target. Drawn in units of a frame
600 wide and 480 high that may be stretched from side to side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from initiative.base.strata.dice import Dice, seed_of
from initiative.base.strata.lines import Line

WIDTH, HEIGHT = 600, 480
_ROOM = 40  # above the highest line, for words
_DEEPEST_BASE = Decimal("0.35")  # of the height: a baseline near its target would leave no room for the way
_APART = 44  # between two labels
_BEDS = 6


@dataclass(frozen=True)
class Layer:
    """What one report laid down. `place`: its index among the amounts, 0 for the baseline; `bed`: 0 for the baseline, else 1
    to 6, which colour it has; `path`, `grains`: path data; `label_y`: where its words stand, None where there is no room."""

    place: int
    bed: int
    path: str
    grains: str
    label_y: int | None


@dataclass(frozen=True)
class Deposit:
    """A drawing: layers from the top down, and the heights of what is marked. `cut`: the baseline is drawn lower than to
    scale."""

    layers: list[Layer]
    target_y: int
    today_y: int
    expected_y: int | None
    cut: bool


def deposit(identity: str, amounts: Sequence[Decimal], target: Decimal, expected: Decimal | None = None) -> Deposit:
    """Amounts, the baseline first, each as high as it is; all are counted so that the target is above the baseline.

    A later amount that is smaller takes off what lies above it. Raises ValueError where the target is not above.
    """
    amounts, target = [Decimal(amount) for amount in amounts], Decimal(target)
    base = amounts[0]
    if target <= base:
        raise ValueError("A deposit grows towards its target")
    highest = max(target, *amounts)
    share = base / highest if base > 0 else Decimal(0)
    cut = share > _DEEPEST_BASE
    floor = min(share, _DEEPEST_BASE)

    def height(amount) -> int:
        above = (Decimal(amount) - base) / (highest - base)
        return round(HEIGHT - (HEIGHT - _ROOM) * (floor + max(Decimal(0), above) * (1 - floor)))

    tops = [(0, height(base))]
    for place, amount in enumerate(amounts[1:], 1):
        top = height(amount)
        while len(tops) > 1 and tops[-1][1] <= top:
            tops.pop()
        if top < tops[-1][1]:
            tops.append((place, top))
    return Deposit(
        layers=_layers(identity, tops),
        target_y=height(target),
        today_y=tops[-1][1],
        expected_y=None if expected is None else height(expected),
        cut=cut,
    )


def _layers(identity: str, tops: list[tuple[int, int]]) -> list[Layer]:
    bottoms = [HEIGHT, *(top for _place, top in tops[:-1])]
    labels = _labels([(top + bottom) // 2 for (_place, top), bottom in zip(tops, bottoms, strict=True)])
    found = []
    for (place, top), bottom, label in zip(tops, bottoms, labels, strict=True):
        if top >= bottom:  # a baseline of nothing
            continue
        dice = Dice(seed_of(f"deposit/{identity}/{place}"))
        swing = min(4.0, (bottom - top) / 4)
        line = Line.drawn(dice, top, swing, 30, WIDTH)
        found.append(
            Layer(
                place=place,
                bed=(place - 1) % _BEDS + 1 if place else 0,
                path=line.path(f"V{HEIGHT}H-30z"),
                grains=_grains(dice, top + 6, bottom - 6),
                label_y=label,
            )
        )
    return found[::-1]


def _grains(dice: Dice, top: int, bottom: int) -> str:
    count = max(0, (bottom - top) // 4)
    return "".join(f"M{round(dice.roll(4, WIDTH - 4))} {round(dice.roll(top, bottom))}h0" for _grain in range(count))


def _labels(middles: list[int]) -> list[int | None]:
    """Heights of words beside layers, from the bottom up, far enough apart: the newest always has its own, and so has the
    baseline; between them the newer go first."""
    kept = {len(middles) - 1: middles[-1]}
    for index in [0, *range(len(middles) - 2, 0, -1)]:
        if all(abs(middles[index] - other) >= _APART for other in kept.values()):
            kept[index] = middles[index]
    return [kept.get(index) for index in range(len(middles))]
