"""Looking at what came back: every text against its source as it is now."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bs4 import Tag

from initiative.base.rights import may_write
from initiative.translations.editions import Edition, Row, open_edition
from initiative.translations.enums import Kind, State
from initiative.translations.jobs.coded import Coded, Fault, Mark, Side, faults, plain
from initiative.translations.jobs.findings import Finding
from initiative.translations.jobs.outgoing import coded
from initiative.translations.jobs.unit import Received
from initiative.translations.models import Translation
from initiative.translations.publishing import lock_of, steps

_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:]")
# Where links lead, in a wording.
_TARGET = re.compile(r"\[[^\]\n]*\]")
_CODES = {Fault.UNKNOWN: "unknown_mark", Fault.TANGLED: "tangled", Fault.LOST: "lost", Fault.PLAIN: "plain"}


@dataclass
class Change:
    """What is to be written into one page or record. `texts`: path → text; `done`: paths that are right as they are."""

    edition: Edition
    texts: dict[str, str] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)


class _Sheet:
    """One page or record of a job, opened for somebody who takes the job in."""

    def __init__(self, cell: Translation | None, user, language: str, name: str):
        self.cell, self.edition, self.blocked = cell, open_edition(cell) if cell else None, ""
        self.title = cell.subject.title if cell else name
        if self.edition is None:
            self.blocked = "gone"
        elif not may_write(user, language):
            self.blocked = "language"
        elif not self.edition.may_translate(user):
            self.blocked = "right"
        elif lock_of(self.edition, user) or not steps(self.edition, user):
            self.blocked = "locked"
        self.rows = {} if self.blocked else {row.path: row for row in self.edition.rows}

    def finding(self, code: str, label: str = "", **values) -> Finding:
        return Finding(code, self.title, label, self.cell.pk if self.cell else None, values)


def check(received: Iterable[Received], language: str, user) -> tuple[list[Change], list[Finding]]:
    """What of a job can be written, page by page and record by record, and what there is to say about the rest."""
    received = list(received)
    names = {one.name for one in received}
    cells = Translation.objects.filter(language=language, subject__subject__in=names, subject__is_public=True)
    by_name = {cell.subject.subject: cell for cell in cells.exclude(state=State.SOURCE).select_related("subject")}
    sheets = {
        name: _Sheet(by_name.get(name), user, language, name) for name in dict.fromkeys(one.name for one in received)
    }
    changes = {name: Change(sheet.edition) for name, sheet in sheets.items() if not sheet.blocked}
    findings, seen = [], set()
    said = set()
    for one in received:
        sheet = sheets[one.name]
        if sheet.blocked:
            if one.name not in said:
                findings.append(sheet.finding(sheet.blocked))
                said.add(one.name)
            continue
        row = sheet.rows.get(one.path)
        if (one.name, one.path) in seen:
            findings.append(sheet.finding("twice", row.text.label if row else one.path))
            changes[one.name].texts.pop(one.path, None)
            continue
        seen.add((one.name, one.path))
        found = list(_look(one, row, sheet.edition))
        findings += [sheet.finding(code, row.text.label if row else one.path, **values) for code, values in found]
        if row is not None and not any(Finding(code).is_problem for code, _values in found):
            _take(one, row, changes[one.name])
    return [change for change in changes.values() if change.texts or change.done], findings


def _look(one: Received, row: Row | None, edition: Edition) -> Iterator[tuple[str, dict]]:
    """Code and values of each thing to say about a text."""
    if one.source_language != edition.source_language:
        yield "source_language", {}
    elif row is None or row.source is None or row.text.kind is Kind.FACT:
        # A text that both sides have left out since is as gone as its key.
        yield "unknown", {}
    elif one.source_mark != (source := coded(row, row.source.value)).fingerprint:
        yield "stale", {}
    elif one.is_empty:
        yield "empty", {}
    elif len(one.pieces) != len(source.pieces):
        yield "pieces", {}
    elif not all(piece.strip() for piece in one.pieces):
        yield "part_empty", {}
    elif one.pieces == _present(row, source):
        if row.is_changed and not one.is_right:
            yield "unchanged", {}
        elif row.is_machine and not one.is_right:
            yield "unconfirmed", {}
    elif one.target_mark != coded(row, row.target.value).fingerprint:
        yield "written", {}
    else:
        yield from _look_at_text(one, row, source)


def _present(row: Row, source: Coded) -> list[str] | None:
    beside = coded(row, row.target.value).beside(source)
    return beside.pieces if beside else None


def _own_codes(row: Row, source: Coded) -> dict[int, Tag]:
    """The elements that a translation has itself, such as links into its own language; none where the source's links are
    others now."""
    beside = coded(row, row.target.value).beside(source)
    leads_elsewhere = row.is_changed and _TARGET.findall(row.made_from or "") != _TARGET.findall(row.source.said)
    return beside.codes if beside and not leads_elsewhere else {}


def _look_at_text(one: Received, row: Row, source: Coded) -> Iterator[tuple[str, dict]]:
    found: dict[Fault, list[int]] = {}
    for place, piece in enumerate(one.pieces):
        for fault, numbers in faults(source, place, piece).items():
            found.setdefault(fault, []).extend(numbers)
    for fault, numbers in found.items():
        yield _CODES[fault], {"marks": " ".join(_shown(source, number) for number in numbers)}
    text = row.text
    if Fault.UNKNOWN in found or Fault.TANGLED in found:
        return
    letters = len(source.filled(one.pieces))
    if text.max_length and letters > text.max_length:
        yield "long", {"letters": letters, "most": text.max_length}
    written = " ".join(plain(piece) for piece in one.pieces)
    lost = [address for address in _ADDRESS.findall(" ".join(map(plain, source.pieces))) if address not in written]
    if lost:
        yield "address", {"addresses": " ".join(lost)}


def _shown(source: Coded, number: int) -> str:
    """A mark, and what it stands for."""
    sign = str(Mark(number, Side.OPEN))
    return f"{sign} ({source.stands_for(number)})" if number in source.codes else sign


def _take(one: Received, row: Row, change: Change) -> None:
    if one.is_empty:
        return
    source = coded(row, row.source.value)
    if one.pieces != _present(row, source):
        change.texts[row.path] = _in_shape(row, source.filled(one.pieces, _own_codes(row, source)))
    if one.is_right and (row.is_changed or row.is_machine):
        change.done.append(row.path)


def _in_shape(row: Row, text: str) -> str:
    """One line stays one line."""
    return " ".join(text.split()) if row.text.kind is Kind.LINE else text
