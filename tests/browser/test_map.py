"""The map of partners with the keyboard: one stop, arrows from country to country, and the same in words beside it."""

import pytest
from playwright.sync_api import expect

from initiative.models import Place
from tests.factories import OrganisationFactory


@pytest.fixture
def partners(pages):
    """Partners in four countries, one of which the content has: from west to east Brazil, France, Norway, Kenya. What France
    has overseas lies beside Brazil, and doesn't count."""
    for code in ("BR", "NO", "FR"):
        OrganisationFactory(name=f"A trust of {code}", country=Place.objects.get_or_create(code=code)[0])
    return pages["partners", "en"].get_path()


def country(page, name: str):
    return page.locator("[data-map] svg a").filter(has_text=f"{name}: 1")


def test_one_stop_and_arrows_that_the_eye_follows(reader, partners):
    page = reader.go(partners)
    reader.tab_to(page.get_by_role("link", name="Skip the map"))
    reader.press("Tab")
    expect(page.locator("[data-map] svg a:focus")).to_have_count(1)
    for key, name in [
        ("Home", "Brazil"),
        ("ArrowRight", "Kenya"),
        ("ArrowUp", "France"),
        ("ArrowUp", "Norway"),
        ("ArrowDown", "France"),
        ("ArrowDown", "Kenya"),
        ("ArrowRight", "Kenya"),
        ("ArrowLeft", "Brazil"),
    ]:
        reader.press(key)
        expect(country(page, name)).to_be_focused()
        drawn = country(page, name).locator("use")
        assert drawn.evaluate("shape => getComputedStyle(shape).stroke") != "none"
    # The next stop is past the map; the way back leads to the country where one was.
    reader.press("Tab")
    expect(page.locator("[data-map] svg a:focus")).to_have_count(0)
    reader.press("Shift+Tab")
    expect(country(page, "Brazil")).to_be_focused()
    reader.press("Enter")
    expect(page.locator("#directory")).to_contain_text("A trust of BR")
    expect(page.locator("#directory")).not_to_contain_text("A trust of NO")


def test_the_map_is_skipped_and_its_countries_are_among_the_facets(reader, partners):
    page = reader.go(partners)
    reader.tab_to(page.get_by_role("link", name="Skip the map"))
    reader.press("Enter", "Tab")
    assert page.evaluate("document.activeElement.closest('[data-map]') === null")
    box = page.get_by_role("checkbox", name="Norway")
    reader.tab_to(box)
    reader.press("Space")
    expect(page.locator("#directory")).not_to_contain_text("A trust of BR")
    expect(page.locator("#directory")).to_contain_text("A trust of NO")
    expect(country(page, "Norway")).to_have_attribute("aria-current", "true")


def test_without_script_each_country_is_a_link(browse, partners):
    page = browse(java_script_enabled=False).go(partners)
    country(page, "Norway").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#directory")).to_contain_text("A trust of NO")
    expect(page.locator("#directory")).not_to_contain_text("A trust of BR")
