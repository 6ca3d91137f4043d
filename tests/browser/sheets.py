"""The style sheets as readers get them, and whether a page has asked for all that it needs."""

import re
from collections.abc import Iterator
from functools import cache

import tinycss2
from django.conf import settings

from initiative.base.assets import join_stylesheets

# What these rules hold are no declarations of elements.
_DESCRIBING = {"font-face", "page", "property", "counter-style", "view-transition"}
# What an element is only for a while, or isn't an element.
_PASSING = re.compile(r":(hover|focus|focus-visible|focus-within|active|checked|target)\b(?!-)")
_PART = re.compile(r"::[\w-]+")


@cache
def joined(name: str) -> str:
    """A style sheet of the site with all that it imports."""
    return join_stylesheets(name, lambda part: (settings.BASE_DIR / "static" / part).read_text())


def read(style: str) -> list[tuple[tuple[str, ...], str, str]]:
    """Every declaration of a style sheet: the rules it stands in, its name, its value. AssertionError for what is no CSS."""
    return list(_declarations(tinycss2.parse_stylesheet(style, True, True)))


def plain(found: list[tuple[tuple[str, ...], str, str]]) -> list[tuple[tuple[str, ...], str, str]]:
    """Those of `read` that elements have."""
    return [one for one in found if not any(name[1:].split()[0] in _DESCRIBING for name in one[0] if name[0] == "@")]


@cache
def selectors(name: str) -> tuple[str, ...]:
    """What a style sheet of the site dresses, whatever state it is in."""
    found = {
        next(rule for rule in within if rule[0] != "@") for within, _name, _value in plain(read(joined(name))) if within
    }
    return tuple(sorted({_PART.sub("", _PASSING.sub(":where(*)", one)) or "*" for one in found}))


def undressed(page) -> list[str]:
    """Selectors of `further.css` with something on a page that doesn't link it."""
    ask = """selectors => document.querySelector("link[href*='css/further']")
        ? [] : selectors.filter((one) => document.querySelector(one))"""
    return page.evaluate(ask, list(selectors("css/further.css")))


def _declarations(nodes, within: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for node in nodes:
        assert node.type != "error", f"{within}: {node.message}"
        if node.type == "declaration":
            yield within, node.name, tinycss2.serialize(node.value).strip()
        elif node.type == "at-rule" and node.content is not None:
            name = f"@{node.at_keyword} {tinycss2.serialize(node.prelude).strip()}"
            yield from _declarations(tinycss2.parse_blocks_contents(node.content, True, True), (*within, name))
        elif node.type == "qualified-rule":
            name = tinycss2.serialize(node.prelude).strip()
            yield from _declarations(tinycss2.parse_blocks_contents(node.content, True, True), (*within, name))
