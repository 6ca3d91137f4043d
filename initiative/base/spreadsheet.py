"""Lines of CSV that are safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable

# Spreadsheets take what begins so for a formula, the full-width signs of East Asian keyboards too.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
# Tells spreadsheets of UTF-8; it stands before the first line.
BYTE_ORDER_MARK = "\ufeff"


def harmless(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: what looks like one gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """The text that `harmless` made harmless."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def csv_line(cells: Iterable[object]) -> str:
    """One line, its cells harmless."""
    written = io.StringIO()
    csv.writer(written).writerow(harmless(cell) for cell in cells)
    return written.getvalue()
