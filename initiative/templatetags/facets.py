"""The boxes of a facet: hundreds on a page, so drawn here instead of by a template for each."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from initiative.base import languages, numbers, strata
from initiative.base.facets import Choice

register = template.Library()


@register.simple_tag
def facet_choices(name: str, choices: Iterable[Choice]) -> SafeString:
    """The choices of a facet as boxes to tick, each with its label and how many results it would leave."""
    reader = languages.current()
    boxes = "".join(_box(name, choice, reader) for choice in choices)
    return mark_safe(f'<ul class="facet-list">{boxes}</ul>')  # noqa: S308  (each part escaped in _box)


def _box(name: str, choice: Choice, reader: str) -> str:
    option = choice.option
    before, after = _frame(name, choice.slug, str(option.label), option.language, option.soil, choice.depth)
    count = numbers.display(choice.count, language=reader)
    return f"{before}{' checked' if choice.checked else ''}>{after}{count}</span></label></li>"


# The same few hundred on each page of a list. Put together by hand: format_html takes four times as long.
@lru_cache(maxsize=4_096)
def _frame(name: str, slug: str, label: str, language: str, soil: str, depth: int) -> tuple[str, str]:
    """A box as far as where it may be checked, and from there to its count."""
    name, slug = escape(name), escape(slug)
    # A kind of resource has its strata; those below it don't repeat them.
    swatch = strata.swatch(soil) if soil in strata.SOILS and not depth else ""
    below = f' class="depth-{depth}"' if depth else ""
    lang = f' lang="{escape(language)}"' if language else ""
    return (
        f'<li{below}><label class="tick"><input type="checkbox" id="{name}-{slug}" name="{name}" value="{slug}"',
        f'{swatch}<span{lang}>{escape(label)}</span> <span class="n">',
    )
