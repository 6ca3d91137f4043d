"""Put the parts of a script into it, for a real site: one request, where each part would take one of its own.

`static/js/site.js` says when a part is needed, `if (…) import("./map.js");`, and browsers follow that while developing.
All parts together are a few kilobytes; on a slow line another request takes longer than they do.
"""

import posixpath
import re
from collections.abc import Callable

_PART = re.compile(r"""(?P<before>^\s*|\)\s*)import\(\s*"(?P<part>\./[^"]+\.js)"\s*\);""", re.MULTILINE)
_TIED = re.compile(r"^(?:import\b\s*[^(\s]|export\b|await\b)", re.MULTILINE)


class ScriptError(Exception):
    """A part that can't be put into a script; the text names it and says why."""


def join_scripts(name: str, read: Callable[[str], str]) -> str:
    """The script `name` with every part that it imports for its effect alone put in that place, in a block of its own.

    `read` takes a name relative to the static root ("js/site.js") and returns the text; it raises FileNotFoundError for
    one that is not there. Raises ScriptError for a part that is missing, or imports, exports or awaits at its top: that
    one can't stand in a block.
    """

    def part(match: re.Match) -> str:
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), match["part"]))
        try:
            text = read(wanted)
        except FileNotFoundError:
            raise ScriptError(f"{name} imports {wanted}, which is not there.") from None
        if _TIED.search(text):
            raise ScriptError(f"{wanted} imports, exports or awaits at its top, so {name} can't have it within.")
        return f"{match['before']}{{\n{text.rstrip()}\n}}"

    return _PART.sub(part, read(name))
