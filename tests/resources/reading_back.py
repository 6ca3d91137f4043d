"""What each format says of a work, read by the libraries that others read it with."""

import csv
import io
import json
import re
from dataclasses import dataclass, field

import bibtexparser
import feedparser
import rispy
from bibtexparser import middlewares
from pylatexenc.latex2text import LatexNodes2Text

from resources.enums import Role


@dataclass
class Told:
    """What every format must agree on. Names are `Family, Given`, or an organisation's; the date is EDTF; of other versions
    the last part of their addresses."""

    title: str
    makers: list[str]
    editors: list[str] = field(default_factory=list)
    date: str = ""
    doi: str = ""
    url: str = ""
    replaces: str = ""
    replaced_by: str = ""


def of_record(resource) -> Told:
    """The same from the record itself. A film is made by its directors."""
    doi = re.search(r"10\.\d{4,9}/\S+", resource.doi)
    return Told(
        title=squeezed(resource.title),
        makers=_names_of(resource, Role.AUTHOR) or _names_of(resource, Role.DIRECTOR),
        editors=_names_of(resource, Role.EDITOR),
        date=resource.issued,
        doi=doi[0] if doi else "",
        url=resource.url,
        replaces=resource.older_slug or "",
        replaced_by=resource.newer_slug or "",
    )


def slug_of(address: str) -> str:
    """The last part of an address."""
    return address.rstrip("/").rpartition("/")[2]


def _in_words(notes: str) -> dict[str, str]:
    """The versions that notes tell of."""
    older, newer = (re.search(rf"{which} version: (\S+)", notes) for which in ("Older", "Newer"))
    return {"replaces": slug_of(older[1]) if older else "", "replaced_by": slug_of(newer[1]) if newer else ""}


def _names_of(resource, role) -> list[str]:
    names = []
    for contribution in resource.contributions.all():
        person = contribution.person
        if contribution.role == role:
            names.append(squeezed(joined(person.family_name, person.given_name) if person else contribution.name))
    return names


def names_as_said(resource, *roles) -> list[str]:
    """`Ada Loam`, of those who have one of the roles; authors and directors by default."""
    roles = roles or (Role.AUTHOR, Role.DIRECTOR)
    return [squeezed(one.name) for one in resource.contributions.all() if one.role in roles]


