"""The little markup of the starter texts, as Wagtail's rich text: paragraphs, heads, lists, bold, italic, links."""

import re
from collections.abc import Callable
from html import escape

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")

# Gives the opening tag of a link from its target, such as `page:about/strategy`.
Linker = Callable[[str], str]


def inline(text: str, link: Linker) -> str:
    """One paragraph's marks as HTML; line breaks are spaces."""
    html = escape(" ".join(text.split("\n")), quote=False)
    html = _LINK.sub(lambda match: f"{link(match[2])}{match[1]}</a>", html)
    return _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\1</b>", html)).strip()


def plain(text: str) -> str:
    """A text without its marks, for fields that hold plain text."""
    return _ITALIC.sub(r"\1", _BOLD.sub(r"\1", _LINK.sub(r"\1", " ".join((text or "").split("\n"))))).strip()


def rich(text: str, link: Linker, head: str = "h2") -> str:
    """A text as rich text; `###` becomes `head`."""
    out = []
    for chunk in re.split(r"\n\s*\n", (text or "").strip()):
        if chunk.startswith("### "):
            title, _newline, rest = chunk.partition("\n")
            out.append(f"<{head}>{inline(title[4:], link)}</{head}>")
            chunk = rest
        lines = chunk.strip().split("\n")
        if lines[0].startswith("- "):
            items = re.split(r"\n- ", chunk.strip()[2:])
            out.append("<ul>" + "".join(f"<li>{inline(item, link)}</li>" for item in items) + "</ul>")
        elif chunk.strip():
            out.append(f"<p>{inline(chunk, link)}</p>")
    return "".join(out)
