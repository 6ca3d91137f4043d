"""What cameras write beside a picture goes, and the picture stays."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from initiative.base.pictures import BrokenPictureError, without_metadata

GPS, MAKER, ORIENTATION = 0x8825, 0x010F, 0x0112


def photo(kind: str, turned: int = 1, **more) -> bytes:
    """Red above blue, three times as wide as high, by a camera that knows where it is."""
    picture = Image.new("RGB", (48, 16), "red")
    picture.paste("blue", (0, 8, 48, 16))
    exif = picture.getexif()
    exif[MAKER], exif[ORIENTATION] = "Ada's own camera", turned
    exif.get_ifd(GPS).update({1: "N", 2: (50.0, 43.0, 12.0)})
    drawn = io.BytesIO()
    picture.save(drawn, kind, exif=exif, **more)
    return drawn.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_where_and_with_what_it_was_taken_goes(kind):
    content = photo(kind)
    assert b"own camera" in content
    bare = without_metadata(content)
    picture = Image.open(io.BytesIO(bare))
    assert (picture.format, picture.size, dict(picture.getexif())) == (kind, (48, 16), {})
    assert b"own camera" not in bare
    red, blue = picture.convert("RGB").getpixel((24, 2)), picture.convert("RGB").getpixel((24, 13))
    assert red[0] > 200 > 60 > red[2]
    assert blue[2] > 200 > 60 > blue[0]
    assert without_metadata(bare) is None


def test_what_lay_on_its_side_stands_upright():
    picture = Image.open(io.BytesIO(without_metadata(photo("JPEG", turned=6))))
    assert picture.size == (16, 48)
    assert not picture.getexif()


def test_its_colours_stay():
    content = photo("JPEG", icc_profile=b"a profile of colours", xmp=b"<x>Ada</x>")
    picture = Image.open(io.BytesIO(without_metadata(content)))
    assert picture.info["icc_profile"] == b"a profile of colours"
    assert "xmp" not in picture.info


def test_what_has_nothing_beside_it_moves_or_is_none_stays_as_it_is():
    plain, moving = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (8, 8)).save(plain, "PNG")
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(moving, "WEBP", save_all=True, append_images=frames[1:], xmp=b"<x>Ada</x>")
    for content in (plain.getvalue(), moving.getvalue(), b"GIF89a", b""):
        assert without_metadata(content) is None


def test_what_stands_behind_the_pixels_or_in_words_goes_too():
    picture, words, drawn = Image.new("RGB", (8, 8), "red"), PngInfo(), io.BytesIO()
    words.add_text("Raw profile type exif", "Ada")
    words.add(b"tEXt", b"Author\0Ada", after_idat=True)
    picture.save(drawn, "PNG", pnginfo=words)
    bare = without_metadata(drawn.getvalue())
    assert b"Ada" not in bare
    assert Image.open(io.BytesIO(bare)).getpixel((4, 4)) == (255, 0, 0)
    plain = io.BytesIO()
    picture.save(plain, "JPEG")
    claims = b"\xff\xeb" + (2 + 9).to_bytes(2) + b"JP by Ada"  # APP11
    assert b"Ada" not in without_metadata(plain.getvalue()[:2] + claims + plain.getvalue()[2:])


def test_what_was_packed_without_loss_stays_so():
    noise, drawn = Image.effect_noise((32, 32), 90).convert("RGB"), io.BytesIO()
    noise.save(drawn, "WEBP", lossless=True, xmp=b"<x>Ada</x>")
    assert Image.open(io.BytesIO(without_metadata(drawn.getvalue()))).tobytes() == noise.tobytes()


def cut_off() -> bytes:
    """A JPEG whose end never came."""
    drawn = io.BytesIO()
    Image.effect_noise((128, 128), 90).save(drawn, "JPEG")
    return drawn.getvalue()[:-2_000]


def test_what_is_cut_off_is_told():
    with pytest.raises(BrokenPictureError):
        without_metadata(cut_off())
