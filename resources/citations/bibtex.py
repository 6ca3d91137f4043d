"""BibTeX, in UTF-8: read by BibTeX, BibLaTeX and every reference manager."""

import re

from django.utils.translation import gettext

from resources.citations.item import KEYWORD_SEPARATOR, edtf, full_name, version_notes
from resources.citations.text import one_line

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "report": "techreport",
}
# Where a type keeps what the work came out in, and who brought it out.
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "misc": "howpublished"}
_PUBLISHERS = {"techreport": "institution"}

# BibTeX counts braces even behind a backslash, so they are written by name; and takes only a command in braces for a letter.
_ESCAPES = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{letter: f"\\{letter}" for letter in "&%$#_"},
    }
)
# Addresses stand as they are: \url takes them letter by letter. Only what would end the field, or a comment, must go.
_IN_ADDRESSES = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

_SIGNS_AROUND = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_INNER_LETTER = re.compile(r"(?<=\w)[^\W\d_]")
_SENTENCE_END = (":", ".", "?", "!", "–", "—")


def bibtex_entry(item: dict) -> str:
    """A CSL-JSON item as one BibTeX entry, ending in a line break. Its key is the item's `id`."""
    kind = _TYPES.get(item["type"], "misc")
    lines = [f"  {name} = {value}," for name, value in _fields(item, kind) if value]
    return "\n".join([f"@{kind}{{{item['id']},", *lines, "}"]) + "\n"


def _fields(item: dict, kind: str):
    others = " and others" if item.get("custom", {}).get("others") else ""
    # There is no field for directors: a film is cited under them.
    authors = _names(item.get("author") or item.get("director", []))
    editors = _names(item.get("editor", []))
    yield "title", f"{{{_title(item['title'])}}}"
    yield "author", authors and f"{{{authors}{others}}}"
    yield "editor", editors and f"{{{editors}{'' if authors else others}}}"
    yield from _date(item.get("issued", {}))
    yield _CONTAINERS.get(kind, "series"), _text(item.get("container-title"))
    yield "volume", _text(item.get("volume"))
    yield "number", _text(item.get("issue"))
    yield "pages", _text(item.get("page", "").replace("-", "--"))
    yield _PUBLISHERS.get(kind, "publisher"), _text(item.get("publisher"))
    yield "doi", _address(item.get("DOI"))
    yield "isbn", _text(item.get("ISBN"))
    yield "url", _address(item.get("URL"))
    yield "language", _text(item.get("language"))
    yield "keywords", _keywords(item.get("keyword"))
    yield "note", _note(item)
    # Kept by reference managers, and printed by no common style.
    yield "annote", _text(" ".join(version_notes(item)))
    yield "abstract", _text(item.get("abstract"))


def _escaped(text: str) -> str:
    return one_line(text).translate(_ESCAPES)


def _text(text: str | None) -> str:
    return f"{{{_escaped(text)}}}" if text else ""


def _address(text: str | None) -> str:
    return f"{{{text.translate(_IN_ADDRESSES)}}}" if text else ""


def _date(issued: dict):
    """BibTeX knows year and month, BibLaTeX the whole date."""
    ends = issued.get("date-parts", [])
    if not ends:
        yield "year", _text(issued.get("literal"))
        return
    first = ends[0]
    yield "year", f"{{{first[0]:04}}}"
    yield "month", _MONTHS[first[1] - 1] if len(first) > 1 else ""
    yield "date", "{" + "/".join(edtf(parts) for parts in ends) + "}"


def _names(people: list[dict]) -> str:
    return " and ".join(_name(name) for name in people)


def _name(name: dict) -> str:
    """`Family, Given`. Braces keep together what BibTeX would take apart: names of organisations, and names with a
    comma or an “and” in them."""
    if "literal" in name:
        return f"{{{_escaped(name['literal'])}}}"
    family, given = _escaped(name["family"]), _escaped(name.get("given", ""))
    if not given:
        return f"{{{family}}}"
    return f"{_together(family)}, {_together(given)}"


def _together(part: str) -> str:
    apart = "," in part or re.search(r"\band\b", part, re.IGNORECASE)
    return f"{{{part}}}" if apart else part


def _title(title: str) -> str:
    """The title with braces around words whose capitals no style may take away: acronyms and, where the title isn't
    in title case, names."""
    words = title.split(" ")
    starts = [index == 0 or words[index - 1].endswith(_SENTENCE_END) for index in range(len(words))]
    weighty = [word for word, first in zip(words, starts, strict=True) if not first and len(word) > 3]
    in_title_case = 2 * sum(_is_capital(word) for word in weighty) > len(weighty)
    kept = (
        _has_inner_capital(word) or (_is_capital(word) and not first and not in_title_case)
        for word, first in zip(words, starts, strict=True)
    )
    return " ".join(_kept(word) if keep else word.translate(_ESCAPES) for word, keep in zip(words, kept, strict=True))


def _kept(word: str) -> str:
    """A word in braces, the signs around it outside."""
    before, core, after = (part.translate(_ESCAPES) for part in _SIGNS_AROUND.fullmatch(word).groups())
    return f"{before}{{{core}}}{after}"


def _is_capital(word: str) -> bool:
    return next((letter.isupper() for letter in word if letter.isalnum()), False)


def _has_inner_capital(word: str) -> bool:
    return any(letter.isupper() for letter in _INNER_LETTER.findall(word))


def _keywords(keyword: str | None) -> str:
    words = [_escaped(word) for word in (keyword or "").split(KEYWORD_SEPARATOR) if word]
    return f"{{{', '.join(f'{{{word}}}' if ',' in word else word for word in words)}}}" if words else ""


def _note(item: dict) -> str:
    narrators = ", ".join(full_name(name) for name in item.get("narrator", []))
    return _text(gettext("Narrator: %(names)s") % {"names": narrators}) if narrators else ""
