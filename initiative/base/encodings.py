"""How an answer is packed for its way: brotli or gzip, whichever a browser takes."""

import gzip
import zlib
from functools import lru_cache

import brotli

# In the order in which they are liked.
_KNOWN = ("br", "gzip")
# More would take longer than it saves: pages are packed when they are asked for.
_BROTLI_QUALITY, _GZIP_LEVEL = 5, 6
# What is no longer than the smallest of brotli's windows for which it looks for repetitions in another way (the binary logarithm
# of its bytes) becomes as small with that, in three quarters of the time. What is longer would become larger.
_BROTLI_WINDOW = 16


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """`br`, `gzip` or nothing, by a header `Accept-Encoding`. What can't be read is nothing."""
    wanted = {}
    for part in accepted[:500].split(","):
        name, _semicolon, weight = part.replace(" ", "").lower().partition(";q=")
        wanted[name] = weight
    return next((name for name in _KNOWN if name in wanted and _is_wanted(wanted[name])), "")


def pack(encoding: str, content: bytes) -> bytes:
    """Content in an encoding; as it is where that is nothing."""
    if encoding == "br":
        window = {"lgwin": _BROTLI_WINDOW} if len(content) <= 1 << _BROTLI_WINDOW else {}
        return brotli.compress(content, quality=_BROTLI_QUALITY, **window)
    return gzip.compress(content, compresslevel=_GZIP_LEVEL, mtime=0) if encoding == "gzip" else content


def unpack(encoding: str, content: bytes) -> bytes:
    """The content of what is packed, by us or by Django."""
    if encoding == "br":
        return brotli.decompress(content)
    return zlib.decompress(content, wbits=31) if encoding == "gzip" else content


def _is_wanted(weight: str) -> bool:
    """Whether a weight such as `0.5`, or none, is more than nothing."""
    try:
        return not weight or float(weight) > 0
    except ValueError:
        return False
