"""Texts as translators outside get them: pieces of running text, in which markup is but a number.

`Down <1>they</1> go.` is a piece; what `<1>` stands for is known from the source alone, and so is all that stands around the
pieces: paragraphs, lists, pictures. A file that comes back brings words and numbers, never markup.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from bs4.dammit import EntitySubstitution
from bs4.element import PreformattedString
from bs4.formatter import HTMLFormatter

from initiative.base.wording import digest

_MARK = re.compile(r"(\\*)<(?:(\d{1,4})(/?)|/(\d{1,4}))>")
# An end of text that would make a mark after it look like text.
_END = re.compile(r"\\+$")
_FORMS = ("b", "strong", "i", "em", "u", "s", "del", "sup", "sub", "code", "mark", "small", "br")
_INLINE = frozenset((*_FORMS, "a", "abbr", "bdi", "cite", "q", "span"))
_KEY = "data-block-key"


class _AsItStood(HTMLFormatter):
    """Elements with their attributes in the order in which they came."""

    def attributes(self, tag):
        return tag.attrs.items()


_AS_IT_STOOD = _AsItStood(entity_substitution=EntitySubstitution.substitute_xml)


class Side(StrEnum):
    """Which end of a marked stretch a mark is; some stand alone."""

    OPEN = "open"
    CLOSE = "close"
    ALONE = "alone"


@dataclass(frozen=True)
class Mark:
    """A number in a piece."""

    number: int
    side: Side

    def __str__(self):
        before, after = ("/" if self.side is Side.CLOSE else ""), ("/" if self.side is Side.ALONE else "")
        return f"<{before}{self.number}{after}>"


def tokens(piece: str) -> Iterator[str | Mark]:
    """Text and marks of a piece, in order. Text that looks like a mark has a backslash before it."""
    end = 0
    for found in _MARK.finditer(piece):
        slashes, opened, alone, closed = found.groups()
        text = piece[end : found.start()] + "\\" * (len(slashes) // 2)
        end = found.end()
        if len(slashes) % 2:
            yield text + found[0][len(slashes) :]
            continue
        if text:
            yield text
        side = Side.CLOSE if closed else Side.ALONE if alone else Side.OPEN
        yield Mark(int(closed or opened), side)
    if end < len(piece):
        yield piece[end:]


def written(parts: list[str | Mark]) -> str:
    """The piece of such parts; `tokens` gives them back, neighbouring texts joined."""
    piece, text = "", ""
    for part in [*parts, None]:
        if isinstance(part, str):
            text += part
            continue
        piece += _MARK.sub(lambda found: f"{found[1] * 2}\\{found[0][len(found[1]) :]}", text)
        if part is not None:
            piece = _END.sub(lambda found: found[0] * 2, piece) if text else piece
            piece += str(part)
        text = ""
    return piece


def plain(piece: str) -> str:
    """A piece without its marks."""
    return "".join(part for part in tokens(piece) if isinstance(part, str))


class Coded:
    """A text in pieces. `codes`: number → element that it stands for; `pieces` have no space at their ends."""

    def __init__(self, value: str, is_html: bool):
        self.value, self.is_html = value or "", is_html
        self.codes: dict[int, Tag] = {}
        self.pieces: list[str] = []
        self._shape: list[str] = []
        self._soup = BeautifulSoup(self.value, "html.parser") if is_html else None
        self._runs: list[list[PageElement]] = []
        if self._soup is not None:
            self._walk(self._soup)
        elif self.value.strip():
            self.pieces = [written([self.value.strip()])]

    def _walk(self, container: Tag) -> None:
        run: list[PageElement] = []
        for child in [*container.children, None]:
            if child is not None and _is_running(child):
                run.append(child)
                continue
            self._take(run)
            run = []
            if isinstance(child, Tag):
                self._shape.append(_signature(child))
                self._walk(child)
                self._shape.append(f"/{child.name}")

    def _take(self, run: list[PageElement]) -> None:
        """Make a piece of what stands in a row."""
        if not any(str(node.string if isinstance(node, NavigableString) else node.get_text()).strip() for node in run):
            return
        parts: list[str | Mark] = []
        for node in run:
            self._put(node, parts)
        for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
            if isinstance(parts[place], str):
                parts[place] = strip(parts[place])
        self._runs.append(run)
        self._shape.append("")
        self.pieces.append(written([part for part in parts if part]))

    def _put(self, node: PageElement, parts: list) -> None:
        if not isinstance(node, Tag):
            parts.append(re.sub(r"\s+", " ", str(node)) if "\n" in node else str(node))
            return
        number = len(self.codes) + 1
        self.codes[number] = node
        if node.name == "br":
            parts.append(Mark(number, Side.ALONE))
            return
        parts.append(Mark(number, Side.OPEN))
        for child in node.children:
            self._put(child, parts)
        parts.append(Mark(number, Side.CLOSE))

    @property
    def fingerprint(self) -> str:
        """Sixteen letters that are others for any other text, looks and links among it; `0` for none."""
        signs = (_signature(code) for code in self.codes.values())
        return digest("\x1f".join((*self._shape, *self.pieces, *signs))) if self.pieces else "0"

    def may_go(self, number: int) -> bool:
        """Whether a translation may do without what a number stands for: bold, but no link."""
        return self.codes[number].name in _FORMS

    def markup(self, number: int) -> tuple[str, str]:
        """What a number stands for, as the two ends of an element; the second is empty where it stands alone."""
        code = self.codes[number]
        attributes = "".join(f' {name}="{_escaped(str(value))}"' for name, value in code.attrs.items() if name != _KEY)
        return (
            (f"<{code.name}{attributes}/>", "")
            if code.name == "br"
            else (f"<{code.name}{attributes}>", f"</{code.name}>")
        )

    def stands_for(self, number: int) -> str:
        """What a number stands for, for people: where a link leads, or the element."""
        attributes = self.codes[number].attrs
        pointed_to = f"{attributes.get('linktype', '')} {attributes.get('id', '')}".strip()
        return str(attributes.get("href") or pointed_to or self.markup(number)[0])

    def beside(self, source: "Coded") -> "Beside | None":
        """This text's pieces, numbered as the source is; None where the two aren't built alike. Links belong together by
        where they lead, or else by their order: a translation may lead to its own language."""
        if self._shape != source._shape or len(self.pieces) != len(source.pieces):
            return None
        pieces, codes = [], {}
        for mine, theirs in zip(self.pieces, source.pieces, strict=True):
            free = dict.fromkeys(part.number for part in tokens(theirs) if isinstance(part, Mark))
            numbers: dict[int, int] = {}
            for number in dict.fromkeys(part.number for part in tokens(mine) if isinstance(part, Mark)):
                partner = _partner(self.codes[number], {other: source.codes[other] for other in free})
                if partner is None:
                    return None
                numbers[number] = partner
                codes[partner] = self.codes[number]
                del free[partner]
            parts = [Mark(numbers[one.number], one.side) if isinstance(one, Mark) else one for one in tokens(mine)]
            pieces.append(written(parts))
        return Beside(pieces, codes)

    def filled(self, pieces: list[str], codes: dict[int, Tag] | None = None) -> str:
        """The text with other pieces in place of its own; as many, and with marks that `faults` finds nothing in. `codes`:
        elements for some numbers in place of the text's own."""
        if not self.is_html:
            return plain(pieces[0]) if pieces else ""
        copy = Coded(self.value, is_html=True)
        for run, piece in zip(copy._runs, pieces, strict=True):
            _replace(copy._soup, run, piece, self.codes | (codes or {}))
        return copy._soup.decode(formatter=_AS_IT_STOOD)


