"""What cameras write beside a picture goes, and the picture stays."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageChops, ImageSequence, ImageStat
from PIL.PngImagePlugin import PngInfo

from initiative.base.pictures import BrokenPictureError, is_bare, made_smaller, pixels_and_frames, without_metadata

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


def test_what_lay_on_its_side_stands_upright():
    picture = Image.open(io.BytesIO(without_metadata(photo("JPEG", turned=6))))
    assert picture.size == (16, 48)
    assert not picture.getexif()


def test_its_colours_stay():
    content = photo("JPEG", icc_profile=b"a profile of colours", xmp=b"<x>Ada</x>")
    picture = Image.open(io.BytesIO(without_metadata(content)))
    assert picture.info["icc_profile"] == b"a profile of colours"
    assert "xmp" not in picture.info


KINDS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF"]
BEHIND = b"PK\x03\x04 an archive <script>alert(1)</script>"


def packed(picture: Image.Image, kind: str, **more) -> bytes:
    drawn = io.BytesIO()
    picture.save(drawn, kind, **more)
    return drawn.getvalue()


def noise(mode: str = "RGB") -> Image.Image:
    return Image.effect_noise((32, 32), 90).convert(mode)


def moving(kind: str, **more) -> bytes:
    """Four frames, each shown longer than the one before, twice."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "lime", "black")]
    durations = [100, 200, 300, 400]
    return packed(frames[0], kind, save_all=True, append_images=frames[1:], duration=durations, loop=2, **more)


def frames_of(content: bytes) -> list[tuple]:
    """Of each frame, how long it is shown and its pixels."""
    frames = ImageSequence.Iterator(Image.open(io.BytesIO(content)))
    shown = [(frame.convert("RGB").tobytes(), frame.info.get("duration")) for frame in frames]
    return [(duration, pixels) for pixels, duration in shown]  # how long is known once the pixels are read


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_put_behind_its_end_goes_also_where_nothing_stands_beside_it(kind):
    plain = packed(noise(), kind)
    bare = without_metadata(plain + BEHIND)
    assert b"script" not in bare
    assert without_metadata(plain) == bare
    picture = Image.open(io.BytesIO(bare))
    assert (picture.format, picture.size) == (kind, (32, 32))
    if kind in ("PNG", "WEBP", "GIF"):
        assert frames_of(bare) == frames_of(plain)  # the WebP was packed with loss, and loses no more


def test_a_jpeg_is_packed_as_it_was():
    plain = packed(noise(), "JPEG", quality=40, subsampling=2, progressive=True)
    known, bare = Image.open(io.BytesIO(plain)), Image.open(io.BytesIO(without_metadata(plain + BEHIND)))
    assert bare.quantization == known.quantization
    assert (bare.layer, bare.info.get("progressive")) == (known.layer, 1)
    difference = ImageStat.Stat(ImageChops.difference(bare, known))
    assert max(difference.mean) < 3


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF"])
def test_what_moves_keeps_its_frames_and_nothing_else(kind):
    told = PngInfo()
    told.add_text("Author", "by Ada")
    content = moving(kind, **{"GIF": {"comment": b"by Ada"}, "PNG": {"pnginfo": told}}.get(kind, {"xmp": b"by Ada"}))
    assert b"by Ada" in content
    bare = without_metadata(content + BEHIND)
    assert b"by Ada" not in bare
    assert b"script" not in bare
    known, made = frames_of(content), frames_of(bare)
    assert [duration for duration, _pixels in made] == [100, 200, 300, 400]
    if kind != "AVIF":
        assert made == known
        assert Image.open(io.BytesIO(bare)).info["loop"] == 2
    for (_told, one), (_too, other) in zip(known, made, strict=True):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < 16
    assert without_metadata(bare + BEHIND) == bare or kind == "AVIF"


