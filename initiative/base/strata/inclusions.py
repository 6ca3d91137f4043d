"""What topics leave in the ground: roots, stones, cracks … A topic names one of them.

Each function takes the ground it draws in and a `density` from 0 to 1, and returns SVG text. Only numbers and the
colours of the soil enter it.
"""

from django.utils.translation import gettext_lazy as _

from initiative.base.strata.lines import even, smooth

WIDTH, HEIGHT = 240, 320


def stroke(d, colour, width, extra=""):
    """A stroked path."""
    return f'<path d="{d}" stroke="{colour}" stroke-width="{width}"{extra}/>'


def tight(d):
    """Path data without the spaces that a minus sign makes needless."""
    return d.replace(" -", "-")


def grains(dice, top, bottom, count, margin=4, width=WIDTH):
    """Path data of up to `count` grains between two lines: `h0` with round caps, eight letters each."""
    places = []
    for _index in range(count):
        x = round(dice.roll(margin, width - margin))
        high, low = top.at(x) + 5, bottom.at(x) - 5
        if low > high:
            places.append((x, round(dice.roll(high, low))))
    return "".join(f"M{x} {y}h0" for x, y in places)


def _root(dice, x, y, length, heading, step=10, wander=0.25):
    """One root: a walk that is pulled down. `heading` 0 is straight down."""
    points = [(even(x), even(y))]
    for _index in range(max(3, int(length / step))):
        heading = heading * 0.94 + dice.roll(-wander, wander)
        x, y = x + step * heading, y + step * max(0.25, 1 - abs(heading) * 0.45)
        points.append((even(x), even(y)))
    return points


def _draw_roots(ground, dice, density):
    step = 14 if density > 0.5 else 28
    count, laterals = max(3, round(5 * density)), round(3 * density)
    x = dice.roll(70, 170)
    y, depth = ground.surface.at(x) - 2, dice.roll(200, 270)
    thick, thin = "", ""
    for index in range(count):
        share = (index / (count - 1) - 0.5) * 2
        main = _root(dice, x + share * 3, y, depth * dice.roll(0.6, 1) * (1 - 0.35 * abs(share)), share * 0.9, step)
        thick += smooth(main)
        for _side in range(laterals):
            px, py = dice.pick(main[1:-1])
            thin += smooth(
                _root(dice, px, py, depth * dice.roll(0.1, 0.28), dice.pick((-1, 1)) * dice.roll(0.7, 1.5), step)
            )
    light = ground.soil.light
    return stroke(thick, light, 1.7 if density > 0.5 else 3) + (stroke(thin, light, 0.8) if thin else "")


def _draw_grass(ground, dice, density):
    blades, fine = "", ""
    for x in range(10, WIDTH, round(15 / density)):
        x += round(dice.roll(-4, 4))
        y = round(ground.surface.at(x)) + 2
        blades += f"M{x} {y}q{round(dice.roll(-3, 3))} -12 {round(dice.roll(-9, 9))} -{round(dice.roll(16, 34))}"
        if density > 0.5:
            fine += smooth(_root(dice, x, y, dice.roll(40, 90), dice.roll(-0.3, 0.3), 14))
    width = 1.8 if density > 0.5 else 3
    return stroke(tight(blades), ground.soil.litter, width) + (stroke(fine, ground.soil.light, 0.8) if fine else "")


def _draw_furrows(ground, dice, density):
    """The surface itself is ploughed (see covers); below it the plough pan."""
    pan = ground.surface.between(ground.upper, 0.62)
    return stroke(pan.path(), ground.soil.light, 1.1, ' stroke-dasharray="9 7"')


def _draw_burrows(ground, dice, density):
    out = ""
    for _index in range(2 if density > 0.5 else 1):
        x, y = dice.roll(20, 190), dice.roll(ground.middle.at(120), ground.lower.at(120) - 20)
        walk = [(even(x), even(y))]
        for _step in range(7 if density > 0.5 else 4):
            x, y = x + dice.roll(-8, 26), y + dice.roll(-20, 20)
            walk.append((even(x), even(y)))
        out += smooth(walk)
    heart = stroke(out, ground.soil.horizons[0], 1, ' stroke-dasharray="1 4"') if density > 0.5 else ""
    return stroke(out, ground.soil.light, 7) + heart


def _draw_crumbs(ground, dice, density):
    out = ""
    for _index in range(round(27 * density)):
        x = round(dice.roll(6, 234))
        y = round(dice.roll(ground.surface.at(x) + 8, ground.middle.at(x) - 4))
        out += f"M{x} {y}a3 3 0 0 {int(dice.roll(0, 2))} {round(dice.roll(3, 6))} {round(dice.roll(-2, 3))}"
    return stroke(tight(out), ground.soil.light, 1.3 if density > 0.5 else 2)


