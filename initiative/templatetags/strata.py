"""Strata art in templates. A record is anything with `cover_parameters`: identity, soil, inclusions and year."""

from django import template
from django.utils.safestring import mark_safe

from initiative.base import strata
from initiative.base.strata.addresses import cover_path
from initiative.base.strata.dice import seed_of

register = template.Library()


def _recipe(record):
    parameters = record["cover_parameters"] if isinstance(record, dict) else record.cover_parameters
    return strata.Recipe.of(**parameters)


@register.simple_tag
def strata_cover(record):
    """The record's cover as SVG inside the page: for the one or two that are seen first."""
    return mark_safe(strata.draw(_recipe(record)))  # noqa: S308  (drawn from numbers and closed lists only)


@register.simple_tag
def strata_thumbnail(record):
    """The record's cover at the size of a thumb, as SVG inside the page."""
    return mark_safe(strata.draw_small(_recipe(record)))  # noqa: S308  (as above)


@register.simple_tag
def strata_cover_url(record):
    """The address of the record's cover, for an image that loads when it is seen and is kept for ever."""
    return cover_path(_recipe(record))


@register.simple_tag
def strata_drawing(identity, soil, *inclusions):
    """A cover for something that isn't a record, such as an error page."""
    return mark_safe(strata.cover(identity, soil, inclusions))  # noqa: S308  (as above)


@register.simple_tag
def strata_portrait(name):
    """The ground under the initials of a person without a portrait: low, with room for letters in the sky."""
    seed = seed_of(f"portrait/{name}")
    soil = list(strata.SOILS)[seed % len(strata.SOILS)]
    return mark_safe(strata.draw_small(strata.Recipe(soil, 11, (), seed)))  # noqa: S308  (as above)


@register.simple_tag
def strata_words(record):
    """What the record's cover is drawn from, in words: `{"soil", "inclusions"}`."""
    recipe = _recipe(record)
    return {
        "soil": strata.SOILS[recipe.soil].label,
        "inclusions": [strata.INCLUSIONS[mark][0] for mark in recipe.marks],
    }


@register.simple_tag
def strata_swatch(soil):
    """The small strip of a soil's colours that stands for a kind of resource; nothing for an unknown soil."""
    return mark_safe(strata.swatch(soil)) if soil in strata.SOILS else ""  # noqa: S308  (as above)


@register.simple_tag
def strata_divider(identity):
    """Thin strata from edge to edge."""
    return mark_safe(strata.divider(identity))  # noqa: S308  (as above)


@register.simple_tag
def strata_cores(statistics):
    """Statistics (with `value`) -> a list of `{"statistic", "height"}`."""
    statistics = list(statistics)
    heights = strata.cores([statistic.value for statistic in statistics])
    return [{"statistic": one, "height": height} for one, height in zip(statistics, heights, strict=True)]


@register.simple_tag
def strata_points(places):
    """Things with `latitude` and `longitude` -> a list of `{"place", "n", "x", "y", "label_x", "label_y", "anchor"}`.

    Coordinates are text: SVG writes a point in every language.
    """
    places = list(places)
    points = strata.place_points([(place.latitude, place.longitude) for place in places])
    return [
        {"place": place} | {name: value if name == "n" else str(value) for name, value in point.items()}
        for place, point in zip(places, points, strict=True)
    ]


@register.simple_tag
def strata_view_box():
    """The view box that points of the map are given in."""
    return strata.VIEW_BOX
