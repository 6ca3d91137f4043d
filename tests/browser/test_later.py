"""What is far down a page waits until it is near; whoever goes there finds it whole, however much it is."""

import json

import pytest
from playwright.sync_api import expect

PARTS = [f"Part {number}" for number in range(1, 13)]
LOW = {"width": 390, "height": 240}  # near is half as much again
WAITS = "(one) => !one.checkVisibility({contentVisibilityAuto: true})"


@pytest.fixture
def long_text(pages):
    """The partners' page with far more text than the room that is kept for it."""
    page = pages["partners", "en"]
    text = "".join(
        f"<h2>{part}</h2>" + "<p>Roots hold the soil together. The soil holds the roots.</p>" * 20 for part in PARTS
    )
    page.body = json.dumps([{"type": "text", "value": text}])
    page.save_revision().publish()
    return page.get_path()


def _expect_none_waits(page, selector):
    # Within some frames: a browser lays out what it has been told to print when it next draws, not when told.
    page.wait_for_function(f"(selector) => ![...document.querySelectorAll(selector)].some({WAITS})", arg=selector)


def test_a_part_of_a_text_that_waits_is_where_its_link_leads(browse, long_text):
    page = browse(viewport=LOW).go(long_text)
    text = page.locator(".later")
    kept = text.evaluate("(part) => part.getBoundingClientRect().height")
    assert 1_600 <= kept < 2_000  # with what is above and below it
    page.get_by_role("link", name=PARTS[-1], exact=True).evaluate("(link) => link.click()")
    heading = page.get_by_role("heading", name=PARTS[-1], exact=True)
    expect(heading).to_be_in_viewport()
    assert text.evaluate("(part) => part.getBoundingClientRect().height") > 2 * kept
    footer = page.locator("body > footer")
    assert footer.bounding_box()["y"] >= sum(text.bounding_box()[of] for of in ("y", "height"))


def test_what_waits_is_printed(browse, long_text):
    page = browse(viewport=LOW).go(long_text)
    texts = page.locator(".later p")
    assert texts.evaluate_all(f"(each) => each.filter({WAITS}).length") == texts.count() > 200
    page.emulate_media(media="print")
    _expect_none_waits(page, ".later p")


def test_rows_far_down_are_printed(browse, pages):
    page = browse().go(pages["library", "en"].get_path())
    rows = page.locator("ol.results > li h3")
    assert rows.count() > 10
    assert rows.evaluate_all(f"(each) => each.some({WAITS})")
    page.emulate_media(media="print")
    _expect_none_waits(page, "ol.results > li h3")
