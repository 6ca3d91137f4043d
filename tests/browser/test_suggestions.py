"""Suggestions below the search field, without a mouse and with one."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def field(reader, pages):
    page = reader.go(pages["library", "en"].get_path())
    page.get_by_role("combobox", name="Search the library").focus()
    return page.get_by_role("combobox", name="Search the library")


def options_of(page):
    """What is suggested; the page has other lists to choose from."""
    return page.get_by_role("listbox").get_by_role("option")


def active(field):
    """The option that the field says is the active one."""
    return field.page.locator(f"[id='{field.get_attribute('aria-activedescendant')}']")


def test_without_a_mouse(reader, field):
    page, options = field.page, options_of(field.page)
    expect(field).to_have_attribute("aria-expanded", "false")
    reader.type("roo")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).to_have_attribute("aria-controls", page.get_by_role("listbox").get_attribute("id"))
    count = options.count()
    assert count > 1
    # A screen reader says how many there are, and nothing is chosen yet.
    expect(page.locator(".suggest + [role=status]")).to_have_text(f"{count} suggestions")
    assert field.get_attribute("aria-activedescendant") is None

    reader.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert active(field).inner_text() == options.first.inner_text()
    expect(field).to_be_focused()
    reader.press("ArrowUp")  # back in the field
    assert field.get_attribute("aria-activedescendant") is None
    reader.press("ArrowUp")  # round to the last
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(options.first).to_have_attribute("aria-selected", "false")

    reader.press("Escape")
    expect(page.locator(".suggest")).to_be_hidden()
    expect(field).to_have_value("roo")
    expect(field).to_have_attribute("aria-expanded", "false")
    reader.press("ArrowDown")  # opens again
    expect(options).to_have_count(count)
    reader.press("ArrowDown")
    expect(options.first).to_have_text(re.compile("^Roots"))
    reader.press("Enter")
    page.wait_for_url("**/?topic=roots")
    expect(page.locator("[data-results]")).to_have_text("15 results")
    assert reader.cookies == []


def test_enter_in_the_field_searches_as_ever(reader, field):
    reader.type("soils")
    expect(field.page.get_by_role("listbox")).to_be_visible()
    reader.press("Enter")
    field.page.wait_for_url("**?q=soils*")
    expect(field.page.locator(".suggest")).to_be_hidden()


def test_with_a_mouse(reader, field):
    reader.type("roo")
    options_of(field.page).first.click()
    field.page.wait_for_url("**/?topic=roots")


def test_leaving_the_field_closes_the_list(reader, field):
    reader.type("roo")
    expect(field.page.get_by_role("listbox")).to_be_visible()
    reader.press("Tab")
    expect(field.page.locator(".suggest")).to_be_hidden()


def test_nothing_to_suggest_shows_nothing(reader, field):
    with field.page.expect_response("**/suggestions.html?q=xyzzyx"):
        reader.type("xyzzyx")
    expect(field.page.locator(".suggest")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")


def test_from_right_to_left_on_a_phone(browse, pages):
    reader = browse(width=390)
    page = reader.go(pages["library", "ar"].get_path())
    page.get_by_role("combobox").first.focus()
    reader.type("roo")
    expect(page.get_by_role("listbox")).to_be_visible()
    reader.press("ArrowDown")
    option = options_of(page).first
    edges = option.evaluate(
        "element => [getComputedStyle(element).borderRightWidth, getComputedStyle(element).borderLeftWidth]"
    )
    assert edges == ["3px", "0px"]
    assert reader.overflow == 0


def test_without_script_the_field_is_what_it_was(browse, pages):
    reader = browse(java_script_enabled=False)
    page = reader.go(pages["library", "en"].get_path())
    expect(page.get_by_role("searchbox", name="Search the library")).to_be_visible()
    assert page.locator(".suggest").count() == 0