@dataclass(frozen=True)
class Beside:
    """A translation in the numbers of its source: its pieces, and the elements that it has itself for them."""

    pieces: list[str]
    codes: dict[int, Tag]


def _partner(element: Tag, others: dict[int, Tag]) -> int | None:
    """The number of the element that another one belongs to."""
    exact = next((number for number, other in others.items() if _signature(other) == _signature(element)), None)
    if exact is None and element.name == "a":
        return next((number for number, other in others.items() if other.name == "a"), None)
    return exact


def _is_running(node: PageElement) -> bool:
    """Whether it is a part of running text: words, or an element within them."""
    if isinstance(node, PreformattedString):
        return False  # comments and the like
    if isinstance(node, NavigableString):
        return True
    return node.name in _INLINE and all(inner.name in _INLINE for inner in node.find_all(True))


def _signature(element: Tag) -> str:
    attributes = sorted((name, str(value)) for name, value in element.attrs.items() if name != _KEY)
    return f"{element.name} {attributes}"


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _replace(soup: BeautifulSoup, run: list[PageElement], piece: str, codes: dict[int, Tag]) -> None:
    """Put a piece where a run stands, with the spaces around it."""
    first, last = run[0], run[-1]
    lead = first[: len(first) - len(first.lstrip())] if isinstance(first, NavigableString) else ""
    tail = last[len(last.rstrip()) :] if isinstance(last, NavigableString) else ""
    holder = soup.new_tag("span")
    first.insert_before(holder)
    for node in run:
        node.extract()
    here = [holder]
    for part in (lead, *tokens(piece), tail):
        if isinstance(part, Mark) and part.side is Side.CLOSE:
            here.pop()
        elif isinstance(part, Mark):
            code = codes[part.number]
            element = soup.new_tag(code.name, attrs=dict(code.attrs))
            here[-1].append(element)
            if part.side is Side.OPEN:
                here.append(element)
        elif part:
            here[-1].append(NavigableString(part))
    holder.unwrap()


class Fault(StrEnum):
    """What may be wrong with the marks of a translated piece; see `faults`."""

    UNKNOWN = "unknown"
    TANGLED = "tangled"
    LOST = "lost"
    PLAIN = "plain"


def faults(source: Coded, place: int, piece: str) -> dict[Fault, list[int]]:
    """Fault → numbers concerned, of a translation of the source's piece at a place.

    UNKNOWN: not in the source's piece; TANGLED: twice, never closed, or crossed; LOST: a link is missing; PLAIN: bold or the
    like is missing.
    """
    sides = {part: None for part in tokens(source.pieces[place]) if isinstance(part, Mark)}
    known = dict.fromkeys(part.number for part in sides)
    marks = [part for part in tokens(piece) if isinstance(part, Mark)]
    found: dict[Fault, list[int]] = {}

    def note(fault: Fault, number: int) -> None:
        if number not in found.setdefault(fault, []):
            found[fault].append(number)

    still_open, seen = [], set()
    for mark in marks:
        if mark.number not in known:
            note(Fault.UNKNOWN, mark.number)
        elif mark in seen or mark not in sides:
            note(Fault.TANGLED, mark.number)
        elif mark.side is Side.OPEN:
            still_open.append(mark.number)
        elif mark.side is Side.CLOSE and (not still_open or still_open.pop() != mark.number):
            note(Fault.TANGLED, mark.number)
        seen.add(mark)
    for number in still_open:
        note(Fault.TANGLED, number)
    there = {mark.number for mark in marks}
    for number in known:
        if number not in there:
            note(Fault.PLAIN if source.may_go(number) else Fault.LOST, number)
    return found
