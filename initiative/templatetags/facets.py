"""The boxes of a facet: hundreds on a page, so drawn here instead of by a template for each."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from initiative.base import numbers, strata
from initiative.base.facets import Choice

register = template.Library()


@register.simple_tag
def facet_choices(name: str, choices: Iterable[Choice]) -> SafeString:
    """The choices of a facet as boxes to tick, each with its label and how many results it would leave."""
    boxes = "".join(_box(escape(name), choice) for choice in choices)
    return mark_safe(f'<ul class="facet-list">{boxes}</ul>')  # noqa: S308  (each part escaped in _box)


def _box(name: str, choice: Choice) -> str:
    """A string put together by hand: format_html would be a fifth of the library's whole page."""
    option, slug = choice.option, escape(choice.slug)
    # A kind of resource has its strata; those below it don't repeat them.
    swatch = strata.swatch(option.soil) if option.soil in strata.SOILS and not choice.depth else ""
    depth = f' class="depth-{choice.depth}"' if choice.depth else ""
    lang = f' lang="{escape(option.language)}"' if option.language else ""
    checked = " checked" if choice.checked else ""
    return (
        f'<li{depth}><label class="tick"><input type="checkbox" id="{name}-{slug}" name="{name}" value="{slug}"{checked}>'
        f'{swatch}<span{lang}>{escape(str(option.label))}</span> <span class="n">{numbers.display(choice.count)}</span>'
        "</label></li>"
    )
