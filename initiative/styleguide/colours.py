"""Colours as the tokens write them, and how well one is read on another (WCAG 2.2)."""

import re
from dataclasses import dataclass
from math import cos, radians, sin

_OKLCH = re.compile(r"oklch\(\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)(?:\s*/\s*([\d.]+))?\s*\)")

# oklch → the long, middle and short cone's answers → linear sRGB (Björn Ottosson, 2020).
_TO_CONES = ((0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.2914855480))
_TO_LINEAR = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
_LIGHT = (0.2126, 0.7152, 0.0722)


@dataclass(frozen=True)
class Colour:
    """`red`, `green`, `blue`: linear light from 0 to 1; `alpha`: 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    @classmethod
    def parse(cls, text: str) -> "Colour":
        """From `oklch(lightness chroma hue)`, with or without ` / alpha`. Raises ValueError for anything else."""
        match = _OKLCH.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"Not a colour as tokens write them: {text!r}")
        lightness, chroma, hue = (float(part) for part in match.groups()[:3])
        a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
        cones = [(lightness + x * a + y * b) ** 3 for x, y in _TO_CONES]
        linear = (sum(x * cone for x, cone in zip(row, cones, strict=True)) for row in _TO_LINEAR)
        # What a screen can't show is shown as the nearest it can.
        return cls(*(min(1.0, max(0.0, light)) for light in linear), float(match[4] or 1))

    @property
    def luminance(self) -> float:
        """From 0, black, to 1, white."""
        return sum(x * light for x, light in zip(_LIGHT, (self.red, self.green, self.blue), strict=True))

    @property
    def hex(self) -> str:
        """`#rrggbb`."""
        return "#" + "".join(f"{round(255 * _coded(light)):02x}" for light in (self.red, self.green, self.blue))


def contrast(one: Colour, other: Colour) -> float:
    """How many times lighter one is than the other: 1 (none) to 21 (black on white)."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def _coded(light: float) -> float:
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
