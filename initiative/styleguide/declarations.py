"""What a component declares at the top of its template: what it is for, and its props.

    {# One sentence. #}
    {# Props: name*: what it is; other, another; last: more. #}

A star marks what it can't do without. A long list goes on in comments that follow.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.utils.functional import cached_property

FOLDER = Path(settings.BASE_DIR) / "templates" / "components"
_COMMENT = re.compile(r"\{#\s*(.*?)\s*#\}\s*")
_NAMES = re.compile(r"[a-z]\w*\*?(?:,\s*[a-z]\w*\*?)*")


class DeclarationError(Exception):
    """A component that doesn't say its props as it should; the text says which and why."""


@dataclass(frozen=True)
class Prop:
    """One thing that a component is given."""

    name: str
    required: bool
    note: str


@dataclass(frozen=True)
class Component:
    """A component by the name of its template."""

    name: str
    purpose: str
    props: tuple[Prop, ...]

    @property
    def path(self) -> str:
        """As `{% include %}` names it."""
        return f"components/{self.name}.html"

    @property
    def required(self) -> set[str]:
        return {prop.name for prop in self.props if prop.required}

    @property
    def names(self) -> set[str]:
        """The names of all props."""
        return {prop.name for prop in self.props}

    @cached_property
    def template(self) -> Template:
        """Django's own, compiled."""
        return get_template(self.path).template

    def render(self, props: dict, request):
        """The component as an include with `only` shows it: it sees its props and the request, nothing else."""
        context = Context({**props})
        context.request = request
        return self.template.render(context)


def names() -> list[str]:
    """The names of all components, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.html"))


def component(name: str) -> Component:
    """A component by its name. Raises FileNotFoundError for one that isn't there, DeclarationError where it is not declared."""
    return declared(name, (FOLDER / f"{name}.html").read_text(encoding="utf-8"))


def declared(name: str, source: str) -> Component:
    """What the source of a template declares. Raises DeclarationError."""
    comments, place = [], 0
    while match := _COMMENT.match(source, place):
        comments.append(match[1])
        place = match.end()
    purpose, said = comments[0] if comments else "", " ".join(comments[1:])
    if not purpose or not said.startswith("Props: "):
        raise DeclarationError(f"{name} must say what it is for, and its props")
    props = []
    for clause in said.removeprefix("Props: ").removesuffix(".").split("; "):
        listed, _colon, note = clause.partition(": ")
        if not _NAMES.fullmatch(listed):
            raise DeclarationError(f"{name} declares {clause!r}: it must begin with names")
        for one in listed.split(", "):
            props.append(Prop(one.removesuffix("*"), one.endswith("*"), note))
    return Component(name, purpose, tuple(props))
