"""Everything that readers see, in four languages, light and dark, narrow and wide: nothing breaks, nothing sticks out, nothing
is asked of others, nothing is remembered, and axe-core finds nothing wrong."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from wagtail.models import get_page_models

from initiative.base.pages import BasePage
from partners.desk.doors import COOKIE
from partners.models import Organisation
from tests.browser.screens import PAGES, SCREENS
from tests.browser.senders import add_senders
from tests.browser.sheets import undressed
from tests.factories import LANDINGS
from tests.reading import DIRECTIONS

# All of axe's but those of level AAA, those it has given up, and one that guesses: by its size it takes whom a work is by, or the
# sentence below a title, for a heading.
GUESSES = {"p-as-heading": {"enabled": False}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"]


def mistakes(page) -> list[str]:
    """What axe-core finds wrong: rule, what is asked, where."""
    options = {"runOnly": RULES, "rules": GUESSES, "resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']} ({rule['help']}): {node['target']} {node['html'][:120]}"
        for rule in found
        for node in rule["nodes"]
    ]


# `make test-browser` opens each screen in every language, each time in another light and width, so that any two of these meet
# somewhere; `make test-browser-full` opens it in all sixteen.
LANGUAGES = ("en", "fr", "es", "ar")
LOOKS = [("light", 390), ("dark", 1440), ("dark", 390), ("light", 1440)]


def some_looks(number: int) -> list[tuple]:
    """A look for each language, another one for the next screen: (language, scheme, width)."""
    return [(code, *LOOKS[(place + number) % 4]) for place, code in enumerate(LANGUAGES)]


def open_screen(reader, pages, screen, language, scheme, width):
    """A screen in a language, as it comes up in that light and width."""
    reader.resize(width)
    reader.page.emulate_media(color_scheme=scheme)
    page = screen.open(reader, pages, language)
    reader.unroll()
    return page


def look(reader, page, screen, language, scheme, width):
    """Look at a screen that is open, in a light and a width."""
    reader.resize(width)
    page.emulate_media(color_scheme=scheme)
    where = f"{reader.path} {scheme}, at {width} pixels"
    assert (page.locator("html").get_attribute("lang"), page.locator("html").get_attribute("dir")) == (
        language,
        DIRECTIONS[language],
    )
    assert reader.overflow == 0, where
    assert undressed(page) == [], where
    assert mistakes(page) == [], where
    if width == 390:
        reader.resize(320)
        assert reader.overflow == 0, f"{reader.path} at 320 pixels"
    assert reader.cookies == ([COOKIE] if screen.signed_in else [])


@pytest.fixture
def _written(pages):
    """Some have written to the site."""
    add_senders(Organisation.objects.get(slug="soil-trust"))


@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize(("number", "name"), list(enumerate(SCREENS)), ids=list(SCREENS))
def test_a_screen(browse, pages, number, name):
    reader = browse()
    for language, *light_and_width in some_looks(number):
        page = open_screen(reader, pages, SCREENS[name], language, *light_and_width)
        look(reader, page, SCREENS[name], language, *light_and_width)


@pytest.mark.browser_full
@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_in_every_look(browse, pages, name):
    reader = browse()
    for language in LANGUAGES:
        page = open_screen(reader, pages, SCREENS[name], language, *LOOKS[0])
        for scheme, width in LOOKS:
            look(reader, page, SCREENS[name], language, scheme, width)


def test_any_two_of_language_scheme_and_width_meet():
    """Every screen in every language, scheme and width; and all sixteen looks in every four screens."""
    for number in range(len(SCREENS)):
        looks = some_looks(number)
        assert {code for code, _scheme, _width in looks} == set(LANGUAGES)
        assert {(scheme, width) for _code, scheme, width in looks} == set(LOOKS)
    assert len({one for number in range(4) for one in some_looks(number)}) == 16


def test_every_page_type_is_looked_at(pages):
    paths = {screen.path(pages, "en") for screen in PAGES.values()}
    looked_at = {
        type(page)
        for page in (pages[role, "en"] for role in ("home", *LANDINGS, "article", "event", "priority"))
        if page.get_path() in paths
    }
    assert looked_at == {model for model in get_page_models() if issubclass(model, BasePage)}


def test_what_is_wrong_is_noticed(reader):
    page = reader.go("/en/")
    page.evaluate(
        """() => {
            const picture = new Image(3000, 10);
            picture.src = "/static/nowhere.png";
            document.querySelector("main").append(picture);
            for (const name of "ab") {
                const small = document.createElement("button");
                small.setAttribute("aria-label", name);
                Object.assign(small.style, { inlineSize: "12px", blockSize: "12px", padding: 0 });
                document.querySelector("main").append(small);
            }
            document.body.setAttribute("style", "color: red");
            return fetch("https://example.org/").catch(() => {});
        }"""
    )
    assert {mistake.partition(" ")[0] for mistake in mistakes(page)} >= {"image-alt", "target-size"}
    page.evaluate("document.querySelector('main > img').style.maxInlineSize = 'none'")
    assert reader.overflow > 1_000
    heard = "\n".join(reader.complaints)
    for words in ("answer: 404 /static/nowhere.png", "style-src", "connect-src"):
        assert words in heard
    reader.forgive("")
