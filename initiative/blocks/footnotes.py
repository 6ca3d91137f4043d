"""Where a body's texts refer to its notes: `[1]` in a text is a reference where the body has a block of notes."""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# What stands in a tag is no text, and what stands in a link leads elsewhere already. A blank before a mark would part it
# from its word.
_MARK = re.compile(r"<a\b.*?</a>|<[^>]*>|\s?\[(\d{1,3})\]", re.DOTALL)


@dataclass(frozen=True)
class References:
    """`count`: how many notes there are; `numbers`: those that texts refer to."""

    count: int
    numbers: Set[int]


def references(body: Iterable) -> References:
    """The notes of a StreamField, and which of them its texts refer to."""
    notes = next((block.value for block in body or () if block.block_type == "footnotes"), ())
    return References(len(notes), {number for block in body or () for number in _numbers(block)})


def first_references(block, seen: Set[int]) -> set[int]:
    """The notes that a block refers to and none of `seen` did."""
    return _numbers(block) - seen


def _numbers(block) -> set[int]:
    source = getattr(block.value, "source", "") if block.block_type == "text" else ""
    return {int(mark) for mark in _MARK.findall(source) if mark}


def linked(text: str, count: int, first: Set[int]) -> SafeString:
    """Rich text with its references as links to notes 1 to `count`. The first of each of `first` is what the note leads
    back to."""
    left = set(first)

    def link(match: re.Match) -> str:
        number = int(match[1] or 0)
        if not 1 <= number <= count:
            return match[0]
        name = format_html(' id="note-ref-{}"', number) if number in left else ""
        left.discard(number)
        told = '<sup class="note-ref"><a{} href="#note-{}" role="doc-noteref">{}</a></sup>'
        return format_html(told, name, number, match[1])

    return mark_safe(_MARK.sub(link, str(text)))  # noqa: S308  (rich text was cleaned before; numbers are numbers)
