"""Pictures as they may be shown to everybody."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
# Of what stands beside the pixels, by Pillow's names, what a browser needs to show them. Everything else is what cameras and
# programs write: place, device, owner, earlier versions, films.
_NEEDED = frozenset(
    {
        "adobe", "adobe_transform", "aspect", "background", "chromaticity", "default_image", "dpi", "duration", "gamma",
        "icc_profile", "interlace", "jfif", "jfif_density", "jfif_unit", "jfif_version", "loop", "progression", "progressive",
        "srgb", "timestamp", "transparency",
    }
)  # fmt: skip
_SEGMENTS = frozenset({"APP0", "APP2", "APP14"})  # of a JPEG: its frame, colours
_ORIENTATION = 0x0112
# Where a picture has to be drawn anew as it was turned, or can't be kept as it was packed.
_QUALITY = 92


class BrokenPictureError(Exception):
    """It begins as a picture and can't be read to its end."""


def without_metadata(content: bytes) -> bytes | None:
    """A JPEG, PNG, WebP or AVIF without what was written beside its pixels, upright, with its colours. None where there is
    nothing to take away, where it moves, or where it is of another kind. Raises BrokenPictureError."""
    try:
        picture = Image.open(BytesIO(content), formats=_FORMATS)
        kind = "JPEG" if picture.format == "MPO" else picture.format  # several in one: the first is the picture
        if getattr(picture, "is_animated", False) and kind == picture.format:
            return None
        picture.load()  # what stands behind the pixels is known then, too
        return _bare(picture, kind, content)
    except UnidentifiedImageError:
        return None
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise BrokenPictureError from error


def _bare(picture: Image.Image, kind: str, content: bytes) -> bytes | None:
    exif = picture.getexif()
    segments = {name for name, _data in getattr(picture, "applist", ())} - _SEGMENTS
    if not (picture.info.keys() - _NEEDED or exif or segments or kind != picture.format):
        return None
    turned = exif.get(_ORIENTATION, 1) != 1
    options = {"icc_profile": picture.info.get("icc_profile")}
    if kind == "JPEG":
        options["progressive"] = bool(picture.info.get("progressive"))
        options["quality"] = "keep" if picture.format == kind and not turned else _QUALITY
    elif kind == "WEBP" and b"VP8L" in content:
        options["lossless"] = True
    elif kind != "PNG":
        options["quality"] = _QUALITY
    upright = ImageOps.exif_transpose(picture) if turned else picture
    for name in upright.info.keys() - _NEEDED:
        del upright.info[name]
    drawn = BytesIO()
    upright.save(drawn, kind, **options)
    return drawn.getvalue()