def _draw_grains(ground, dice, density):
    many = grains(dice, ground.surface, ground.lower, round(50 * density))
    lit = grains(dice, ground.upper, ground.middle, 4, 30)
    return stroke(many, ground.soil.light, 2.2 if density > 0.5 else 3) + stroke(
        lit, ground.soil.spark, 9 if density > 0.5 else 12
    )


def _draw_core(ground, dice, density):
    x = round(dice.roll(70, 170))
    top = round(ground.surface.at(x)) - 26
    dark = ground.soil.horizons[0]
    fine = f'<path d="M{x - 4} {top + 6}V320" stroke-width="7" stroke-dasharray="1 8"/>' if density > 0.5 else ""
    return (
        f'<g stroke-linecap="butt" stroke="{dark}">'
        f'<path d="M{x} {top}V320" stroke="{ground.soil.light}" stroke-width="15"/>'
        f'{fine}<path d="M{x} {top + 6}V320" stroke-width="15" stroke-dasharray="1.4 43.6"/></g>'
    )


def _draw_cracks(ground, dice, density):
    out = ""
    for x in range(20, WIDTH, 38 if density > 0.5 else 64):
        x += round(dice.roll(-10, 10))
        y, width = round(ground.surface.at(x)) - 3, round(dice.roll(4, 9))
        deep = dice.roll(50, 120)
        a, b = round(dice.roll(-5, 5)), round(dice.roll(-6, 6))
        one, two, three = round(deep * 0.4), round(deep * 0.35), round(deep * 0.25)
        back = round(deep * 0.3)
        left, right = width // 2 + a, width - width // 2 - a
        out += f"M{x} {y}l{a} {one} {b} {two} {-a} {three} {left} -{back} {-b} -{two} {right} -{two}z"
    return f'<path d="{tight(out)}" fill="{ground.soil.sky}"/>'


def _draw_laminae(ground, dice, density):
    beds = ((0.2, 0.8), (0.4, 2.4), (0.55, 0.8), (0.8, 1.4)) if density > 0.5 else ((0.35, 3), (0.75, 2))
    return "".join(
        stroke(ground.middle.between(ground.lower, share).path(), ground.soil.light, width) for share, width in beds
    )


def _draw_water(ground, dice, density):
    beds = ((0.15, "34 9"), (0.45, "18 12"), (0.75, "8 14")) if density > 0.5 else ((0.3, "34 12"), (0.7, "14 16"))
    width = 2.4 if density > 0.5 else 4
    return "".join(
        stroke(ground.lower.between(ground.floor, share).path(), "#2f6f8a", width, f' stroke-dasharray="{dash}"')
        for share, dash in beds
    )


def _draw_stones(ground, dice, density):
    """Stones, cut rather than rolled."""
    ring = ((1, 0.1), (0.6, 0.8), (-0.3, 1), (-1, 0.3), (-0.7, -0.7), (0.3, -1))
    out = ""
    for _index in range(max(3, round(9 * density))):
        x = dice.roll(0, WIDTH)
        y = dice.roll(ground.lower.at(x) + 4, 316)
        size = dice.roll(5, 17) if density > 0.5 else dice.roll(12, 20)
        corners = [
            (even(x + size * a * dice.roll(0.8, 1.2)), even(y + size * 0.62 * b * dice.roll(0.75, 1.2)))
            for a, b in ring
        ]
        out += "M" + "L".join(f"{a} {b}" for a, b in corners) + "z"
    return f'<path d="{tight(out)}" fill="{ground.soil.horizons[1]}"/>'


# Key -> (label, drawing). The order is the order in menus.
INCLUSIONS = {
    "roots": (_("roots"), _draw_roots),
    "grass": (_("grass"), _draw_grass),
    "furrows": (_("furrows"), _draw_furrows),
    "burrows": (_("burrows"), _draw_burrows),
    "crumbs": (_("crumbs"), _draw_crumbs),
    "grains": (_("grains"), _draw_grains),
    "core": (_("a measuring core"), _draw_core),
    "cracks": (_("cracks"), _draw_cracks),
    "laminae": (_("thin beds"), _draw_laminae),
    "water": (_("water"), _draw_water),
    "stones": (_("stones"), _draw_stones),
}

INCLUSION_CHOICES = [(key, label) for key, (label, _drawing) in INCLUSIONS.items()]


def draw_inclusion(key, ground, dice, density=1.0):
    """SVG text of one inclusion in `ground`. Raises KeyError for an unknown key."""
    return INCLUSIONS[key][1](ground, dice, density)
