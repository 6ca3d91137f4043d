"""PNG, GIF and WebP put together anew from the parts that show them, to the bit: nothing beside them, nothing behind their end.
Of a JPEG or an AVIF, whether it has anything else.

Each function takes a picture that was read to its end before, and raises ValueError, LookupError or EOFError where its parts
aren't in order.
"""

import re
from collections.abc import Iterator
from io import BytesIO

_PNG_START, _PNG_END = b"\x89PNG\r\n\x1a\n", b"\0\0\0\0IEND\xaeB`\x82"
PNG_COLOURS = frozenset({b"cHRM", b"cICP", b"gAMA", b"sRGB"})
_PNG_PARTS = PNG_COLOURS | {b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"IDAT", b"acTL", b"fcTL", b"fdAT"}

_GIF_IMAGE, _GIF_MORE, _GIF_END = b",", b"!", b";"
_GIF_CONTROL, _GIF_PROGRAM = b"\xf9", b"\xff"  # how long and over what a frame is shown; what programs say
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")

_WEBP_FRAME = frozenset({b"ALPH", b"VP8 ", b"VP8L"})
_WEBP_PARTS = _WEBP_FRAME | {b"VP8X", b"ICCP", b"ANIM", b"ANMF"}
_WEBP_SAYS_METADATA = 0x08 | 0x04  # Exif and XMP, in the head that tells what follows

# In the pixels of a JPEG, a marker is 0xFF before anything but these.
_JPEG_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])")
_JPEG_END, _JPEG_COMMENT = 0xD9, 0xFE
_JPEG_PROGRAMS = range(0xE0, 0xF0)
# What of programs shows, with how long it is where that is known: a longer JFIF has a small picture in it.
_JPEG_NEEDED = {0xE0: (b"JFIF\0", 14), 0xE2: (b"ICC_PROFILE\0", None), 0xEE: (b"Adobe", 12)}

_AVIF_BOXES = frozenset({b"ftyp", b"meta", b"moov", b"mdat"})
_AVIF_METADATA = (b"Exif", b"mime", b"udta", b"uuid")


def png(content: bytes) -> bytes:
    """A PNG, moving or not."""
    return _PNG_START + b"".join(part for kind, part in png_parts(content) if kind in _PNG_PARTS) + _PNG_END


def png_parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind of each part of a PNG but the last, and the whole part."""
    stream = BytesIO(content[len(_PNG_START) :])
    while True:
        head = _take(stream, 8)
        if head[4:] == b"IEND":
            return
        yield head[4:], head + _take(stream, int.from_bytes(head[:4]) + 4)


def gif(content: bytes) -> bytes:
    """A GIF with all its frames."""
    stream = BytesIO(content)
    made = [_gif_head(stream, 13, 10)]
    # What stands between two parts and is none is passed over, as programs that show pictures do; some leave out the end.
    while (kind := stream.read(1)) not in (_GIF_END, b""):
        if kind == _GIF_IMAGE:
            made += [kind, _gif_head(stream, 9, 8), _take(stream, 1), *_gif_blocks(stream)]
        elif kind == _GIF_MORE:
            made.append(_gif_more(_take(stream, 1), list(_gif_blocks(stream))))
    return b"".join(made) + _GIF_END


def _gif_head(stream: BytesIO, length: int, place: int) -> bytes:
    """A head, whose byte at `place` says how many colours follow it, and these."""
    head = _take(stream, length)
    colours = 2 << (head[place] & 0x07) if head[place] & 0x80 else 0
    return head + _take(stream, 3 * colours)


def _gif_blocks(stream: BytesIO) -> Iterator[bytes]:
    """Blocks, each with its length before it, to the empty one."""
    while (length := _take(stream, 1)) != b"\0":
        yield length + _take(stream, length[0])
    yield length


def _gif_more(label: bytes, blocks: list[bytes]) -> bytes:
    """What is kept of what stands between frames, with no more in it than belongs there."""
    if label == _GIF_CONTROL and blocks[0][:1] == b"\x04":
        return _GIF_MORE + label + blocks[0] + b"\0"
    if label == _GIF_PROGRAM and blocks[0][1:] in _GIF_LOOPS and blocks[1][:2] == b"\x03\x01":
        return _GIF_MORE + label + blocks[0] + blocks[1] + b"\0"
    return b""


def webp(content: bytes) -> bytes:
    """A WebP, moving or not."""
    whole = content[12 : 8 + int.from_bytes(content[4:8], "little")]
    made = b"WEBP" + b"".join(_webp_part(kind, data) for kind, data in _webp_parts(whole) if kind in _WEBP_PARTS)
    return b"RIFF" + len(made).to_bytes(4, "little") + made


def _webp_parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    stream = BytesIO(content)
    while len(head := stream.read(8)) == 8:
        length = int.from_bytes(head[4:], "little")
        yield head[:4], _take(stream, length)
        stream.read(length % 2)


def _webp_part(kind: bytes, data: bytes) -> bytes:
    if kind == b"VP8X":
        data = bytes([data[0] & ~_WEBP_SAYS_METADATA]) + data[1:10]
    elif kind == b"ANMF":
        frame = (_webp_part(inner, its) for inner, its in _webp_parts(data[16:]) if inner in _WEBP_FRAME)
        data = data[:16] + b"".join(frame)
    return kind + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)


def jpeg_is_bare(content: bytes) -> bool:
    """Whether a JPEG has neither what cameras and programs write, nor anything behind its end."""
    place = 2
    while found := _JPEG_MARKER.search(content, place):
        marker, place = found[1][0], found.end()
        if marker == _JPEG_END:
            return place == len(content)
        length = int.from_bytes(content[place : place + 2])
        if not _is_needed(marker, content[place + 2 : place + length]):
            return False
        place += length
    raise EOFError


def _is_needed(marker: int, data: bytes) -> bool:
    if marker not in _JPEG_PROGRAMS:
        return marker != _JPEG_COMMENT
    begins, length = _JPEG_NEEDED.get(marker, (b"", 0))
    return bool(begins) and data.startswith(begins) and length in (None, len(data))


def avif_is_bare(content: bytes) -> bool:
    """Whether an AVIF names neither metadata nor boxes that show nothing."""
    stream = BytesIO(content)
    while head := stream.read(8):
        length, kind, start = int.from_bytes(head[:4]), head[4:], 8
        if length == 1:
            length, start = int.from_bytes(_take(stream, 8)), 16
        data = stream.read() if length == 0 else _take(stream, max(length - start, 0))
        if kind not in _AVIF_BOXES or (kind != b"mdat" and any(told in data for told in _AVIF_METADATA)):
            return False
    return True


def _take(stream: BytesIO, length: int) -> bytes:
    taken = stream.read(length)
    if len(taken) < length:
        raise EOFError
    return taken
