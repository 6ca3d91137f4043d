"""Handing out: what of pages and records a translator gets."""

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiative.translations.editions import Edition, Row, open_edition
from initiative.translations.enums import Kind
from initiative.translations.jobs import xliff
from initiative.translations.jobs.coded import Coded
from initiative.translations.jobs.unit import Part, Unit
from initiative.translations.models import Translation

# A job that one person translates and one request takes in again.
MOST = 100


class NothingToDo(Exception):
    """Nothing of what was chosen can be handed out. Its text says why, in the reader's language."""


def hand_out(cells: Iterable[Translation], language: str, form: str, only_to_do: bool) -> tuple[str, str, bytes]:
    """Ending, content type and content of a file with these translations into a language.

    `form`: `xliff` or `xlsx`. An XLIFF document has one source language: of several, each has its own, in an archive.
    Raises NothingToDo, and BrokenFile where a text fits into no spreadsheet.
    """
    cells = list(cells)
    if len(cells) > MOST:
        raise NothingToDo(
            ngettext(
                "A job has at most %(count)d page or record. Choose some, or filter more closely.",
                "A job has at most %(count)d pages and records. Choose some, or filter more closely.",
                MOST,
            )
            % {"count": MOST}
        )
    parts = list(_parts(cells, only_to_do))
    if not parts:
        raise NothingToDo(_("There is nothing to translate in what you chose."))
    if form == "xlsx":
        from initiative.translations.jobs import workbook  # as in `incoming`

        return "xlsx", workbook.CONTENT_TYPE, workbook.write(parts, language)
    sources = list(dict.fromkeys(part.source_language for part in parts))
    documents = {
        source: xliff.write([part for part in parts if part.source_language == source], source, language)
        for source in sources
    }
    if len(documents) == 1:
        return "xlf", xliff.CONTENT_TYPE, documents[sources[0]]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for source, document in documents.items():
            archive.writestr(f"{source}-{language}.xlf", document)
    return "zip", "application/zip", packed.getvalue()


def _parts(cells: Iterable[Translation], only_to_do: bool) -> Iterator[Part]:
    for cell in cells:
        edition = open_edition(cell)
        units = list(_units(edition, only_to_do)) if edition else []
        if units:
            subject = cell.subject
            yield Part(subject.subject, subject.title, subject.kind_name, subject.language, _address(edition), units)


def _address(edition: Edition) -> str:
    source = getattr(edition, "source", None)
    if source is not None:
        return source.full_url or ""
    thing = edition.thing
    return getattr(thing, "full_url", "") or ""


def _units(edition: Edition, only_to_do: bool) -> Iterator[Unit]:
    for row in edition.rows:
        if row.source is None or row.text.kind is Kind.FACT:
            continue
        if only_to_do and row.target.value and not row.is_changed and not row.is_machine:
            continue
        source = coded(row, row.source.value)
        if not source.pieces:
            continue
        present = coded(row, row.target.value)
        beside = present.beside(source)
        yield Unit(
            row.path,
            row.text.label,
            source,
            beside.pieces if beside else None,
            row.target.said,
            present.fingerprint,
            row.is_changed,
            row.is_machine,
            edition.translation.state in ("current", "outdated"),
            row.made_from,
            row.text.max_length,
        )


def coded(row: Row, value: str) -> Coded:
    """A text of a row in pieces."""
    return Coded(value, row.text.kind is Kind.HTML)
