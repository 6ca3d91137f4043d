"""Every template in three languages: nothing breaks, nothing sticks out, nothing is asked of others, nothing is remembered,
and axe-core finds nothing wrong."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from wagtail.models import get_page_models

from initiative.base.pages import BasePage

# Role of a page of `content.build` → what comes after its address.
PAGES = {
    "home": "home",
    "standard": "about",
    "standard, below another": "child",
    "news": "news",
    "article": "article",
    "events": "events",
    "event": "event",
    "governance": "governance",
    "join": "join",
    "committee": "committee",
    "member": ("committee", "ada-loam/"),
    "priorities": "priorities",
    "priority": "priority",
    "criteria": "criteria",
    "partners": "partners",
    "organisation": ("partners", "soil-trust/"),
    "commitments": "commitments",
    "commitment": ("commitments", "cover-crops/"),
    "testimonials": "testimonials",
    "library": "library",
    "results": ("library", "?q=soils&type=films&topic=roots"),
    "no results": ("library", "?q=xyzzyx&type=films"),
    "resource": ("library", "work-0/"),
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def address(pages, name: str, language: str) -> str:
    role, rest = PAGES[name] if isinstance(PAGES[name], tuple) else (PAGES[name], "")
    return f"{pages[role, language].get_path()}{rest}"


def mistakes(page) -> list[str]:
    """What axe-core finds wrong: rule, what is asked, where."""
    options = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']} ({rule['help']}): {node['target']} {node['html'][:120]}"
        for rule in found
        for node in rule["nodes"]
    ]


def look(reader, path, status=200, axe=True):
    """Open a page narrow and light, then make it wide and dark."""
    page = reader.go(path, status)
    assert reader.overflow == 0, "at 320 pixels"
    reader.resize(390)
    assert reader.overflow == 0, "at 390 pixels"
    if axe:
        assert mistakes(page) == [], "light, at 390 pixels"
    reader.resize(1440)
    assert reader.overflow == 0, "at 1440 pixels"
    if axe:
        page.emulate_media(color_scheme="dark")
        assert mistakes(page) == [], "dark, at 1440 pixels"
    assert reader.cookies == []


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page(browse, pages, name, language):
    look(browse(width=320), address(pages, name, language), axe=language != "fr")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("query", ["", "?q=soils"])
def test_the_search_of_the_whole_site(browse, language, query):
    path = {"en": "/en/search/", "fr": "/fr/recherche/", "ar": "/ar/search/"}[language]
    look(browse(width=320), f"{path}{query}", axe=language != "fr")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_page_that_is_not_there(browse, language):
    look(browse(width=320), f"/{language}/nowhere/", status=404, axe=language != "fr")


def test_every_page_type_is_looked_at(pages):
    looked_at = {type(pages[place[0] if isinstance(place, tuple) else place, "en"]) for place in PAGES.values()}
    assert looked_at == {model for model in get_page_models() if issubclass(model, BasePage)}


def test_what_is_wrong_is_noticed(reader):
    page = reader.go("/en/")
    page.evaluate(
        """() => {
            const picture = new Image(3000, 10);
            picture.src = "/static/nowhere.png";
            document.querySelector("main").append(picture);
            document.body.setAttribute("style", "color: red");
            return fetch("https://example.org/").catch(() => {});
        }"""
    )
    assert any(mistake.startswith("image-alt") for mistake in mistakes(page))
    page.evaluate("document.querySelector('main > img').style.maxInlineSize = 'none'")
    assert reader.overflow > 1_000
    heard = "\n".join(reader.complaints)
    for words in ("answer: 404 /static/nowhere.png", "style-src", "connect-src"):
        assert words in heard
    reader.forgive("")
