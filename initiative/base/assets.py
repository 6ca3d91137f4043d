"""Join layered style sheets into the one file that pages ask for.

`static/css/site.css` is a table of contents of `@import url("…") layer(…);` lines. Browsers follow them while
developing; for a real site each import is replaced by the text it names, in a layer block, and the result loses its
comments and spare white space.
"""

import posixpath
import re
from collections.abc import Callable

# Strings and comments come first in each pattern: a brace or an address inside one is only text.
_STRING = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
_COMMENT = r"/\*.*?\*/"
_REFERENCE = re.compile(
    rf"""
    {_COMMENT}
    | @import\s+(?:url\(\s*)?["']?(?P<part>[^"')\s;]+)["']?\s*\)?(?P<conditions>[^;]*);
    | url\(\s*(?P<quote>["']?)(?P<address>(?:\\.|[^)"'\\])*)(?P=quote)\s*\)
    | {_STRING}
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_CONDITIONS = re.compile(
    r"(?:layer\(\s*(?P<layer>[\w.-]+)\s*\))?\s*(?P<media>(?!layer\b|supports\b).*)", re.DOTALL | re.IGNORECASE
)
_CHARSET = re.compile(r'\A\ufeff?(?:@charset\s+"[^"]*";)?\s*', re.IGNORECASE)
_TOKEN = re.compile(
    rf"(?P<comment>{_COMMENT})|{_STRING}|url\([^)\"']*\)|(?P<tight>\s*;?\s*\}}\s*|\s*[{{;,]\s*)|(?P<space>\s+)",
    re.DOTALL | re.IGNORECASE,
)


class StylesheetError(Exception):
    """A style sheet that can't be joined; the text names the file and says why."""


def join_stylesheets(name: str, read: Callable[[str], str]) -> str:
    """The style sheet `name` with every import replaced by what it names, minified.

    `read` takes a name relative to the static root ("css/base.css") and returns the text; it raises FileNotFoundError
    for one that is not there. Addresses in `url(…)` stay relative, to `name`. Raises StylesheetError for an import that
    is missing, leads out of the site, returns to itself, or has other conditions than `layer(name)` and a media query.
    """
    return minify(_joined(name, posixpath.dirname(name), read, (name,)))


def minify(text: str) -> str:
    """`text` without comments, and with no more white space than CSS needs."""

    def shorter(match: re.Match) -> str:
        if match["tight"]:
            return "}" if "}" in match["tight"] else match["tight"].strip()
        return " " if match["space"] else match[0]

    # Comments go first: the white space on both sides of one is then a single run.
    without_comments = _TOKEN.sub(lambda match: "" if match["comment"] else match[0], text)
    return _TOKEN.sub(shorter, without_comments).strip() + "\n"


def _joined(name: str, folder: str, read: Callable[[str], str], trail: tuple[str, ...]) -> str:
    """The text of `name`, imports replaced, addresses relative to `folder`; `trail`, the way here, shows circles."""
    here = posixpath.dirname(name)

    def replace(match: re.Match) -> str:
        if match["part"]:
            return _imported(match, trail, lambda part, trail: _joined(part, folder, read, trail))
        if match["address"]:
            return f'url("{_moved(match["address"], here, folder)}")'
        return match[0]

    return _REFERENCE.sub(replace, _CHARSET.sub("", read(name)))


def _imported(match: re.Match, trail: tuple[str, ...], joined: Callable[[str, tuple[str, ...]], str]) -> str:
    name = trail[-1]
    if not _is_relative(match["part"]):
        raise StylesheetError(f"{name} imports {match['part']}: pages ask nothing of other sites.")
    part = posixpath.normpath(posixpath.join(posixpath.dirname(name), match["part"]))
    if part in trail:
        raise StylesheetError(f"{' imports '.join((*trail, part))}: a circle.")
    conditions = _CONDITIONS.fullmatch(match["conditions"].strip())
    if conditions is None:
        given = match["conditions"].strip()
        raise StylesheetError(f"{name} imports {part} with {given}: only layer(name) and a media query are known.")
    try:
        text = joined(part, (*trail, part))
    except FileNotFoundError as error:
        raise StylesheetError(f"{name} imports {part}, which is not there.") from error
    if conditions["layer"]:
        text = f"@layer {conditions['layer']}{{{text}}}"
    if conditions["media"]:
        text = f"@media {conditions['media']}{{{text}}}"
    return text


def _moved(address: str, here: str, folder: str) -> str:
    if not _is_relative(address):
        return address
    return posixpath.relpath(posixpath.join("/", here, address), posixpath.join("/", folder))


def _is_relative(address: str) -> bool:
    return re.match(r"[a-z][a-z0-9+.-]*:|[/#]", address, re.IGNORECASE) is None
