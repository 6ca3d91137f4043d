"""Text as other programs can read it: no control characters, and line breaks only where they mean something."""

import re

# What XML 1.0 can't hold: control characters, lone surrogates, the two non-characters of the basic plane.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Not the no-break spaces, which French needs.
_SPACE = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")
_BLANK_LINES = re.compile(r"\n\s*\n")


def readable(text: object) -> str:
    """The text without the characters that XML can't hold."""
    return _UNREADABLE.sub("", str(text or ""))


def one_line(text: object) -> str:
    """The text in one line, with single spaces."""
    text = str(text or "")
    if text.isprintable() and "  " not in text:  # most texts, and a list has hundreds of thousands of them
        return text.strip()
    return _SPACE.sub(" ", readable(_SPACE.sub(" ", text))).strip()


def paragraphs(text: object) -> str:
    """The text with its paragraphs in one line each and an empty line between them."""
    found = (one_line(part) for part in _BLANK_LINES.split(str(text or "").replace("\r\n", "\n")))
    return "\n\n".join(part for part in found if part)
