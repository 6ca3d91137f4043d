"""The style sheets as readers get them: every line of them is understood."""

import pytest

from tests.browser.sheets import joined, plain, read, undressed


def not_understood(page, style: str) -> list[str]:
    """Selectors and declarations that the browser would leave out."""
    found = plain(read(style))
    pairs = sorted({(name, value.removesuffix("!important").strip()) for _within, name, value in found})
    wrong = page.evaluate("pairs => pairs.filter(([name, value]) => !CSS.supports(name, value))", pairs)
    selectors = sorted({name for within, *_rest in found for name in within if name[0] != "@"})
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


@pytest.mark.parametrize(("name", "least"), [("css/site.css", 1_000), ("css/further.css", 300)])
def test_every_line_of_a_style_sheet_is_understood(reader, name, least):
    page = reader.go("/en/")
    style = joined(name)
    assert len(read(style)) > least
    assert not_understood(page, style) == []


def test_what_is_not_understood_is_noticed(reader):
    page = reader.go("/en/")
    style = "a { colour: red; color: blue; & ~ b { inset-inline: 0 } } @media print { p:nope { margin: 1 lot } }"
    assert not_understood(page, style) == ["colour: red", "margin: 1 lot", "p:nope"]


def test_what_is_not_dressed_is_noticed(reader):
    page = reader.go("/en/")
    assert undressed(page) == []
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p class=errors></p>')")
    assert [one.split(",")[0] for one in undressed(page)] == [".errors"]


@pytest.mark.parametrize("path", ["/en/", "/en/application/"])
def test_a_pointer_before_the_style_sheet_leaves_no_colours_of_the_browser(browse, path):
    """A browser that has to know what lies below the pointer draws the page without the sheet, and would then turn all colours."""
    page = browse(reduced_motion="no-preference").page
    page.add_init_script(
        "window.turned = []; addEventListener('transitionrun', (event) => turned.push(event.target.className), true)"
    )
    held, waiting = [], True
    page.route("**/*.css*", lambda route: held.append(route) if waiting else route.continue_())
    page.goto(path, wait_until="commit")
    page.wait_for_selector("footer a", state="attached")
    assert page.locator("a").count() > 20
    assert page.locator("main .button").count() == (path != "/en/")
    drawn = "() => [...document.querySelectorAll('a, .button')].map((each) => getComputedStyle(each).color)"
    assert "rgb(0, 0, 238)" in page.evaluate(drawn)
    waiting = False
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")
    assert "rgb(0, 0, 238)" not in page.evaluate(drawn)
    page.wait_for_timeout(300)  # longer than any of them takes to begin
    assert page.evaluate("turned") == []
