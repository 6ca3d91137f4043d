"""The picture beside a link: as large as sites want it, with its title in its own script."""

import io

import pytest
import uharfbuzz
from django.utils import translation
from PIL import Image, ImageChops

from initiative.base.fonts import FONTS
from initiative.base.share import Card
from initiative.base.strata import Recipe, landscape
from initiative.base.strata.landscape import HEIGHT, TOP

GROUND = Recipe.of("walker-2022", "chernozem", ("roots",), 2022)


def drawn(title, language="en"):
    with translation.override(language), Image.open(io.BytesIO(Card(title, language, GROUND).png())) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        return picture.convert("L")


def written(picture, top=120):
    """The box of what stands below the name of the site and above the ground."""
    return picture.crop((0, top, 1200, TOP - 40)).point(lambda level: 255 if level < 140 else 0).getbbox()


@pytest.fixture(scope="module")
def arabic():
    return drawn("تربة", "ar")


def test_the_title_begins_where_its_script_does(arabic):
    left, _top, right, _bottom = written(drawn("Soils"))
    assert 70 <= left <= 85
    assert right < 600
    left, _top, right, _bottom = written(arabic)
    assert left > 800
    assert 1110 <= right <= 1130


def test_arabic_letters_are_joined(arabic):
    """The word is as wide as a shaper makes it, and not as its letters standing alone."""

    def width(script: bool) -> float:
        font = uharfbuzz.Font(uharfbuzz.Face((FONTS / "NotoNaskhArabic-Regular.ttf").read_bytes()))
        words = ["تربة"] if script else list("تربة")
        total = 0
        for word in words:
            buffer = uharfbuzz.Buffer()
            buffer.add_str(word)
            buffer.guess_segment_properties()
            uharfbuzz.shape(font, buffer)
            total += sum(position.x_advance for position in buffer.glyph_positions)
        return 120 * total / font.face.upem

    left, _top, right, _bottom = written(arabic)
    assert abs((right - left) - width(script=True)) < 12
    assert width(script=False) - width(script=True) > 60


def test_a_title_of_any_length_stays_above_the_ground():
    left, _top, right, bottom = written(drawn("Carbon in the soils of the Sahel and beyond " * 40))
    assert left >= 70
    assert right <= 1130
    assert 120 + bottom <= TOP - 16


def test_letters_of_other_scripts_are_written_with_other_fonts():
    plain = drawn("Egirdir")
    assert ImageChops.difference(plain, drawn("Eğirdir")).getbbox()
    assert written(drawn("Почва"))


def test_the_same_card_has_the_same_name_and_the_same_bytes():
    card = Card("Soils", "en", GROUND)
    assert card.digest == Card("Soils", "en", GROUND).digest == "5c454b7c6b39616f42ee"
    names = {card.digest, Card("Soil", "en", GROUND).digest, Card("Soils", "fr", GROUND).digest}
    names.add(Card("Soils", "en", Recipe.of("b")).digest)
    assert len(names) == 4
    assert card.png() == card.png()
    assert len(card.png()) < 60_000


def test_whatever_has_no_cover_stands_on_a_ground_of_its_own():
    grounds = {Card.of(f"page:{number}", "Soils").ground.soil for number in range(8)}
    assert len(grounds) == 8
    assert Card.of("page:1", "Soils") == Card.of("page:1", " Soils\n")
    cover = {"identity": "a", "soil": "podzol", "inclusions": ["roots"], "year": 2020}
    assert Card.of("resources.resource:1", "Soils", cover).ground == Recipe.of(**cover)


def test_the_ground_fills_the_picture_from_side_to_side():
    svg = landscape(GROUND)
    assert svg == landscape(GROUND) != landscape(Recipe.of("b"))
    picture = drawn("Soils")
    assert picture.crop((0, TOP + 60, 1200, TOP + 70)).getextrema()[1] < 250
    assert picture.height == HEIGHT
