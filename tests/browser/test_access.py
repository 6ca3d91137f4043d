"""Every screen for people who read large, space text out, choose the colours themselves, or have no mouse."""

import pytest

from partners.models import Organisation
from tests.browser import access
from tests.browser.screens import SCREENS
from tests.browser.senders import add_senders

LANGUAGES = ("en", "fr", "es", "ar")
# A window of 1280 × 1024 at 400 %.
LARGE = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}


@pytest.fixture
def _written(pages):
    add_senders(Organisation.objects.get(slug="soil-trust"))


def read_large(reader, page):
    """In a window of 1280 × 1024 at 400 %."""
    assert reader.overflow == 0
    assert access.collisions(page) == []
    assert access.unseen_focus(page) == []


def space_out(reader, page):
    """With the reader's own spacing of text."""
    access.space_out(page)
    for width in (1440, 390, 320):
        reader.resize(width)
        assert reader.overflow == 0, f"{width} pixels wide"
        assert access.clipped(page) == [], f"{width} pixels wide"
        assert access.collisions(page) == [], f"{width} pixels wide"


def choose_colours(reader, page):
    """With colours of the reader's own, of which backgrounds and shadows leave nothing."""
    page.emulate_media(forced_colors="active")
    reader.resize(1440)
    assert access.unseen_focus(page) == []
    assert access.vanished_controls(page) == []


def use_keys(reader, page):
    """With the keyboard: one always sees where one is."""
    for width in (1440, 390):
        reader.resize(width)
        assert access.unseen_focus(page) == [], f"{width} pixels wide"


WAYS = (read_large, space_out, choose_colours, use_keys)


def try_out(reader, pages, screen, language, way):
    """Open a screen and read it in a way."""
    reader.resize(320, 256)
    reader.page.emulate_media(forced_colors="none")
    page = screen.open(reader, pages, language)
    if way is not use_keys:  # which lead down the page as it is
        reader.unroll()
    way(reader, page)


# `make test-browser` tries one way for each screen, in one language: of four screens each way, of sixteen each in each language;
# `make test-browser-full` tries them all.
@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize(("number", "name"), list(enumerate(SCREENS)), ids=list(SCREENS))
def test_a_screen(browse, pages, number, name):
    language = LANGUAGES[(number + number // 4) % 4]
    try_out(browse(**LARGE), pages, SCREENS[name], language, WAYS[number % 4])


@pytest.mark.browser_full
@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_in_every_way(browse, pages, name):
    reader = browse(**LARGE)
    for language in LANGUAGES:
        for way in WAYS:
            try_out(reader, pages, SCREENS[name], language, way)
