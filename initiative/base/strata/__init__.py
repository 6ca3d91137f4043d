"""Strata art: soil profiles drawn from data, as SVG. The same data always give the same drawing."""

from initiative.base.strata.cores import cores
from initiative.base.strata.covers import VERSION, Recipe, cover, draw, draw_small, swatch, thumbnail
from initiative.base.strata.deposit import deposit
from initiative.base.strata.dividers import divider
from initiative.base.strata.inclusions import INCLUSION_CHOICES, INCLUSIONS
from initiative.base.strata.landscape import landscape
from initiative.base.strata.soils import SOIL_CHOICES, SOILS
from initiative.base.strata.worldmap import VIEW_BOX, place_points, project

__all__ = [
    "INCLUSIONS",
    "INCLUSION_CHOICES",
    "SOILS",
    "SOIL_CHOICES",
    "VERSION",
    "VIEW_BOX",
    "Recipe",
    "cores",
    "cover",
    "deposit",
    "divider",
    "draw",
    "draw_small",
    "landscape",
    "place_points",
    "project",
    "swatch",
    "thumbnail",
]
