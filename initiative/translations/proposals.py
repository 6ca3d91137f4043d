"""What a machine proposes for texts that are still empty."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from django.utils.html import escape

from initiative.base.wording import has_letters
from initiative.translations.editions import Edition, Row
from initiative.translations.enums import Kind
from initiative.translations.jobs.coded import Coded, Fault, Mark, Side, faults, plain, tokens, written
from initiative.translations.machine import Machine

_NUMBER = re.compile(r"m(\d{1,4})")


@dataclass(frozen=True)
class Proposals:
    """`texts`: path → text; `refused`: labels of texts whose proposal was no good."""

    texts: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


def empty_rows(edition: Edition, texts: dict[str, str]) -> list[Row]:
    """The rows that say something in the source and nothing in these texts."""
    return [
        row
        for row in edition.rows
        if row.source is not None
        and row.text.kind is not Kind.FACT
        and row.source.said
        and not texts.get(row.path, "").strip()
    ]


def propose(machine: Machine, edition: Edition, rows: Iterable[Row]) -> Proposals:
    """Ask a machine for these texts. Raises MachineFailed; a text whose markup comes back broken, or that is too long, is
    refused by itself."""
    rows = list(rows)
    sources = {row.path: Coded(row.source.value, row.text.kind is Kind.HTML) for row in rows}
    answers: dict[tuple[str, int], str] = {}
    for is_html in (False, True):
        asked = {
            (path, place): _as_html(source, piece) if is_html else plain(piece)
            for path, source in sources.items()
            if source.is_html is is_html
            for place, piece in enumerate(source.pieces)
            if has_letters(piece)
        }
        found = (
            machine.translate(list(asked.values()), edition.source_language, edition.language, is_html) if asked else []
        )
        answers |= dict(zip(asked, found, strict=True))
    return _checked(rows, sources, answers)


def _checked(rows: list[Row], sources: dict[str, Coded], answers: dict[tuple[str, int], str]) -> Proposals:
    proposals = Proposals()
    for row in rows:
        source = sources[row.path]
        if not source.pieces:
            continue
        pieces = []
        for place, piece in enumerate(source.pieces):
            answer = answers.get((row.path, place))
            if answer is not None:
                piece = written(list(_from_html(answer))) if source.is_html else written([answer])
            pieces.append(" ".join(piece.split()) if row.text.kind is not Kind.TEXT else piece.strip())
        if _is_good(row, source, pieces):
            proposals.texts[row.path] = source.filled(pieces)
        else:
            proposals.refused.append(row.text.label)
    return proposals


def _is_good(row: Row, source: Coded, pieces: list[str]) -> bool:
    for place, piece in enumerate(pieces):
        if not plain(piece).strip() or not faults(source, place, piece).keys() <= {Fault.PLAIN}:
            return False
    return not row.text.max_length or len(source.filled(pieces)) <= row.text.max_length


def _as_html(source: Coded, piece: str) -> str:
    """A piece with its marks as elements that say their number, and nothing else of ours."""
    said = ""
    for part in tokens(piece):
        if isinstance(part, str):
            said += escape(part)
            continue
        name = source.codes[part.number].name
        said += f"</{name}>" if part.side is Side.CLOSE else f'<{name} id="m{part.number}">'
    return said


def _from_html(answer: str) -> Iterator[str | Mark]:
    """Text and marks of what came back; an element that isn't ours is number 0."""
    yield from _parts(BeautifulSoup(answer, "html.parser"))


def _parts(container: Tag) -> Iterator[str | Mark]:
    for child in container.children:
        if not isinstance(child, Tag):
            yield str(child)
            continue
        found = _NUMBER.fullmatch(str(child.get("id", "")))
        number = int(found[1]) if found else 0
        if child.name == "br":
            yield Mark(number, Side.ALONE)
        else:
            yield Mark(number, Side.OPEN)
            yield from _parts(child)
            yield Mark(number, Side.CLOSE)
