"""Reading without a connection."""

import pytest
from django.contrib.auth import get_user_model
from django.test import override_settings


@pytest.fixture
def reader(browse):
    """Somebody whose browser has the worker, and has been to the site once."""
    reader = browse(service_workers="allow")
    reader.go("/en/")
    _ready(reader)
    return reader


def _until(reader, condition: str) -> None:
    """Wait until a function of the page says so. (Playwright's own way of waiting needs `eval`, which the policy forbids.)"""
    reader.page.evaluate(
        f"""async () => {{
            const end = Date.now() + 30_000;
            while (!(await ({condition})())) {{
                if (Date.now() > end) throw new Error("It never was so");
                await new Promise((next) => setTimeout(next, 50));
            }}
        }}"""
    )


def _ready(reader) -> None:
    _until(reader, "() => navigator.serviceWorker.controller !== null")


_KEPT = """async () => {
    const cache = await caches.open("kept");
    return (await cache.keys()).map((key) => new URL(key.url).pathname);
}"""


def _kept(reader, least: int = 0) -> list[str]:
    """The paths of the pages that were kept, when there are so many."""
    _until(reader, f"async () => (await ({_KEPT})()).length >= {least}")
    return reader.page.evaluate(_KEPT)


def test_what_was_visited_can_be_read_and_the_rest_is_explained(reader, pages):
    article, library = pages["article", "en"].get_path(), pages["library", "en"].get_path()
    heading = reader.go(article).locator("h1").inner_text()
    assert _kept(reader, 1) == [article]
    reader.context.set_offline(True)
    page = reader.page
    page.goto(article)
    assert page.locator("h1").inner_text() == heading
    # With its looks and its letters.
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Instrument Sans"')
    assert page.evaluate("document.fonts.check('16px \"Instrument Sans\"')")
    page.goto(library)
    assert page.locator("h1").inner_text() == "The connection has gone to ground"
    assert page.locator("[data-visited] a").evaluate_all("all => all.map((one) => one.getAttribute('href'))") == [
        article
    ]
    page.locator("[data-visited] a").click()
    page.wait_for_url(f"**{article}")
    assert page.locator("h1").inner_text() == heading
    reader.context.set_offline(False)
    reader.go(library)
    # What had no connection complained of it.
    reader.forgive("ERR_INTERNET_DISCONNECTED")
    reader.forgive("ERR_FAILED")


def test_the_page_for_no_connection_is_in_the_readers_language(reader, pages):
    reader.go("/ar/")
    _kept(reader, 1)
    _until(reader, "async () => !!(await caches.match('/ar/offline/'))")
    reader.context.set_offline(True)
    reader.page.goto(pages["news", "ar"].get_path())
    assert reader.page.locator("html").get_attribute("dir") == "rtl"
    assert reader.page.locator("h1").inner_text() == "انقطع الاتصال بالشبكة"
    reader.forgive("ERR_INTERNET_DISCONNECTED")
    reader.forgive("ERR_FAILED")


def test_forms_and_whatever_is_for_one_person_is_not_kept(reader, pages):
    news = pages["news", "en"].get_path()
    reader.go("/en/application/")
    reader.go("/en/follow/organisation/?slug=soil-trust")
    reader.sign_in(get_user_model().objects.get(username="admin"))
    reader.go("/admin/")
    reader.go(pages["about", "en"].get_path())
    reader.context.clear_cookies()
    reader.go(news)
    assert _kept(reader, 1) == [news]


def test_a_bounded_number_is_kept(reader, pages):
    news = pages["news", "en"].get_path()
    reader.page.evaluate(
        """async () => {
            const cache = await caches.open("kept");
            for (let n = 0; n < 45; n++) await cache.put(`/en/${n}/`, new Response("x"));
        }"""
    )
    reader.go(news)
    _until(reader, f"async () => (await ({_KEPT})()).length === 40")
    kept = _kept(reader)
    assert (kept[0], kept[-1]) == ("/en/6/", news)


def test_whoever_saves_data_gets_strata_in_the_place_of_pictures(reader, pages):
    worker = reader.context.service_workers[0]
    worker.evaluate("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    with reader.page.expect_response(lambda response: response.url.split("/")[3] == "media") as found:
        reader.go(pages["article", "en"].get_path())
        reader.page.locator("main picture img").first.scroll_into_view_if_needed()
    assert found.value.header_value("content-type") == "image/svg+xml"
    picture = reader.page.locator("main picture img").first
    picture.evaluate("picture => picture.decode()")
    box = picture.bounding_box()
    assert round(box["width"] / box["height"], 1) == 1.6


def test_switched_off_nothing_stays(reader, pages):
    reader.go(pages["news", "en"].get_path())
    _kept(reader, 1)
    with override_settings(OFFLINE_READING=False):
        reader.go(pages["news", "en"].get_path())
        _until(reader, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
        _until(reader, "async () => (await caches.keys()).length === 0")
