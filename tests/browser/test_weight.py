"""What a first visit costs, as it comes over the line: a page that outgrows its promise fails."""

from collections import Counter

from partners.models import Organisation
from tests.browser.screens import PAGES, SCREENS
from tests.browser.senders import add_senders
from tests.factories import LANGUAGES

# Thousand bytes, compressed.
MOST = {"document": 30, "stylesheet": 25, "script": 25, "font": 120}
MOST_REQUESTS = 12
# Each page in one language, the next in another: Arabic takes more bytes a letter, names in two scripts more fonts.
VISITED = [
    *((name, LANGUAGES[number % len(LANGUAGES)]) for number, name in enumerate(PAGES)),
    *(("home", code) for code in LANGUAGES),
    ("results", "en"),
    ("application", "ar"),
    ("search, found", "fr"),
    ("nowhere", "es"),
]


def first_visit(reader, pages, name, language) -> tuple[Counter, list[str]]:
    """Bytes of each kind of file that came, compressed, and the addresses asked for, of somebody's first page here."""
    finished = []
    reader.page.on("requestfinished", lambda request: finished.append(request))
    SCREENS[name].open(reader, pages, language)
    reader.page.wait_for_load_state("networkidle")
    sizes = Counter()
    for request in finished:
        sizes[request.resource_type] += request.sizes()["responseBodySize"]
    return sizes, [request.url.removeprefix(reader.origin) for request in finished]


def outgrown(sizes: Counter, asked: list[str]) -> list[str]:
    """What is more than promised."""
    heavy = [f"{kind}: {sizes[kind]} bytes" for kind, most in MOST.items() if sizes[kind] > most * 1_000]
    return [*heavy, f"{len(asked)} requests: {asked}"] if len(asked) > MOST_REQUESTS else heavy


def test_a_first_visit_is_light(browse, pages):
    add_senders(Organisation.objects.get(slug="soil-trust"))
    too_much = {}
    for name, language in VISITED:
        reader = browse(width=390)
        sizes, asked = first_visit(reader, pages, name, language)
        assert min(sizes[kind] for kind in ("document", "stylesheet", "script")) > 400, f"{name}: nothing was measured"
        if found := outgrown(sizes, asked):
            too_much[name, language] = found
        reader.leave()
    assert too_much == {}


def test_what_is_far_down_comes_when_it_is_near(browse, pages):
    reader = browse(width=390)
    _sizes, asked = first_visit(reader, pages, "home", "en")
    assert [address for address in asked if "profile" in address] == []
    core = reader.page.locator(".core img").first
    core.scroll_into_view_if_needed()
    shown = "async core => { await core.decode(); return [core.naturalWidth, core.clientHeight - core.getAttribute('height')]; }"
    assert core.evaluate(shown) == [1200, -3]  # as high as is said, with the line of three pixels above it
    reader.leave()


def test_what_outgrows_its_promise_is_noticed():
    assert outgrown(Counter(document=30_000, stylesheet=25_000, script=25_000, font=120_000), ["/"] * 12) == []
    assert outgrown(Counter(document=30_001, font=120_001), []) == ["document: 30001 bytes", "font: 120001 bytes"]
    assert outgrown(Counter(), ["/"] * 13)[0].startswith("13 requests")
