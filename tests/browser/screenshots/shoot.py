"""Takes the pictures. Only `python -m tests.browser.screenshots` collects this file."""

import pytest

from partners.models import Organisation
from resources.models import Resource
from tests.browser.content import SENTENCES
from tests.browser.screens import EVERYTHING
from tests.browser.senders import add_senders

# Longer pages are cut off, in pixels.
MOST = 9_000
# Pictures below the fold, too.
LOAD = """() => {
    for (const image of document.images) image.loading = "eager";
    return Promise.all([...document.images].map((image) => image.complete || new Promise((done) => (image.onload = image.onerror = done))));
}"""
# Where the footer begins, which is the same on every screen: sheets show it once.
FOOT = "document.querySelector('body > footer')?.getBoundingClientRect().top + scrollY || document.documentElement.scrollHeight"


@pytest.fixture
def _written(pages):
    """Some have written to the site, and of two English texts a number has changed since they were translated."""
    add_senders(Organisation.objects.get(slug="soil-trust"))
    article, work = pages["article", "en"], Resource.objects.get(slug="work-0")
    article.introduction = work.abstract_en = SENTENCES["en"].replace("four of them", "five of them")
    for changed in (article, work):
        changed.save_revision().publish()


@pytest.mark.usefixtures("_written")
def test_shoot(browse, pages, looks, album, name):
    reader = browse()
    for language, scheme, width in looks:
        reader.resize(width)
        reader.page.emulate_media(color_scheme=scheme)
        page = EVERYTHING[name].open(reader, pages, language)
        reader.unroll()
        page.evaluate(LOAD)
        height = min(page.evaluate("document.documentElement.scrollHeight"), MOST)
        picture = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
        album.add(name, (language, scheme, width), picture, foot=int(page.evaluate(FOOT)))
    # What browsers complain of is for the tests to say.
    reader.forgive("")
