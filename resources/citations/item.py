"""A resource as an item of the Citation Style Language (CSL-JSON, schema 1.0.2)."""

import re
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext

from initiative.base import dates
from resources.citations.text import one_line, paragraphs
from resources.enums import Role

# Between the topics in `keyword`, for which CSL names no separator.
KEYWORD_SEPARATOR = "; "
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DASH = re.compile(r"\s*[-‐‑‒–—]+\s*")


def citation_item(resource) -> dict:
    """The resource in CSL-JSON, with what is empty left out. Topics and abstract are in the active language or the best
    other, all else is the same in each.

    What CSL has no word for is in `custom`: `others` is true where the work has more authors than those named; `replaces`
    and `replaced_by` are the pages of the versions before and after it, of a resource read `with_versions()`.
    """
    made = list(resource.contributions.all())
    custom = {
        "others": bool(resource.others and resource.makers),
        "replaces": version_url(resource, resource.older_slug),
        "replaced_by": version_url(resource, resource.newer_slug),
    }
    item = {
        "id": resource.slug,
        "type": resource.type.csl_type,
        "title": one_line(resource.title),
        "author": names(made, Role.AUTHOR),
        "editor": names(made, Role.EDITOR),
        "director": names(made, Role.DIRECTOR),
        "narrator": names(made, Role.NARRATOR),
        "issued": issued(resource.issued),
        "container-title": one_line(resource.container),
        "volume": one_line(resource.volume),
        "issue": one_line(resource.issue),
        "page": _DASH.sub("-", one_line(resource.pages)),
        "publisher": publisher(resource),
        "DOI": doi(resource),
        "ISBN": one_line(resource.isbn),
        "URL": work_url(resource),
        "language": resource.language,
        "abstract": paragraphs(resource.best("abstract")),
        "keyword": KEYWORD_SEPARATOR.join(one_line(topic.best("name")) for topic in resource.topics.all()),
        "custom": {name: value for name, value in custom.items() if value},
    }
    return {name: value for name, value in item.items() if value}


def version_notes(item: dict) -> list[str]:
    """The versions before and after an item in words, for formats that know none."""
    custom = item.get("custom", {})
    notes = [
        custom.get("replaced_by") and gettext("Newer version: %(url)s") % {"url": custom["replaced_by"]},
        custom.get("replaces") and gettext("Older version: %(url)s") % {"url": custom["replaces"]},
    ]
    return [note for note in notes if note]


def name_of(contribution) -> dict:
    """Who contributed: `{"family", "given"}` for a person, `{"literal"}` for an organisation."""
    if contribution.person is None:
        return {"literal": one_line(contribution.name)}
    given, family = one_line(contribution.person.given_name), one_line(contribution.person.family_name)
    return {"family": family, "given": given} if given else {"family": family}


def names(contributions: list, role: str) -> list[dict]:
    """Those of a role, in order."""
    return [name_of(contribution) for contribution in contributions if contribution.role == role]


def issued(text: str) -> dict:
    """An EDTF date or interval as CSL writes it: `{"date-parts": [[2022, 5]]}`, of two lists for an interval. What is no
    date is passed on as `{"literal"}`; nothing where there is nothing."""
    if not text:
        return {}
    try:
        dates.first_day(text), dates.last_day(text)
    except ValueError:
        return {"literal": one_line(text)}
    ends = dict.fromkeys(text.split("/"))
    return {"date-parts": [[int(part) for part in end.split("-")] for end in ends]}


def edtf(parts: list[int]) -> str:
    """A date of year, month and day, or fewer of them, as EDTF and ISO 8601 write it: `2022-05`."""
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])


def whole_date(item: dict) -> str:
    """The date of an item as EDTF writes it, or both ends of an interval; empty where it is no date."""
    return "/".join(edtf(parts) for parts in item.get("issued", {}).get("date-parts", []))


def full_name(name: dict) -> str:
    """A CSL name as one says it: `Rattan Lal`."""
    return name.get("literal") or f"{name.get('given', '')} {name['family']}".strip()


def sorted_name(name: dict) -> str:
    """A CSL name as lists have it: `Lal, Rattan`."""
    return name.get("literal") or ", ".join(part for part in (name["family"], name.get("given")) if part)


def publisher(resource) -> str:
    """Its publisher as printed, else the organisations that are named as publishers."""
    named = [one_line(one.name) for one in resource.contributions.all() if one.role == Role.PUBLISHER]
    return one_line(resource.publisher) or "; ".join(named)


def doi(resource) -> str:
    """Its DOI without an address before it; empty where what was entered is none."""
    found = _DOI.search(one_line(resource.doi))
    return found[0] if found else ""


def doi_url(doi: str) -> str:
    """Where a DOI leads; empty for none."""
    return f"https://doi.org/{quote(doi, safe='/:;()[]@!$&*+,=~')}" if doi else ""


def work_url(resource) -> str:
    """Where the work is: its own address, else its page here if a file of it is kept here. Absolute, or empty."""
    if resource.url:
        return one_line(resource.url)
    kept_here = any(file.document_id for file in resource.files.all())
    return page_url(resource) if kept_here else ""


def page_url(resource) -> str:
    """The absolute address of its page in the active language; empty while the library isn't published."""
    return absolute(resource.get_url())


def version_url(resource, slug: str | None) -> str:
    """The same of another version of it; empty where there is none."""
    landing = resource.get_url().removesuffix(f"{resource.slug}/") if slug else ""
    return absolute(f"{landing}{slug}/") if landing else ""


def absolute(path: str) -> str:
    """The absolute address of a path on this site; other addresses, and an empty one, as they are."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path
