"""Pictures as they may be shown to everybody."""

from contextlib import suppress
from io import BytesIO

from PIL import Image, ImageOps

# What cameras and programs write beside the pixels, by Pillow's names: place, device, owner, earlier versions.
_BESIDE = frozenset({"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "mp"})
_ORIENTATION = 0x0112
# Where a picture has to be drawn anew as it was turned, or can't be kept as it was packed.
_QUALITY = 92


def without_metadata(content: bytes) -> bytes | None:
    """A JPEG, PNG, WebP or AVIF without what was written beside its pixels, upright, with its colours. None where there is
    nothing to take away, where it moves, or where it can't be read."""
    with suppress(OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        picture = Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP", "AVIF"))
        if getattr(picture, "is_animated", False) and picture.format != "MPO":
            return None
        beside, turned = _BESIDE.intersection(picture.info), picture.getexif().get(_ORIENTATION, 1) != 1
        if not beside and not turned and picture.format != "MPO":
            return None
        kind = "JPEG" if picture.format == "MPO" else picture.format
        options = {"icc_profile": picture.info.get("icc_profile")}
        if kind == "JPEG" and picture.format == "JPEG" and not turned:
            options["quality"] = "keep"
        elif kind != "PNG":
            options["quality"] = _QUALITY
        drawn = BytesIO()
        upright = ImageOps.exif_transpose(picture) if turned else picture
        for name in _BESIDE:
            upright.info.pop(name, None)
        upright.save(drawn, kind, **options)
        return drawn.getvalue()
    return None