def test_a_gif_without_an_end_or_with_more_than_belongs_there():
    still = packed(Image.new("P", (8, 8)), "GIF")
    assert without_metadata(still[:-1]) == without_metadata(still) == still
    # What programs write, a comment, a list of blocks that goes on, and a byte that is none.
    more = b"!\xff\x0bXMP DataXMP\x03Ada\0" + b"!\xfe\x03Ada\0" + b"!\xf9\x04\0\0\0\0\x03Ada\0" + b"\0"
    bare = without_metadata(still[:13] + still[13:-1].replace(b",", more + b",", 1) + b";" + BEHIND)
    assert b"Ada" not in bare
    [(_told, known)], [(_too, pixels)] = frames_of(still), frames_of(bare)
    assert pixels == known


def test_what_a_png_says_of_its_colours_and_its_depth_stay():
    told = PngInfo()
    told.add(b"gAMA", (100_000).to_bytes(4))
    told.add_text("Author", "Ada")
    bare = without_metadata(packed(noise(), "PNG", pnginfo=told) + BEHIND)
    assert Image.open(io.BytesIO(bare)).info["gamma"] == 1.0
    assert b"Ada" not in bare
    head = struct.pack(">IIBBBBB", 1, 1, 16, 2, 0, 0, 0)
    deep = b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" + bytes(range(6)))), (b"IEND", b""))
    )
    assert without_metadata(deep + BEHIND) == deep


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_png_loses_no_pixel(mode):
    picture = Image.linear_gradient("L").convert("I").convert(mode) if mode == "I;16" else noise("L").convert(mode)
    bare = Image.open(io.BytesIO(without_metadata(packed(picture, "PNG") + BEHIND)))
    assert (bare.mode, bare.tobytes()) == (mode, picture.tobytes())


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


@pytest.mark.parametrize(
    "content",
    [
        cut_off(),
        moving("GIF")[:-40],
        moving("WEBP")[:-10],
        moving("PNG")[:-60],
        packed(Image.new("L", (4, 4)), "BMP"),
        b"GIF89a",
        b"",
    ],
    ids=["JPEG", "GIF", "WEBP", "PNG", "another kind", "a head", "nothing"],
)
def test_what_is_cut_off_or_another_kind_is_told(content):
    with pytest.raises(BrokenPictureError):
        without_metadata(content)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_made_anew_is_bare_and_what_a_camera_or_program_wrote_is_not(kind):
    for plain in (packed(noise(), kind), moving(kind) if kind != "JPEG" else packed(noise("CMYK"), kind)):
        assert is_bare(without_metadata(plain))
        assert not is_bare(plain + BEHIND)
    if kind != "GIF":
        assert not is_bare(photo(kind))
        assert not is_bare(photo(kind, turned=6))
        assert is_bare(without_metadata(photo(kind, turned=6, icc_profile=b"a profile of colours")))


@pytest.mark.parametrize(
    ("kind", "more"),
    [("JPEG", {"xmp": b"<x/>"}), ("JPEG", {"comment": b"Ada"}), ("GIF", {"comment": b"Ada"}), ("WEBP", {"xmp": b"<x/>"}),
     ("AVIF", {"xmp": b"<x/>"})],
)  # fmt: skip
def test_nor_is_one_bare_with_comments_or_what_programs_say(kind, more):
    assert not is_bare(packed(noise(), kind, **more))


def test_a_jpeg_with_a_small_one_in_its_head_or_what_papers_write_is_not_bare():
    plain = without_metadata(packed(noise(), "JPEG"))
    for marker, data in ((0xE0, b"JFXX\0\x10Ada"), (0xED, b"Photoshop 3.0\0Ada"), (0xE2, b"FPXR\0Ada")):
        assert not is_bare(plain[:2] + bytes([0xFF, marker]) + (2 + len(data)).to_bytes(2) + data + plain[2:])
    assert not is_bare(cut_off())
    with pytest.raises(BrokenPictureError):
        is_bare(b"<svg/>")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", ["RGB", "P"])
def test_one_is_made_smaller_in_its_proportions_and_bare(kind, mode):
    if mode == "P" and kind != "GIF" and kind != "PNG":
        mode = "L"
    content = without_metadata(packed(Image.new(mode, (90, 40)), kind))
    small = made_smaller(content, 900)
    assert (Image.open(io.BytesIO(small)).format, Image.open(io.BytesIO(small)).size) == (kind, (45, 20))
    assert pixels_and_frames(small) == (900, 1)
    assert is_bare(small)
