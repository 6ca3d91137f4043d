"""The samples: a module for each component, named as its template. They are the contract: each gives every prop that must be
given and none that isn't declared, and the tests see to it.

A module has `GROUP`, the part of the guide where it stands; `samples()`, a name for each state and its props, in the active
language; where the component is a part of a list, `INSIDE`: tag and class of what stands around it; and `NARROW` for what is
seldom as wide as a page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from initiative.styleguide import declarations
from initiative.styleguide.declarations import Component

GROUPS = (
    "Marks and small parts",
    "Frame of a page",
    "Library and search",
    "People and partners",
    "News and events",
    "Texts",
    "Forms",
    "Charts",
)


@dataclass(frozen=True)
class Sampled:
    """A component with its states. `inside`: tag and class of what stands around it; `narrow`: states stand side by side."""

    component: Component
    group: str
    samples: Callable[[], dict[str, dict]]
    inside: tuple[str, str]
    narrow: bool


def sampled(name: str) -> Sampled:
    """A component with its samples. Raises FileNotFoundError without a template, ModuleNotFoundError without samples."""
    component = declarations.component(name)
    module = import_module(f"{__name__}.{name}")
    inside, narrow = getattr(module, "INSIDE", ("div", "")), getattr(module, "NARROW", False)
    return Sampled(component, module.GROUP, module.samples, inside, narrow)


def by_group() -> dict[str, list[Sampled]]:
    """All components under the parts of the guide, both in order."""
    found = [sampled(name) for name in declarations.names()]
    return {group: [each for each in found if each.group == group] for group in GROUPS}
