"""Every component looks as its reference pictures show it. After a change that is meant: `make reference-pictures`, and look
at what git says has changed."""

import pytest
from django.contrib.auth import get_user_model
from PIL import Image, ImageChops, ImageFilter

from initiative.styleguide.declarations import names
from tests.browser import pictures

pytestmark = pytest.mark.pictures


@pytest.mark.parametrize(("language", "scheme"), pictures.LOOKS)
def test_components_look_as_they_did(browse, language, scheme):
    reader = browse(width=pictures.WIDTH, color_scheme=scheme)
    reader.sign_in(get_user_model().objects.get(username="admin"))
    taken = pictures.take(reader.go(f"/styleguide/?language={language}"))
    assert sorted(taken) == names()
    if pictures.RENEWED:
        pictures.keep(taken, language)
    changed = {}
    for name, picture in taken.items():
        if words := pictures.difference(pictures.reference(name, language), picture):
            changed[name] = words
    assert changed == {}


def _kept() -> list[str]:
    return sorted(path.name for path in pictures.FOLDER.glob("*.webp"))


def test_there_is_a_picture_of_each_and_all_of_them_are_light():
    assert _kept() == sorted(f"{name}-{language}.webp" for name in names() for language, _scheme in pictures.LOOKS)
    assert sum(path.stat().st_size for path in pictures.FOLDER.iterdir()) < 2_000_000


@pytest.mark.parametrize("name", ["button", "page_head", "resource_hit", "field", "cores"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_moved_by_four_pixels_is_noticed(name, language):
    before = pictures.reference(name, language)
    assert pictures.difference(before, before) == ""
    for across, down in ((4, 0), (0, 4)):
        assert "pixels changed" in pictures.difference(before, ImageChops.offset(before, across, down))
    # Padding that grew by four pixels makes the whole taller.
    taller = Image.new("RGB", (before.width, before.height + 4))
    taller.paste(before, (0, 4))
    assert pictures.difference(before, taller).startswith(f"was {before.width} × {before.height} pixels, is")


@pytest.mark.parametrize("name", names())
def test_edges_smoothed_in_another_way_are_not(name):
    before = pictures.reference(name, "en")
    smoothed = before.filter(ImageFilter.GaussianBlur(0.6))
    assert pictures.difference(before, smoothed) == ""
    # Half a pixel to the right: the whole between two positions of a letter.
    left, right = (before.crop((x, 0, before.width - 1 + x, before.height)) for x in (0, 1))
    assert pictures.difference(left, Image.blend(left, right, 0.5)) == ""


def test_another_colour_is_noticed():
    before = pictures.reference("button", "en")
    assert "another colour" in pictures.difference(before, before.point(lambda level: max(0, level - 16)))
