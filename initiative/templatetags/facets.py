"""Facets with their boxes: hundreds on a page, so drawn here instead of by a template for each."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from initiative.base import languages, lists, numbers, strata
from initiative.base.facets import Choice, Choices, Facet, Option

register = template.Library()


@register.simple_tag(takes_context=True)
def facet_fields(context, facets: Iterable[tuple]) -> SafeString:
    """Facets, each given with what the form shows of it: boxes are drawn here, anything else by its template."""
    drawn = [
        facet_boxes(facet, choices)
        if isinstance(facet, Facet)
        else get_template(facet.template).template.render(context.new({"facet": facet, "choices": choices}))
        for facet, choices in facets
    ]
    return mark_safe("\n".join(drawn))  # noqa: S308  (each is safe)


@register.simple_tag
def facet_boxes(facet: Facet, choices: Choices) -> SafeString:
    """A facet of boxes to tick, each with its label and how many results it would leave; of a long list the rest is
    folded away. Nothing without choices. See `components/facet.html`."""
    if not choices:
        return mark_safe("")
    state = (get_language(), facet.name, str(facet.label), facet.folded)
    # The pages of a list share the choices of its long facets (see `initiative.base.facets`), and so how these are drawn.
    if state not in choices.drawn:
        choices.drawn[state] = _facet(facet, choices, languages.current())
    return choices.drawn[state]


def _facet(facet: Facet, choices: Choices, reader: str) -> SafeString:
    name, label = escape(facet.name), escape(str(facet.label))
    is_open = " open" if not facet.folded or choices.is_ticked else ""
    drawn = (
        f'<details class="facet" data-keep="{name}"{is_open}>\n  <summary>{label}</summary>\n  <fieldset>\n'
        f'    <legend class="unseen">{label}</legend>\n    {_boxes(facet.name, choices.first, reader)}\n'
        f"{_rest(facet, choices, reader)}  </fieldset>\n</details>"
    )
    return mark_safe(drawn)  # noqa: S308  (each part escaped above and below)


def _rest(facet: Facet, choices: Choices, reader: str) -> str:
    if not choices.rest:
        return ""
    name, label, count = escape(facet.name), escape(str(facet.label)), choices.rest_count
    more = ngettext("%(n)s more", "%(n)s more", count) % {"n": numbers.display(count, language=reader)}
    parts = [
        f'    <details class="more" data-keep="{name}-more">\n'
        f'      <summary><span class="unseen">{label}: </span>{escape(more)}</summary>\n'
    ]
    for group in choices.rest:
        if group["above"]:
            above = escape(lists.comma()).join(_named(option) for option in group["above"])
            parts.append(f'      <p class="above">{above}</p>\n')
        parts.append(f"      {_boxes(facet.name, group['choices'], reader)}\n")
    if choices.left_off:
        others = ngettext(
            "And %(n)s with fewer results: search for its name.",
            "And %(n)s with fewer results: search for their names.",
            choices.left_off,
        ) % {"n": numbers.display(choices.left_off, language=reader)}
        parts.append(f'      <p class="meta">{escape(others)}</p>\n')
    return "".join([*parts, "    </details>\n"])


def _named(option: Option) -> str:
    lang = f' lang="{escape(option.language)}"' if option.language else ""
    return f"<bdi{lang}>{escape(str(option.label))}</bdi>"


def _boxes(name: str, choices: Iterable[Choice], reader: str) -> str:
    return f'<ul class="facet-list">{"".join(_box(name, choice, reader) for choice in choices)}</ul>'


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
