"""The frame of every page with the keyboard alone: skip link, menus, and where the focus is."""

import pytest
from playwright.sync_api import expect

PLACES = {"desk": 1440, "phone": 390}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_first_stop_leads_past_the_header(reader, language):
    page = reader.go(f"/{language}/")
    skip = page.locator("a.skip")
    expect(skip).not_to_be_in_viewport()
    reader.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert reader.focus_ring
    reader.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    reader.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("width", PLACES.values(), ids=PLACES)
def test_the_language_menu_leads_to_the_same_page(browse, pages, width, script):
    reader = browse(width=width, java_script_enabled=script)
    page = reader.go(pages["article", "en"].get_path())
    menu = page.locator("header details[data-menu]:visible")
    menu.locator("summary").focus()
    reader.press("Enter")
    french = menu.get_by_role("link", name="Français")
    expect(french).to_be_visible()
    reader.tab_to(french)
    reader.press("Enter")
    page.wait_for_url(f"**{pages['article', 'fr'].get_path()}")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("h1")).to_have_text(pages["article", "fr"].heading)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", PLACES.values(), ids=PLACES)
def test_a_menu_opens_and_closes_with_the_keyboard(browse, width, language):
    reader = browse(width=width)
    page = reader.go(f"/{language}/")
    menu = page.locator("header details[data-menu]:visible")
    summary, links = menu.locator("summary"), menu.get_by_role("link")
    reader.tab_to(summary)
    assert reader.focus_ring
    reader.press("Space")
    expect(links.first).to_be_in_viewport(ratio=1)
    expect(links.last).to_be_in_viewport(ratio=1)
    assert reader.overflow == 0
    reader.press("Tab")
    expect(links.first).to_be_focused()
    assert reader.focus_ring

    reader.press("Escape")
    expect(links.first).to_be_hidden()
    expect(summary).to_be_focused()

    # It closes behind who leaves it, either way.
    reader.press("Enter")
    reader.tab_to(links.last)
    reader.press("Tab")
    expect(menu).not_to_have_attribute("open", "")
    reader.tab_to(summary, key="Shift+Tab")
    reader.press("Enter", "Shift+Tab")
    expect(menu).not_to_have_attribute("open", "")


def test_a_menu_closes_with_a_press_beside_it(reader):
    page = reader.go("/en/")
    menu = page.locator("header details[data-menu]:visible")
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")
    page.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


@pytest.mark.parametrize(
    ("role", "scheme"), [("home", "light"), ("home", "dark"), ("library", "light"), ("article", "dark")]
)
def test_one_always_sees_where_the_focus_is(browse, pages, role, scheme):
    reader = browse(color_scheme=scheme)
    page = reader.go(pages[role, "en"].get_path())
    seen, unseen = 0, []
    reader.press("Tab")
    while page.evaluate("document.activeElement !== document.body"):
        if reader.focus_ring:
            seen += 1
        else:
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
        assert seen + len(unseen) < 400, "the focus goes round and round"
        reader.press("Tab")
    assert unseen == []
    assert seen > 20


@pytest.mark.parametrize(("motion", "fades"), [("no-preference", True), ("reduce", False)])
def test_a_page_fades_into_the_next_unless_the_reader_minds(browse, pages, motion, fades):
    reader = browse(reduced_motion=motion)
    reader.page.add_init_script(
        "addEventListener('pagereveal', event => { window.fades = Boolean(event.viewTransition) })"
    )
    page = reader.go("/en/")
    page.locator("header nav a").first.click()
    page.wait_for_function("() => location.pathname !== '/en/' && window.fades !== undefined")
    assert page.evaluate("window.fades") is fades
