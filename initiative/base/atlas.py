"""A map of countries, each as strong as its number: what `components/country_map.html` draws."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil

from django.utils.functional import cached_property

from initiative.base import languages
from initiative.base.strata.countries import COUNTRIES
from initiative.base.strata.worldmap import FINE, MAP_BOX, flat

# Continents by their UN M49 codes, and the part of the world that their map shows: south, north, west, east.
CONTINENTS = {
    "002": (-36, 38, -20, 58),
    "019": (-56, 72, -128, -34),
    "142": (-11, 56, 26, 147),
    "150": (35, 71, -24, 60),
    "009": (-48, 20, 112, 212),
}
_STEPS = 4
# Width to height of the frame on a wide screen.
_ASPECT = 2.25
# Countries smaller than this share of the map's width get a dot beside their shape, so that they can be seen and pressed.
_SMALL = 0.008
# In a part of the world, numbers are written into countries larger than this share of its width, and beside dots.
_ROOMY = 0.02


@dataclass(frozen=True)
class Country:
    """One country with a number. `step` is 1 (few) to 4 (many); `x`, `y`, `r`, `size` are units of SVG as text, `r` empty
    where it needs no dot, `label` empty where its number isn't written."""

    code: str
    name: str
    count: int
    url: str
    chosen: bool
    step: int
    x: str
    y: str
    r: str
    label: str


@dataclass(frozen=True)
class Part:
    """A part of the world to look at, with how many there are in it."""

    code: str
    name: str
    count: int
    url: str
    current: bool


class CountryMap:
    """Numbers by country, drawn. `counts`: country code → number; `address`: country code → where it leads."""

    def __init__(
        self,
        counts: Mapping[str, int],
        address: Callable[[str], str],
        chosen: tuple[str, ...] = (),
        region: str = "",
        parts: list[Part] | None = None,
    ):
        self.counts = {code: count for code, count in counts.items() if count}
        self.address = address
        self.chosen = chosen
        self.region = region if region in CONTINENTS else ""
        self.parts = parts or []

    def __str__(self) -> str:
        """All that it is drawn from, beside the language and where the whole world is: what tells it from others."""
        counts = " ".join(f"{code}:{count}" for code, count in sorted(self.counts.items()))
        return f"{self.address('')} {self.region} {self.chosen} {self.parts} {counts}"

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width, height of what is shown, in units of SVG."""
        return region_box(self.region)

    @property
    def drawing(self) -> str:
        """The static file with the shapes: finer where a part of the world is looked at."""
        return "art/countries-near.svg" if self.region else "art/countries.svg"

    @property
    def view_box(self) -> str:
        """The same for the attribute."""
        return " ".join(map(str, self.box))

    @cached_property
    def _wide(self) -> float:
        """As many units as a wide screen shows from side to side: a tall part of the world is shown with its neighbours."""
        return max(self.box[2], _ASPECT * self.box[3])

    @property
    def font_size(self) -> str:
        """For numbers, in units of SVG."""
        return str(round(self._wide / 80))

    @property
    def line(self) -> str:
        """The width of borders, in units of SVG: about a pixel on a wide screen."""
        return str(max(1, round(self._wide / 1200)))

    @cached_property
    def limits(self) -> list[int]:
        """The most of each step; the steps grow by the same factor."""
        most = max(self.counts.values(), default=0)
        return sorted({ceil(most ** (step / _STEPS) - 1e-9) for step in range(1, _STEPS + 1)}) if most else []

    @property
    def legend(self) -> list[dict]:
        """Each step with the numbers it stands for: `{"step", "first", "last"}`."""
        firsts = [1, *(limit + 1 for limit in self.limits)]
        return [
            {"step": self._step(last), "first": first, "last": last}
            for first, last in zip(firsts, self.limits, strict=False)
        ]

    @cached_property
    def countries(self) -> list[Country]:
        """The countries that have a number and a place on the map, by name."""
        names = languages.babel_locale(languages.current()).territories
        found = [self._country(code, names.get(code, code)) for code in self.counts if code in COUNTRIES]
        return sorted(found, key=lambda country: languages.in_order(country.name))

    def _step(self, count: int) -> int:
        """1 to 4; with fewer steps the stronger ones are taken."""
        place = next(number for number, limit in enumerate(self.limits) if count <= limit)
        return place + 1 + _STEPS - len(self.limits)

    def _country(self, code: str, name: str) -> Country:
        x, y = position(code)
        size = COUNTRIES[code][2] * FINE / self._wide
        small = size < _SMALL
        return Country(
            code=code,
            name=name,
            count=self.counts[code],
            url=self.address(code),
            chosen=code in self.chosen,
            step=self._step(self.counts[code]),
            x=str(x),
            y=str(y),
            r=str(round(self._wide / 190)) if small else "",
            label=str(self.counts[code]) if self.region and size > _ROOMY else "",
        )


@cache
def position(code: str) -> tuple[int, int]:
    """Where a country lies on the map, in units of SVG. KeyError for one that isn't on it."""
    latitude, longitude, _size = COUNTRIES[code]
    # The islands of the South Pacific lie together, east of the others.
    if longitude < -135 and latitude < 12:
        longitude += 360
    x, y = flat(latitude, longitude)
    return round(x * FINE), round(y * FINE)


def region_box(region: str = "") -> tuple[int, int, int, int]:
    """Left, top, width and height of a continent's part of the map, in units of SVG; of the whole for none."""
    if region not in CONTINENTS:
        left, top, width, height = (int(part) * FINE for part in MAP_BOX.split())
        return left, top, width, height
    south, north, west, east = CONTINENTS[region]
    corners = [
        flat(latitude, longitude) for latitude in (south, (south + north) / 2, north) for longitude in (west, east)
    ]
    if south < 0 < north:
        corners += [flat(0, west), flat(0, east)]
    xs, ys = [round(x * FINE) for x, _ in corners], [round(y * FINE) for _, y in corners]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
