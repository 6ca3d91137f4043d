"""What comes out of a printer: each sheet says what it is, where it is from, of which day, and which of how many it is."""

import io

import pypdfium2
import pytest
from django.utils import timezone, translation

from initiative.base import dates


def _sheets(page) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    try:
        return [sheet.get_textpage().get_text_bounded() for sheet in document]
    finally:
        document.close()


@pytest.mark.parametrize("code", ["en", "fr"])
def test_each_sheet_of_a_priority_says_where_it_is_from(reader, pages, code):
    priority = pages["priority", code]
    sheets = _sheets(reader.go(priority.get_path()))
    assert len(sheets) > 1
    with translation.override(code):
        site, day = translation.gettext("4 per 1000"), dates.display(timezone.localdate().isoformat())
    url = f"http://localhost:8000{priority.get_path()}"
    for number, sheet in enumerate(sheets, 1):
        margins = " ".join(sheet.split())
        for words in (" ".join(priority.title.split()), site, url, day, f"{number} / {len(sheets)}"):
            assert words in margins, (number, words)
    # What is only for the screen stays there.
    assert translation.gettext("Skip to content") not in " ".join(sheets)


def test_a_sheet_in_arabic_has_its_margins_the_other_way_round(reader, pages):
    page = reader.go(pages["priority", "ar"].get_path())
    page.emulate_media(media="print")
    values = page.evaluate(
        "['--top-left', '--top-right'].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name))"
    )
    assert values == ['"4 في الألف"', f'"{pages["priority", "ar"].title}"']
