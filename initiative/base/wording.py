"""What a text says, without how it looks: compared, counted and remembered to tell whether its meaning may have changed."""

import hashlib
import html
import re

# What stands on lines of its own; other elements are within a line.
_BLOCKS = re.compile(r"<(?:/?(?:p|h[1-6]|ul|ol|li|blockquote|table|tr|td|th)|hr|br)\b[^>]*>", re.IGNORECASE)
_LINK = re.compile(r"<a\b([^>]*)>", re.IGNORECASE)
_EMBED = re.compile(r"<embed\b([^>]*)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SPACES = re.compile(r"[^\S\n]+")
_WORD = re.compile(r"\w[\w'’.-]*")


def wording(text: str, is_html: bool = False) -> str:
    """Plain text, a line for each paragraph, heading or item. Bold and the like leave no trace; a link keeps its target,
    as `[page 12]` or `[https://…]`, since to lead elsewhere is to say something else."""
    text = str(text or "")
    if is_html:
        text = _SPACES.sub(" ", text.replace("\n", " "))
        text = _LINK.sub(lambda match: f" [{_target(match[1])}] ", text)
        text = _EMBED.sub(lambda match: f"\n[{_target(match[1])}]\n", text)
        text = html.unescape(_TAG.sub("", _BLOCKS.sub("\n", text)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _target(attributes: str) -> str:
    found = {name.lower(): html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(attributes)}
    if kind := found.get("linktype") or found.get("embedtype"):
        return f"{kind} {found.get('id') or found.get('url', '')}".strip()
    return found.get("href") or found.get("url", "")


def count_words(said: str) -> int:
    """Words of a wording, as a translator is paid for them; targets of links are none."""
    return len(_WORD.findall(re.sub(r"\[[^\]\n]*\]", " ", said)))


def digest(said: str) -> str:
    """Sixteen letters that differ for different wordings; empty for none."""
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest() if said else ""


def has_letters(text: str) -> bool:
    """Whether there is anything to translate: `42 %` has nothing."""
    return any(character.isalpha() for character in text)