def squeezed(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def joined(family: str, given: str) -> str:
    return f"{family}, {given}" if given else family


def from_bibtex(text: str) -> dict[str, Told]:
    """Citation key → what is said; names as TeX prints them."""
    names = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    library = bibtexparser.parse_string(text, append_middleware=names)
    assert library.failed_blocks == []
    return {entry.key: _from_bibtex_entry(entry) for entry in library.entries}


def _from_bibtex_entry(entry) -> Told:
    told = {key: one.value for key, one in entry.fields_dict.items()}
    date = told.get("date", "")
    assert told.get("year", "") == date[:4]
    assert "month" not in told or _MONTHS.index(told["month"]) + 1 == int(date[5:7])
    return Told(
        title=_printed(told["title"]),
        makers=_bibtex_names(told.get("author", [])),
        editors=_bibtex_names(told.get("editor", [])),
        date=date,
        doi=told.get("doi", ""),
        url=told.get("url", ""),
        **_in_words(_printed(told.get("annote", ""))),
    )


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def _printed(text: str) -> str:
    """As TeX prints it; pylatexenc doesn't know braces by their names."""
    named = text.replace(r"{\textbraceleft}", r"\{").replace(r"{\textbraceright}", r"\}")
    return LatexNodes2Text().latex_to_text(named)


def _bibtex_names(names) -> list[str]:
    split = [(" ".join([*name.von, *name.last]), " ".join(name.first)) for name in names]
    return [joined(_printed(family), _printed(given)) for family, given in split if family != "others"]


def from_ris(text: str) -> dict[str, Told]:
    """ID → what is said."""
    return {entry["id"]: _from_ris_entry(entry) for entry in rispy.loads(text)}


def _from_ris_entry(entry: dict) -> Told:
    year, month, day, until = (*entry.get("date", "///").split("/", 3),)
    date = "-".join(part for part in (year, month, day) if part)
    assert entry.get("year", "") == year
    return Told(
        title=entry["title"],
        makers=entry.get("authors", []),
        editors=entry.get("secondary_authors")
        or entry.get("unknown_tag", {}).get("ED", []),  # which rispy doesn't know
        date=f"{date}/{until.removeprefix('until ')}" if until else date,
        doi=entry.get("doi", ""),
        url=(entry.get("urls") or [""])[0],
        **_in_words(" ".join(entry.get("notes", []))),
    )


def from_csl(text: str) -> dict[str, Told]:
    """id → what is said."""
    return {item["id"]: _from_csl_item(item) for item in json.loads(text)}


def _from_csl_item(item: dict) -> Told:
    return Told(
        title=item["title"],
        makers=[_csl_name(name) for name in item.get("author") or item.get("director", [])],
        editors=[_csl_name(name) for name in item.get("editor", [])],
        date="/".join(
            "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
            for parts in item.get("issued", {}).get("date-parts", [])
        ),
        doi=item.get("DOI", ""),
        url=item.get("URL", ""),
        replaces=slug_of(item.get("custom", {}).get("replaces", "")),
        replaced_by=slug_of(item.get("custom", {}).get("replaced_by", "")),
    )


def _csl_name(name: dict) -> str:
    return name.get("literal") or joined(name["family"], name.get("given", ""))


def from_csv(text: str) -> dict[str, Told]:
    """Last part of the address → what is said, with the names of a cell as one; the apostrophe before what looks like a
    formula is taken off."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    told = ({name: re.sub(r"^'(?=\s*[=+\-@＝＋－＠])", "", cell) for name, cell in row.items()} for row in rows)
    return {
        slug_of(row["url"]): Told(
            title=row["title"],
            makers=[row["authors"] or row["directors"]],
            editors=[row["editors"]],
            date=row["date"],
            doi=row["doi"],
            url=row["link"],
            replaces=row["replaces"],
            replaced_by=row["replaced_by"],
        )
        for row in told
    }


def from_json(text: str) -> dict[str, Told]:
    """Slug → what is said."""
    return {record["slug"]: _from_json_record(record) for record in json.loads(text)}


def _from_json_record(record: dict) -> Told:
    def named(role):
        return [_csl_name(one) for one in record["contributors"] if one["role"] == role]

    return Told(
        title=record["title"],
        makers=named("author") or named("director"),
        editors=named("editor"),
        date=record["issued"],
        doi=record["doi"],
        url=record["link"],
        replaces=record["replaces"] or "",
        replaced_by=record["replaced_by"] or "",
    )


def from_metas(metas) -> Told:
    """What the `citation_*` tags say; they know no month without a day before it, and no interval."""

    def contents(name):
        return [meta.content for meta in metas if meta.name == name]

    def content(name):
        return (contents(name) or [""])[0]

    return Told(
        title=content("citation_title"),
        makers=contents("citation_author"),
        editors=contents("citation_editor"),
        date=content("citation_publication_date").replace("/", "-"),
        doi=content("citation_doi"),
    )


def from_dublin_core(metas) -> Told:
    """What the `DC.*` tags say; names as one says them."""

    def contents(name):
        return [meta.content for meta in metas if meta.name == name]

    dois = [one.removeprefix("https://doi.org/") for one in contents("DC.identifier") if "//doi.org/" in one]
    return Told(
        title=contents("DC.title")[0],
        makers=contents("DC.creator"),
        date=(contents("DC.date") or [""])[0],
        doi=(dois or [""])[0],
        url=(contents("DC.relation") or [""])[0],
    )


def from_json_ld(text: str) -> Told:
    """What schema.org's words say."""
    data = json.loads(text)
    dois = [one["value"] for one in data.get("identifier", []) if one["propertyID"] == "DOI"]
    return Told(
        title=data["name"],
        makers=[_schema_name(one) for one in data.get("author") or data.get("director", [])],
        editors=[_schema_name(one) for one in data.get("editor", [])],
        date=data.get("datePublished", ""),
        doi=(dois or [""])[0],
        replaces=slug_of(data.get("isBasedOn", "")),
    )


def _schema_name(one: dict) -> str:
    return joined(one["familyName"], one.get("givenName", "")) if one["@type"] == "Person" else one["name"]


def from_atom(text: bytes) -> dict[str, Told]:
    """Last part of the address → what is said; names as one says them."""
    feed = feedparser.parse(text)
    assert not feed.bozo, feed.get("bozo_exception")
    return {slug_of(entry.link): _from_atom_entry(entry) for entry in feed.entries}


def _from_atom_entry(entry) -> Told:
    links = {link.rel: slug_of(link.href) for link in entry.links}
    return Told(
        title=entry.title,
        makers=[author.name for author in entry.get("authors", [])],
        date=entry.get("prism_publicationdate", ""),
        doi=entry.get("prism_doi", ""),
        replaces=links.get("predecessor-version", ""),
        replaced_by=links.get("successor-version", ""),
    )
