"""The style sheet as readers get it: every line of it is understood."""

from collections.abc import Iterator
from pathlib import Path

import tinycss2
from django.conf import settings

from initiative.base.assets import join_stylesheets

_STATIC = settings.BASE_DIR / "static"
# What these rules hold are no declarations of elements.
_DESCRIBING = {"font-face", "page", "property", "counter-style", "view-transition"}


def declarations(nodes, within: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Every declaration, (the rules it stands in, name, value), of what tinycss2 read. AssertionError for what it can't."""
    for node in nodes:
        assert node.type != "error", f"{within}: {node.message}"
        if node.type == "declaration":
            yield within, node.name, tinycss2.serialize(node.value).strip()
        elif node.type == "at-rule" and node.content is not None:
            name = f"@{node.at_keyword} {tinycss2.serialize(node.prelude).strip()}"
            yield from declarations(tinycss2.parse_blocks_contents(node.content, True, True), (*within, name))
        elif node.type == "qualified-rule":
            name = tinycss2.serialize(node.prelude).strip()
            yield from declarations(tinycss2.parse_blocks_contents(node.content, True, True), (*within, name))


def read(style: str) -> list[tuple[tuple[str, ...], str, str]]:
    return list(declarations(tinycss2.parse_stylesheet(style, True, True)))


def not_understood(page, style: str) -> list[str]:
    """Selectors and declarations that the browser would leave out."""
    found = read(style)
    plain = [one for one in found if not any(name[1:].split()[0] in _DESCRIBING for name in one[0] if name[0] == "@")]
    pairs = sorted({(name, value.removesuffix("!important").strip()) for _within, name, value in plain})
    wrong = page.evaluate("pairs => pairs.filter(([name, value]) => !CSS.supports(name, value))", pairs)
    selectors = sorted({name for within, *_rest in plain for name in within if name[0] != "@"})
    # Within another rule a selector may begin with a combinator.
    lost = page.evaluate(
        """selectors => selectors.filter(one => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`body { ${one} { color: red } }`);
            return sheet.cssRules[0].cssRules.length !== 1;
        })""",
        selectors,
    )
    return [*(f"{name}: {value}" for name, value in wrong), *lost]


def test_every_line_of_the_style_sheet_is_understood(reader):
    page = reader.go("/en/")
    style = join_stylesheets("css/site.css", lambda name: Path(_STATIC / name).read_text())
    assert len(read(style)) > 1_000
    assert not_understood(page, style) == []


def test_what_is_not_understood_is_noticed(reader):
    page = reader.go("/en/")
    style = "a { colour: red; color: blue; & ~ b { inset-inline: 0 } } @media print { p:nope { margin: 1 lot } }"
    assert not_understood(page, style) == ["colour: red", "margin: 1 lot", "p:nope"]
