"""What the guide shows: each component's states drawn, and what the strata can draw."""

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from initiative.base import strata
from initiative.styleguide import declarations
from initiative.styleguide.samples import GROUPS, Sampled, by_group

# Attributes that name an element, or lead to one of the same page.
_NAMED = re.compile(r'(?<=\s)(id|for|aria-describedby|aria-labelledby|data-copy)="([^"]+)"|(?<=\s)href="#([^"]+)"')


@dataclass(frozen=True)
class State:
    """One sample, drawn."""

    name: str
    html: SafeString


@dataclass(frozen=True)
class Shown:
    """A component with its states, as Sampled has them."""

    component: declarations.Component
    inside: tuple[str, str]
    narrow: bool
    states: list[State]


def shown(each: Sampled, request, mark: str = "") -> Shown:
    """A component drawn in the active language. `mark` tells its elements from those of the same component elsewhere."""
    name = each.component.name
    states = [
        State(state, _own_names(each.component.render(props, request), f"{name}-{mark}{slugify(state)}"))
        for state, props in each.samples().items()
    ]
    return Shown(each.component, each.inside, each.narrow, states)


def whole(request) -> dict[str, list[Shown]]:
    """All components under the parts of the guide."""
    return {group: [shown(each, request) for each in some] for group, some in by_group().items()}


def contents() -> list[tuple[str, str, list[str]]]:
    """Slug and name of each part, and the names of its components."""
    found = by_group()
    return [(slugify(group), group, [each.component.name for each in found[group]]) for group in GROUPS]


def soils() -> list[dict]:
    """Each soil drawn: `{"key", "label", "marks", "cover", "bytes", "small", "small_bytes", "swatch"}`."""
    marks = list(strata.INCLUSIONS)
    found = []
    for number, soil in enumerate(strata.SOILS.values()):
        chosen = (marks[2 * number % len(marks)], marks[(2 * number + 1) % len(marks)])
        cover, small = (
            strata.cover(soil.key, soil.key, chosen, 2016 + number),
            strata.thumbnail(soil.key, soil.key, chosen),
        )
        found.append(
            {
                "key": soil.key,
                "label": soil.label,
                "marks": [strata.INCLUSIONS[mark][0] for mark in chosen],
                "cover": mark_safe(cover),  # noqa: S308  (drawn from numbers and closed lists only)
                "bytes": len(cover.encode()),
                "small": mark_safe(small),  # noqa: S308  (as above)
                "small_bytes": len(small.encode()),
                "swatch": mark_safe(strata.swatch(soil.key)),  # noqa: S308  (as above)
            }
        )
    return found


def _own_names(html: str, mark: str) -> SafeString:
    """The names of elements are told apart from those of the other states, and so is what refers to them. Nothing takes the
    focus when the guide opens."""

    def renamed(match: re.Match) -> str:
        if match[3]:
            return f'href="#{mark}-{match[3]}"' if f'id="{match[3]}"' in html else match[0]
        names = " ".join(f"{mark}-{name}" for name in match[2].split())
        return f'{match[1]}="{names}"'

    return mark_safe(_NAMED.sub(renamed, html).replace(" data-focus", ""))  # noqa: S308  (the component's own output)
