"""The eight soils a cover can be drawn in. A resource type names one of them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Soil:
    """A palette and a kind of boundary. Colours are `#rrggbb`; `horizons` run from the top down."""

    key: str
    label: str
    sky: str
    litter: str
    horizons: tuple
    light: str
    spark: str
    boundary: str


def _soil(key, label, sky, litter, horizons, light, spark, boundary):
    return Soil(key, label, sky, litter, tuple(horizons.split()), light, spark, boundary)


SOILS = {
    soil.key: soil
    for soil in (
        _soil(
            "chernozem",
            _("chernozem"),
            "#efe4cc",
            "#5d7138",
            "#2a1f1a #4a3225 #a8652f #dba550 #efd9a4",
            "#f3dfb4",
            "#f0b23e",
            "wavy",
        ),
        _soil(
            "terra_rossa",
            _("terra rossa"),
            "#f5e2cc",
            "#75803a",
            "#571d15 #9a311d #cf5a34 #e8935f #f3cfa6",
            "#fbe3c3",
            "#f6c667",
            "wavy",
        ),
        _soil(
            "gleysol",
            _("gleysol"),
            "#dfe7e1",
            "#55714c",
            "#1d2d33 #335763 #6d9aa0 #a9c4bd #d9c48c",
            "#e4efe9",
            "#e5803a",
            "irregular",
        ),
        _soil(
            "loess",
            _("loess"),
            "#f8edc9",
            "#7f8b3c",
            "#5c3614 #a8681a #dda233 #f0c766 #f8e2a6",
            "#fdf0c8",
            "#fff6dc",
            "smooth",
        ),
        _soil(
            "podzol",
            _("podzol"),
            "#e9e6dc",
            "#3c4a35",
            "#2a2422 #d8d2c6 #3d2018 #b3552b #dcb586 #9aa0a0",
            "#f4efe4",
            "#e8a33a",
            "tongued",
        ),
        _soil(
            "calcisol",
            _("calcisol"),
            "#f1ebdc",
            "#84903f",
            "#4b3826 #927348 #ccb483 #e9dcbd #fbf6e8",
            "#fffaf0",
            "#c8562f",
            "smooth",
        ),
        _soil(
            "andosol",
            _("andosol"),
            "#f3e0d6",
            "#67803f",
            "#221a22 #54293a #93485a #cd8579 #edc4a8",
            "#f8dccb",
            "#f3b54a",
            "irregular",
        ),
        _soil(
            "vertisol",
            _("vertisol"),
            "#e8e6e0",
            "#78855a",
            "#26292e #454b52 #747b7e #aaada8 #d8d3c4",
            "#eeeae0",
            "#df9a3c",
            "smooth",
        ),
    )
}

SOIL_CHOICES = [(soil.key, soil.label) for soil in SOILS.values()]
