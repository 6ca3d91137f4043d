"""Pictures as they may be shown to everybody."""

import struct
from io import BytesIO

from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from initiative.base import picture_parts
from initiative.base.one_at_a_time import one_at_a_time

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
# Of what stands beside the pixels, by Pillow's names, what a browser needs to show them. Everything else is what cameras and
# programs write: place, device, owner, earlier versions, films.
_NEEDED = frozenset(
    {
        "adobe", "adobe_transform", "aspect", "background", "default_image", "dpi", "duration", "icc_profile", "interlace",
        "jfif", "jfif_density", "jfif_unit", "jfif_version", "loop", "progression", "progressive", "timestamp", "transparency",
    }
)  # fmt: skip
_ORIENTATION = 0x0112
# Where a picture has to be drawn anew as it was turned, or can't be kept as it was packed.
_QUALITY = 92


# What Pillow raises of pictures that break off, or are written so that it stumbles, beside what it says it does.
BREAKS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    struct.error,
    Image.DecompressionBombError,
)


class BrokenPictureError(Exception):
    """It isn't a picture of a kind that is known here, or can't be read to its end."""


@one_at_a_time()
def without_metadata(content: bytes) -> bytes:
    """A JPEG, PNG, WebP, AVIF or GIF made anew: without what was written beside its pixels and behind its end, upright, with its
    colours and all frames.

    Nothing that shows is lost but what packing an AVIF again loses, or what was turned. Raises BrokenPictureError; see
    `one_at_a_time`.
    """
    try:
        picture = Image.open(BytesIO(content), formats=_FORMATS)
        kind = "JPEG" if picture.format == "MPO" else picture.format  # several in one: the first is the picture
        frames = getattr(picture, "n_frames", 1) if kind == picture.format else 1
        return _made_anew(picture, kind, content, _durations(picture, frames))
    except BREAKS as error:
        raise BrokenPictureError from error


def is_bare(content: bytes) -> bool:
    """Whether a picture is as `without_metadata` leaves one, as far as its parts tell: no pixel is unpacked. One whose parts
    aren't in order isn't. Raises BrokenPictureError where it isn't a picture of a kind that is known here."""
    picture = _opened(content)
    try:
        if picture.getexif().get(_ORIENTATION, 1) != 1:
            return False
        return _HAS_NOTHING_MORE[picture.format](content)
    except BREAKS:
        return False


# Several in one file aren't bare: all but the first go.
_HAS_NOTHING_MORE = {
    "JPEG": picture_parts.jpeg_is_bare,
    "MPO": lambda content: False,
    "PNG": lambda content: picture_parts.png(content) == content,
    "GIF": lambda content: picture_parts.gif(content) == content,
    "WEBP": lambda content: picture_parts.webp(content) == content,
    "AVIF": picture_parts.avif_is_bare,
}


def pixels_and_frames(content: bytes) -> tuple[int, int]:
    """How many pixels a picture has in each frame, and how many of these, as its head tells. Raises BrokenPictureError."""
    picture = _opened(content)
    try:
        return picture.width * picture.height, getattr(picture, "n_frames", 1)
    except BREAKS as error:
        raise BrokenPictureError from error


@one_at_a_time()
def made_smaller(content: bytes, most: int) -> bytes:
    """A picture without metadata that doesn't move, drawn anew with at most `most` pixels in its own proportions.

    Raises BrokenPictureError; see `one_at_a_time`.
    """
    picture = _opened(content)
    try:
        colours, kind = picture.info.get("icc_profile"), picture.format
        scale = (most / (picture.width * picture.height)) ** 0.5
        size = tuple(max(1, int(side * scale)) for side in picture.size)
        # Of few colours, sizes between would have none of their own.
        picture = picture.convert("RGBA") if picture.mode in ("1", "P") and kind != "GIF" else picture
        lossless = {"lossless": True} if kind == "WEBP" and b"VP8L" in content else {"quality": _QUALITY}
        options = lossless if kind in ("JPEG", "WEBP", "AVIF") else {}
        return _drawn(picture.resize(size), kind, {"icc_profile": colours} | options)
    except BREAKS as error:
        raise BrokenPictureError from error


def _opened(content: bytes) -> Image.Image:
    """Its head is read, and no more. Raises BrokenPictureError."""
    try:
        return Image.open(BytesIO(content), formats=_FORMATS)
    except BREAKS as error:
        raise BrokenPictureError from error


def _durations(picture: Image.Image, frames: int) -> list[float]:
    """How long each frame is shown, in milliseconds. All of them are read."""
    found = []
    for number in range(frames):
        picture.seek(number)
        picture.load()
        found.append(picture.info.get("duration", 0))
    picture.seek(0)
    picture.load()
    return found


def _made_anew(picture: Image.Image, kind: str, content: bytes, durations: list[float]) -> bytes:
    moves = len(durations) > 1
    turned = picture.getexif().get(_ORIENTATION, 1) != 1
    # Drawn anew, these would show less.
    if kind == "GIF":
        return picture_parts.gif(content)
    if kind == "PNG" and (moves or (_is_deep(content) and not turned)):
        return picture_parts.png(content)
    lossless = kind == "WEBP" and b"VP8L" in content
    if kind == "WEBP" and (moves or not (lossless or turned)):
        return picture_parts.webp(content)
    options = {"icc_profile": picture.info.get("icc_profile")}
    if kind == "JPEG":
        options["progressive"] = bool(picture.info.get("progressive"))
        options["quality"] = "keep" if picture.format == kind and not turned else _QUALITY
    elif kind == "PNG":
        options["pnginfo"] = _colours(content)
    elif lossless:
        options["lossless"] = True
    else:
        options["quality"] = _QUALITY
        if kind == "AVIF":
            options["speed"] = 10  # a fifth of a second for a million pixels; by default one and a half
    if moves:
        options |= {"save_all": True, "duration": durations}
    return _drawn(ImageOps.exif_transpose(picture) if turned and not moves else picture, kind, options)


def _is_deep(content: bytes) -> bool:
    """Whether a PNG has sixteen bits for each colour, where Pillow keeps eight."""
    return content[24] == 16


def _colours(content: bytes) -> PngInfo:
    """What a PNG says of how its colours are meant."""
    told = PngInfo()
    for kind, part in picture_parts.png_parts(content):
        if kind in picture_parts.PNG_COLOURS:
            told.add(kind, part[8:-4])
    return told


def _drawn(picture: Image.Image, kind: str, options: dict) -> bytes:
    for name in picture.info.keys() - _NEEDED:
        del picture.info[name]
    drawn = BytesIO()
    picture.save(drawn, kind, **options)
    return drawn.getvalue()
