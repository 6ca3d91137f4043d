"""RIS, in UTF-8: read by EndNote, Zotero, Mendeley and library catalogues."""

from django.utils.translation import gettext

from resources.citations.item import KEYWORD_SEPARATOR, edtf, full_name, sorted_name, version_notes
from resources.citations.text import one_line

_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "broadcast": "SOUND",
    "chapter": "CHAP",
    "dataset": "DATA",
    "graphic": "FIGURE",
    "motion_picture": "VIDEO",
    "periodical": "SER",
    "report": "RPRT",
    "software": "COMP",
    "webpage": "ELEC",
}
_LINE = "\r\n"


def ris_entry(item: dict) -> str:
    """A CSL-JSON item as one RIS record, with an empty line after it."""
    lines = [("TY", _TYPES.get(item["type"], "GEN")), *_fields(item)]
    written = [f"{tag}  - {one_line(value)}" for tag, value in lines if value]
    return _LINE.join([*written, "ER  - ", "", ""])


def _fields(item: dict):
    yield "ID", item["id"]
    yield "TI", item["title"]
    # A film's directors are its authors in RIS.
    for name in item.get("author") or item.get("director", []):
        yield "AU", sorted_name(name)
    for name in item.get("editor", []):
        # Of a chapter, the second authors are the editors; elsewhere they edit the series.
        yield "A2" if item["type"] == "chapter" else "ED", sorted_name(name)
    yield from _date(item.get("issued", {}))
    yield "T2", item.get("container-title")
    yield "VL", item.get("volume")
    yield "IS", item.get("issue")
    yield from _pages(item.get("page", ""))
    yield "PB", item.get("publisher")
    yield "DO", item.get("DOI")
    yield "SN", item.get("ISBN")
    yield "UR", item.get("URL")
    yield "LA", item.get("language")
    for word in item.get("keyword", "").split(KEYWORD_SEPARATOR):
        yield "KW", word
    yield from _notes(item)
    yield "AB", item.get("abstract")


def _date(issued: dict):
    """The year, and the date as `YYYY/MM/DD/other`; the last day of an interval is among the other."""
    ends = issued.get("date-parts", [])
    if not ends:
        yield "DA", f"///{issued['literal']}" if "literal" in issued else ""
        return
    year, month, day = (*edtf(ends[0]).split("-"), "", "")[:3]
    until = f"until {edtf(ends[1])}" if len(ends) > 1 else ""
    yield "PY", year
    yield "DA", f"{year}/{month}/{day}/{until}"


def _pages(page: str):
    first, dash, last = page.partition("-")
    if "-" in last or "," in last or (dash and not (first and last)):
        first, last = page, ""
    yield "SP", first
    yield "EP", last


def _notes(item: dict):
    if item.get("custom", {}).get("others"):
        yield "N1", gettext("There are more authors than those named.")
    narrators = ", ".join(full_name(name) for name in item.get("narrator", []))
    if narrators:
        yield "N1", gettext("Narrator: %(names)s") % {"names": narrators}
    for note in version_notes(item):
        yield "N1", note
