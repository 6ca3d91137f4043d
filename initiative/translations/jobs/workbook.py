"""Jobs as a spreadsheet: a line a piece, source beside translation, for people without a translator's tool."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection

from initiative.base import languages
from initiative.base.spreadsheet import harmless, restored
from initiative.translations.enums import State
from initiative.translations.jobs.unit import BrokenFile, Part, Received, Unit, split_key

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What one cell holds.
MOST_LETTERS = 32_767
# What a file may unfold to: more is no job of ours.
_MOST_BYTES = 60 * 1024 * 1024
_MOST_ENTRIES = 500
_MOST_LINES = 50_000
_COLUMNS = 6
_WIDTHS = {"A": 34, "B": 60, "C": 60, "D": 16, "E": 40, "F": 3}
_HEAD = PatternFill("solid", fgColor="1F3D2B")
_TO_WRITE = PatternFill("solid", fgColor="FFF8E1")
_RIGHT = ("x", "ok", "✓", "✔")
_KEY = re.compile(r"([\w-]+)>([\w-]+) (\S+) (\S+) (\d{1,4})")
_DECLARED = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)


def write(parts: Iterable[Part], target: str) -> bytes:
    """The workbook of a job into one language. Raises BrokenFile where a text is longer than a cell can be."""
    book = Workbook(write_only=True)
    _write_instructions(book, target)
    sheet = book.create_sheet(_("Texts"))
    sheet.sheet_view.rightToLeft = get_language_bidi()
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True
    for permission in ("formatColumns", "formatRows", "formatCells", "autoFilter", "sort"):
        setattr(sheet.protection, permission, False)  # what isn't forbidden
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.column_dimensions["F"].hidden = True
    sheet.append(_head(sheet, target))
    for part in parts:
        for unit in part.units:
            for place in range(len(unit.source.pieces)):
                sheet.append(_line(sheet, part, unit, place, target))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet, text: str, **style) -> WriteOnlyCell:
    """A cell that holds just this text, whatever it looks like."""
    cell = WriteOnlyCell(sheet, value=harmless(ILLEGAL_CHARACTERS_RE.sub("", text)))
    cell.data_type = "s"
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def _head(sheet, target: str) -> list[WriteOnlyCell]:
    names = (
        _("Where"),
        State.SOURCE.label,
        languages.language_name(target).capitalize(),
        _("Right as it is"),
        _("To know"),
        "",
    )
    style = {"font": Font(bold=True, color="FFFFFF"), "fill": _HEAD, "alignment": Alignment(vertical="center")}
    return [_cell(sheet, str(name), **style) for name in names]


def _line(sheet, part: Part, unit: Unit, place: int, target: str) -> list[WriteOnlyCell]:
    present = unit.present[place] if unit.present is not None else ""
    for text in (unit.source.pieces[place], present):
        if len(text) > MOST_LETTERS - 1:
            raise BrokenFile(
                _("“%(title)s” has a text that is too long for a cell of a spreadsheet (%(label)s): choose XLIFF.")
                % {"title": part.title, "label": unit.label}
            )
    is_first = place == 0
    wrapped = _reading(part.source_language)
    unlocked = {"protection": Protection(locked=False), "fill": _TO_WRITE}
    return [
        _cell(sheet, f"{part.title} › {unit.label}", alignment=_reading(""), font=Font(color="666666")),
        _cell(sheet, unit.source.pieces[place], alignment=wrapped),
        _cell(sheet, present, alignment=_reading(target), **unlocked),
        _cell(sheet, "", alignment=Alignment(horizontal="center", vertical="top"), **unlocked),
        _cell(sheet, _to_know(unit) if is_first else "", alignment=_reading(""), font=Font(color="666666")),
        _cell(sheet, f"{part.source_language}>{target} {part.name} {unit.key} {place + 1}"),
    ]


def _reading(language: str) -> Alignment:
    order = {"": 0, "rtl": 2, "ltr": 1}[languages.direction(language) if language else ""]
    return Alignment(wrap_text=True, vertical="top", readingOrder=order)


def _to_know(unit: Unit) -> str:
    said = []
    if unit.is_changed:
        said.append(_("The source said before: %s") % (unit.made_from or "—"))
    if unit.is_machine:
        said.append(_("A machine wrote this. Read it, then say that it is right, or mend it."))
    if unit.present is None and unit.present_text:
        said.append(_("Translated until now: %s") % unit.present_text)
    if unit.max_length:
        said.append(_("At most %d letters") % unit.max_length)
    return "\n".join(said)[: MOST_LETTERS - 1]


def _write_instructions(book: Workbook, target: str) -> None:
    sheet = book.create_sheet(_("Read first"))
    sheet.sheet_view.rightToLeft = get_language_bidi()
    sheet.protection.sheet = True
    sheet.column_dimensions["A"].width = 110
    sheet.append([_cell(sheet, _("How to translate with this file"), font=Font(bold=True, size=14))])
    for line in (
        _("Write in the yellow column of the sheet “Texts”, into %(language)s. Everything else is locked.")
        % {"language": languages.language_name(target)},
        _(
            "Signs such as <1> and </1> stand for bold, links and the like. Keep each around the words that belong in it."
        ),
        _("They may stand in another order than in the source."),
        _("What you leave empty stays as it is now on the site."),
        _("A text may be split over several lines: translate all of them, or none."),
        _("Where a translation is right though the source changed, put an x into the column “Right as it is”."),
        _("Don’t delete or add columns; lines may be sorted or deleted."),
        _("Save it as .xlsx and send it back: the site tells which lines it can’t take, and why."),
        _("A text that begins with = + - or @ has an apostrophe before it, which the site takes away again."),
    ):
        sheet.append([_cell(sheet, line, alignment=Alignment(wrap_text=True, vertical="top"))])


def read(data: bytes) -> tuple[str, list[Received]]:
    """The language that a workbook was translated into, and what came back. Raises BrokenFile."""
    _look_inside(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        lines = [line for sheet in book.worksheets for line in _lines(sheet)]
        book.close()
    except BrokenFile:
        raise
    except Exception as error:
        raise BrokenFile(_("This spreadsheet is damaged and can’t be read.")) from error
    targets = {key[2] for key, _cells in lines}
    if not lines:
        raise BrokenFile(
            _("There is no line of a job in this spreadsheet: the hidden column F is gone, or it is another file.")
        )
    if len(targets) > 1:
        raise BrokenFile(_("The lines of this spreadsheet are for several languages: %s.") % ", ".join(sorted(targets)))
    return targets.pop(), list(_units(lines))


def _look_inside(data: bytes) -> None:
    """Raises BrokenFile for what is no workbook, or unfolds to too much, or declares entities."""
    no_workbook = _("This is no spreadsheet in the format .xlsx. Save it as “Excel workbook (.xlsx)”, and try again.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise BrokenFile(_("This file unfolds to more than any job has. It isn’t read."))
            if "xl/workbook.xml" not in archive.namelist():
                raise BrokenFile(no_workbook)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")) and _DECLARED.search(archive.read(entry)):
                    raise BrokenFile(
                        _("The file declares a document type or entities. It may be an attack, and isn’t read.")
                    )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zipfile.zlib.error) as error:
        raise BrokenFile(no_workbook) from error


def _lines(sheet) -> Iterator[tuple]:
    """(parts of the key, cells as text) of each line of a job."""
    for number, row in enumerate(sheet.iter_rows(max_col=_COLUMNS, values_only=True), start=1):
        if number > _MOST_LINES:
            raise _too_many_lines()
        cells = ["" if value is None else str(value).replace("\r\n", "\n") for value in row]
        if len(cells) == _COLUMNS and (key := _KEY.fullmatch(restored(cells[-1]).strip())):
            yield (number, *key.groups()), cells


def _units(lines: list[tuple]) -> Iterator[Received]:
    units: dict[tuple, dict[int, list]] = {}
    for (_number, source, _target, name, key, place), cells in lines:
        units.setdefault((name, source, key), {}).setdefault(int(place), []).append(cells)
    # Pieces that aren't there are reckoned with those that are: a line alone may say that it is the nine thousandth.
    if sum(map(max, units.values())) > _MOST_LINES:
        raise _too_many_lines()
    for (name, source, key), by_place in units.items():
        found = [by_place.get(place, [[""] * _COLUMNS]) for place in range(1, max(by_place) + 1)]
        # Lines that are there twice and differ come back twice, and are refused for it.
        copies = [[cells[min(copy, len(cells) - 1)] for cells in found] for copy in range(max(map(len, found)))]
        for lines_of_one in [one for place, one in enumerate(copies) if one not in copies[:place]]:
            pieces = [restored(cells[2]).strip() for cells in lines_of_one]
            is_right = all(cells[3].strip().lower() in _RIGHT for cells in lines_of_one)
            yield Received(name, source, *split_key(key), pieces, is_right)


def _too_many_lines() -> BrokenFile:
    return BrokenFile(_("This spreadsheet has more lines than any job. It isn’t read."))
