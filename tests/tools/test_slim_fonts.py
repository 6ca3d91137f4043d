"""The face of Newsreader that a browser asks for a letter has that letter."""

import re

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

_STATIC = settings.BASE_DIR / "static"
# No font of ours has these: two signs nobody writes, a soft hyphen, which is never drawn, and control characters.
_NOBODYS = {0xA4, 0xA6, 0xAD, *range(0x20), *range(0x7F, 0xA0)}


def faces() -> list[tuple[tuple[str, str], set[int], str]]:
    """(Family, style), the letters it is asked for, and its file, as `fonts.css` has them."""
    found = []
    for face in re.findall(r"@font-face \{(.*?)\}", (_STATIC / "css/fonts.css").read_text(), re.DOTALL):
        if file := re.search(r'url\("\.\./([^"]+)"\)', face):
            family = re.search(r'font-family: "([^"]+)"', face)[1]
            style = "italic" if "font-style: italic" in face else "normal"
            ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.search(r"unicode-range: ([^;]+)", face)[1])
            asked = {code for first, last in ranges for code in range(int(first, 16), int(last or first, 16) + 1)}
            found.append(((family, style), asked, file[1]))
    return found


@pytest.mark.parametrize("style", ["normal", "italic"])
def test_the_last_face_that_is_asked_for_a_letter_has_it(style):
    drawn = {file: set(TTFont(_STATIC / file).getBestCmap()) for _which, _asked, file in faces()}
    own = [(asked, file) for which, asked, file in faces() if which == ("Newsreader", style)]
    missing = set()
    for code in set(range(0x100)) - _NOBODYS:
        *_before, last = [file for asked, file in own if code in asked]
        if code not in drawn[last]:
            missing.add(chr(code))
    assert missing == set()


def test_what_every_page_asks_for_has_no_letter_that_another_face_has():
    drawn = {file: set(TTFont(_STATIC / file).getBestCmap()) for _which, _asked, file in faces()}
    assert not drawn["fonts/newsreader-latin.woff2"] & drawn["fonts/newsreader-rare.woff2"]
    assert {"þ", "½", "Ý"} <= set(map(chr, drawn["fonts/newsreader-rare.woff2"]))
