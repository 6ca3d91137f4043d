"""The boxes of a facet: hundreds on a page, so drawn here instead of by a template for each."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from initiative.base import numbers, strata
from initiative.base.facets import Choice

register = template.Library()


@register.simple_tag
def facet_choices(name: str, choices: Iterable[Choice]) -> SafeString:
    """The choices of a facet as boxes to tick, each with its label and how many results it would leave."""
    return format_html(
        '<ul class="facet-list">{}</ul>', format_html_join("", "{}", ((_box(name, each),) for each in choices))
    )


def _box(name: str, choice: Choice) -> SafeString:
    option, slug = choice.option, choice.slug
    return format_html(
        '<li{}><label class="tick"><input type="checkbox" id="{}-{}" name="{}" value="{}"{}>{}<span{}>{}</span> '
        '<span class="n">{}</span></label></li>',
        format_html(' class="depth-{}"', choice.depth) if choice.depth else "",
        name,
        slug,
        name,
        slug,
        mark_safe(" checked") if choice.checked else "",
        # A kind of resource has its strata; those below it don't repeat them.
        mark_safe(strata.swatch(option.soil)) if option.soil in strata.SOILS and not choice.depth else "",  # noqa: S308  (drawn by us)
        format_html(' lang="{}"', option.language) if option.language else "",
        option.label,
        numbers.display(choice.count),
    )
