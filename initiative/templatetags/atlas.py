"""The countries of a map: two hundred and more on a page, so drawn here instead of by a template."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from initiative.base import languages, numbers
from initiative.base.atlas import Country, CountryMap

register = template.Library()


@register.simple_tag
def map_countries(map: CountryMap, shapes: str) -> SafeString:  # noqa: A002  (as the component calls it)
    """Each country as a link with its shape and, where it needs them, a dot and its number; see `components/country_map.html`.
    `shapes`: the address of the drawing that has them."""
    reader, shapes = languages.current(), escape(shapes)
    drawn = "\n      ".join(_country(country, shapes, reader) for country in map.countries)
    return mark_safe(drawn)  # noqa: S308  (each part escaped below)


def _country(country: Country, shapes: str, reader: str) -> str:
    x, y, step = country.x, country.y, country.step
    chosen = ' class="chosen" aria-current="true"' if country.chosen else ""
    dot = f'<circle class="step-{step}" cx="{x}" cy="{y}" r="{country.r}"/>' if country.r else ""
    label = f'<text x="{x}" y="{y}" dy=".35em" aria-hidden="true">{country.label}</text>' if country.label else ""
    return (
        f'<a href="{escape(country.url)}" data-at="{x} {y}"{chosen}><title>{escape(country.name)}: '
        f"{numbers.display(country.count, language=reader)}</title>"
        f'<use class="step-{step}" href="{shapes}#{escape(country.code)}"/>{dot}{label}</a>'
    )
