"""Jobs as XLIFF 2.0 (OASIS Standard of 5 August 2014): a file element a page or record, a unit a text, a segment a piece.

Units carry in their id what they were made from: an id is what every tool keeps.
"""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from lxml import etree

from initiative.base import languages
from initiative.translations.jobs.coded import Coded, Mark, Side, tokens, written
from initiative.translations.jobs.unit import BrokenFile, Part, Received, Unit, split_key

CONTENT_TYPE = "application/xliff+xml"
NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_LANG = f"{{{_XML}}}lang"
_STATES = "4p1000"  # whose the finer states are
# What XML can't hold.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TYPES = {
    "a": ("link", ""),
    "b": ("fmt", "xlf:b"),
    "i": ("fmt", "xlf:i"),
    "u": ("fmt", "xlf:u"),
    "br": ("fmt", "xlf:lb"),
}
_RIGHT = ("reviewed", "final")


def write(parts: Iterable[Part], source: str, target: str) -> bytes:
    """The document of a job from one language into another. Parts whose source is another language have no place in it."""
    root = etree.Element(_name("xliff"), nsmap={None: NAMESPACE}, version="2.0", srcLang=source, trgLang=target)
    for number, part in enumerate(parts, start=1):
        directions = {"srcDir": languages.direction(source), "trgDir": languages.direction(target)}
        file = _add(root, "file", id=f"f{number}", original=part.name, canResegment="no", **directions)
        notes = _add(file, "notes")
        _note(notes, "title", f"{part.kind}: {part.title}")
        if part.url:
            _note(notes, "address", part.url)
        for unit in part.units:
            _write_unit(file, unit)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _add(parent, tag: str, **attributes):
    return etree.SubElement(parent, _name(tag), attributes)


def _clean(text: str) -> str:
    return _REFUSED.sub("", text)


def _note(notes, category: str, text: str, side: str = "source") -> None:
    _add(notes, "note", category=category, appliesTo=side).text = _clean(text)


def _write_unit(file, unit: Unit) -> None:
    element = _add(file, "unit", id=unit.key, name=_clean(unit.label))
    notes = _add(element, "notes")
    _note(notes, "context", unit.label)
    if unit.is_changed:
        _note(notes, "before", _("The source said before: %s") % (unit.made_from or "—"))
    if unit.present is None and unit.present_text:
        _note(notes, "present", _("Translated until now: %s") % unit.present_text, "target")
    if unit.max_length:
        _note(notes, "length", _("At most %d letters") % unit.max_length, "target")
    if unit.source.codes:
        data = _add(element, "originalData")
        for number in unit.source.codes:
            for end, markup in zip("se", unit.source.markup(number), strict=True):
                if markup:
                    _add(data, "data", id=f"d{number}{end}").text = _clean(markup)
    for place, piece in enumerate(unit.source.pieces):
        segment = _add(element, "segment", id=f"s{place + 1}", state=_state(unit))
        if sub_state := _sub_state(unit):
            segment.set("subState", sub_state)
        _write_piece(_add(segment, "source"), piece, unit.source)
        if unit.present is not None:
            _write_piece(_add(segment, "target"), unit.present[place], unit.source)


def _state(unit: Unit) -> str:
    if unit.present is None:
        return "initial"
    return "final" if unit.is_published and not unit.is_changed and not unit.is_machine else "translated"


def _sub_state(unit: Unit) -> str:
    if unit.present is None:
        return ""
    return f"{_STATES}:needs-update" if unit.is_changed else f"{_STATES}:machine-made" if unit.is_machine else ""


def _write_piece(element, piece: str, source: Coded) -> None:
    element.set(f"{{{_XML}}}space", "preserve")
    here = [element]
    for part in tokens(piece):
        if isinstance(part, str):
            _append_text(here[-1], _clean(part))
        elif part.side is Side.CLOSE:
            here.pop()
        else:
            code = _write_code(here[-1], part, source)
            if part.side is Side.OPEN:
                here.append(code)


def _append_text(element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _write_code(parent, mark: Mark, source: Coded):
    kind, sub_kind = _TYPES.get(source.codes[mark.number].name, ("fmt", ""))
    attributes = {"id": str(mark.number), "canCopy": "no", "canDelete": "yes" if source.may_go(mark.number) else "no"}
    attributes |= {"type": kind} | ({"subType": sub_kind} if sub_kind else {})
    if mark.side is Side.ALONE:
        return _add(parent, "ph", dataRef=f"d{mark.number}s", **attributes)
    return _add(parent, "pc", dataRefStart=f"d{mark.number}s", dataRefEnd=f"d{mark.number}e", **attributes)


def read(data: bytes) -> tuple[str, list[Received]]:
    """The language that a document was translated into, and what came back. Raises BrokenFile."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BrokenFile(_("This is no XML that can be read: %s") % error.msg) from error
    if root.getroottree().docinfo.doctype:
        raise BrokenFile(_("The file declares a document type or entities. It may be an attack, and isn’t read."))
    if root.tag != _name("xliff"):
        raise BrokenFile(_("This is no XLIFF 2 file. Ask for the file in the version in which it was handed out."))
    target = root.get("trgLang") or ""
    stray = next((one.get(_LANG) for one in root.iter(_name("target")) if one.get(_LANG, target) != target), None)
    if stray is not None:
        raise BrokenFile(
            _("The file says that it is in %(one)s, and within it that it is in %(other)s.")
            % {"one": target, "other": stray}
        )
    return target, list(_units(root))


def _units(root) -> Iterator[Received]:
    for file in root.iterfind(_name("file")):
        for unit in file.iter(_name("unit")):
            segments = unit.findall(_name("segment"))
            path, source, target = split_key(unit.get("id", ""))
            yield Received(
                file.get("original", ""),
                root.get("srcLang", ""),
                path,
                source,
                target,
                [_read_piece(segment.find(_name("target"))) for segment in segments],
                bool(segments) and all(segment.get("state") in _RIGHT for segment in segments),
            )


def _read_piece(target) -> str:
    return "" if target is None else written(list(_parts(target))).strip()


def _parts(element) -> Iterator[str | Mark]:
    """Text and marks of a target. Annotations leave their text; what can't be a number of ours is number 0."""
    yield element.text or ""
    for child in element:
        tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if tag == "pc":
            yield Mark(_number(child.get("id")), Side.OPEN)
            yield from _parts(child)
            yield Mark(_number(child.get("id")), Side.CLOSE)
        elif tag == "sc":
            yield Mark(_number(child.get("id")), Side.OPEN)
        elif tag == "ec":
            yield Mark(_number(child.get("startRef") or child.get("id")), Side.CLOSE)
        elif tag == "ph":
            yield Mark(_number(child.get("id")), Side.ALONE)
        elif tag == "mrk":
            yield from _parts(child)
        yield child.tail or ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 4 else 0
