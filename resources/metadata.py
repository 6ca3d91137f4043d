"""What the page of a resource says to machines: typed links (FAIR Signposting), Highwire and Dublin Core, schema.org."""

import json

from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe

from initiative.base import languages
from initiative.base.head import Head, Link, Meta
from resources import exports
from resources.citations.item import (
    KEYWORD_SEPARATOR,
    absolute,
    doi_url,
    edtf,
    full_name,
    name_of,
    page_url,
    sorted_name,
    whole_date,
)
from resources.citations.text import one_line
from resources.enums import Licence
from resources.licences import licence_url
from resources.schema_org import schema_org

# Of each relation in the HTTP header, which servers and proxies limit; the page's head has them all.
_IN_HEADER = 20
# Where a type of work keeps what it came out in, and who brought it out.
_CONTAINERS = {"chapter": "citation_inbook_title", "book": "citation_series_title", "report": "citation_series_title"}
_PUBLISHERS = {"report": "citation_technical_report_institution"}
_REPLACEMENTS = [("DCTERMS.replaces", "predecessor-version"), ("DCTERMS.isReplacedBy", "successor-version")]


def describe(head: Head, resource, item: dict) -> None:
    """Let a head tell of a resource, which `item` says in CSL-JSON. No statement beyond those that brought the resource with
    all that its page shows."""
    head.feeds = exports.announcements(item["title"], exports.cite_path(resource))
    head.links = _links(head, resource, item)
    head.metas = [*_highwire(resource, item), *_dublin_core(resource, item)]
    head.json_ld = _data_block(schema_org(resource, item, absolute(head.canonical)))


def link_header(head: Head) -> str:
    """The head's typed links as the value of an HTTP `Link` header."""
    seen: dict[str, int] = {}
    written = []
    for link in head.links:
        seen[link.rel] = seen.get(link.rel, 0) + 1
        if seen[link.rel] <= _IN_HEADER:
            media_type = f'; type="{link.type}"' if link.type else ""
            written.append(f'<{iri_to_uri(link.href)}>; rel="{link.rel}"{media_type}')
    return ", ".join(written)


def _links(head: Head, resource, item: dict) -> list[Link]:
    licence = licence_url(resource.licence)
    people = [contribution.person for contribution in resource.makers if contribution.person]
    described = exports.links(exports.cite_path(resource)) if resource.path else []
    return [
        Link("cite-as", doi_url(item.get("DOI", "")) or absolute(head.canonical)),
        Link("type", "https://schema.org/AboutPage"),
        Link("type", f"https://schema.org/{resource.type.schema_type}"),
        *(Link("author", f"https://orcid.org/{person.orcid}") for person in people if person.orcid),
        *(Link("describedby", absolute(link["url"]), link["type"]) for link in described),
        *(Link("item", absolute(file.href), file.media_type) for file in resource.files.all()),
        *([Link("license", licence)] if licence else []),
        *(Link(rel, absolute(version.path)) for rel, version in _versions(resource).items()),
    ]


def _versions(resource) -> dict:
    """Relation of RFC 5829 → the version it leads to, of a resource that was read with what is around it."""
    around = getattr(resource, "surroundings", None)
    if not around:
        return {}
    found = {
        "latest-version": around.newest,
        "successor-version": around.newer,
        "predecessor-version": around.older,
    }
    return {rel: version for rel, version in found.items() if version}


def _highwire(resource, item: dict) -> list[Meta]:
    """The tags that Google Scholar and Zotero read."""
    kind = item["type"]
    first, _dash, last = item.get("page", "").partition("-")
    pdfs = [file for file in resource.files.all() if file.media_type == "application/pdf"]
    pairs = [("citation_title", item["title"])]
    for contribution in resource.makers:
        person = contribution.person
        role = "citation_editor" if contribution.role == "editor" else "citation_author"
        pairs.append((role, sorted_name(name_of(contribution))))
        pairs.append((f"{role}_orcid", f"https://orcid.org/{person.orcid}" if person and person.orcid else ""))
    pairs += [
        ("citation_publication_date", _slashed(item)),
        (_CONTAINERS.get(kind, "citation_journal_title"), item.get("container-title")),
        ("citation_volume", item.get("volume")),
        ("citation_issue", item.get("issue")),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        (_PUBLISHERS.get(kind, "citation_publisher"), item.get("publisher")),
        ("citation_doi", item.get("DOI")),
        ("citation_isbn", item.get("ISBN")),
        ("citation_language", item.get("language")),
        *(("citation_keywords", word) for word in item.get("keyword", "").split(KEYWORD_SEPARATOR)),
        ("citation_abstract_html_url", page_url(resource)),
        *(("citation_pdf_url", absolute(file.href)) for file in pdfs),
    ]
    return [Meta(name, content) for name, content in pairs if content]


def _slashed(item: dict) -> str:
    """The date, or the first of an interval, as Google Scholar wants it: `2022/05/31`."""
    ends = item.get("issued", {}).get("date-parts", [])
    return edtf(ends[0]).replace("-", "/") if ends else ""


def _dublin_core(resource, item: dict) -> list[Meta]:
    shown = resource.shown_language()
    licence = licence_url(resource.licence) or (resource.licence and Licence(resource.licence).label)
    versions = _versions(resource)
    identifiers = [doi_url(item.get("DOI", "")), item.get("ISBN") and f"urn:isbn:{item['ISBN']}", page_url(resource)]
    rows = [
        ("DC.title", item["title"], resource.language),
        ("DC.title.alternative", one_line(resource.title_for_reader), languages.current()),
        *(("DC.creator", full_name(name), "") for role in ("author", "director") for name in item.get(role, [])),
        *(("DC.contributor", full_name(name), "") for role in ("editor", "narrator") for name in item.get(role, [])),
        ("DC.date", whole_date(item), ""),
        ("DC.publisher", item.get("publisher"), ""),
        *(("DC.identifier", identifier, "") for identifier in identifiers),
        ("DC.language", item.get("language"), ""),
        ("DC.type", resource.type.schema_type, ""),
        *(("DC.format", file.media_type, "") for file in resource.files.all()),
        *(("DC.subject", word, languages.current()) for word in item.get("keyword", "").split(KEYWORD_SEPARATOR)),
        *(("DC.coverage", place.name, languages.current()) for place in resource.places.all()),
        ("DC.rights", str(licence), ""),
        ("DC.relation", item.get("URL"), ""),
        *((name, page_url(versions[rel]), "") for name, rel in _REPLACEMENTS if rel in versions),
        ("DC.description", item.get("abstract"), shown),
    ]
    return [Meta(name, content, language) for name, content, language in rows if content]


def _data_block(data: dict) -> SafeString:
    """JSON for a script element that is never run: nothing in it can end the element, or begin another."""
    text = json.dumps(data, ensure_ascii=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04X}")
    return mark_safe(text)  # noqa: S308  (see above)
