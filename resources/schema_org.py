"""A resource in the words of schema.org, as JSON-LD."""

from initiative.base import strata
from initiative.base.strata.addresses import cover_path
from initiative.blocks.media import youtube_id
from resources.citations.item import absolute, doi_url, edtf, name_of, publisher
from resources.citations.text import one_line
from resources.enums import Access, Role
from resources.licences import licence_url

_ARTICLES = ("Article", "NewsArticle", "ScholarlyArticle", "Report")
_FILMS = ("Movie", "VideoObject")


def schema_org(resource, item: dict, page: str) -> dict:
    """The resource as a schema.org object, with what is empty left out; `page` is the absolute address of its page."""
    kind = resource.type.schema_type
    address = doi_url(item.get("DOI", ""))
    ends = item.get("issued", {}).get("date-parts", [])
    date = edtf(ends[0]) if ends else ""
    made, topics, image = list(resource.contributions.all()), list(resource.topics.all()), _image(resource)
    data = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": address or page,
        "url": page,
        "mainEntityOfPage": page,
        "name": item["title"],
        "headline": item["title"] if kind in _ARTICLES else "",
        "alternateName": one_line(resource.title_for_reader),
        "inLanguage": item.get("language"),
        "author": _people(made, Role.AUTHOR),
        "editor": _people(made, Role.EDITOR),
        "director": _people(made, Role.DIRECTOR),
        "actor": _people(made, Role.NARRATOR),
        "publisher": _publisher(resource),
        "funder": _people(made, Role.FUNDER),
        "datePublished": date,
        "uploadDate": date if kind == "VideoObject" else "",
        "isPartOf": _part_of(item),
        "pagination": item.get("page"),
        "isBasedOn": item.get("custom", {}).get("replaces"),
        "identifier": [_identifier(name, item[key]) for name, key in (("DOI", "DOI"), ("ISBN", "ISBN")) if key in item],
        "isbn": item.get("ISBN"),
        "sameAs": [found for found in dict.fromkeys([address, item.get("URL")]) if found and found != page],
        "license": licence_url(resource.licence),
        "isAccessibleForFree": {Access.OPEN: True, Access.RESTRICTED: False}.get(resource.access),
        "abstract": item.get("abstract"),
        "description": item.get("abstract"),
        "keywords": [topic.best("name") for topic in topics],
        "about": [_topic(topic) for topic in topics if topic.agrovoc_uri],
        "spatialCoverage": [{"@type": "Place", "name": place.name} for place in resource.places.all()],
        "audience": [{"@type": "Audience", "audienceType": name} for name in resource.audience_names],
        "encoding": [_file(file) for file in resource.files.all()],
        "image": image,
        "thumbnailUrl": image if kind in _FILMS else "",
        "embedUrl": _embedded(resource),
        "dateModified": resource.last_published_at and resource.last_published_at.date().isoformat(),
    }
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}


def _people(made: list, role: str) -> list[dict]:
    return [_maker(one) for one in made if one.role == role]


def _maker(contribution) -> dict:
    name, person = name_of(contribution), contribution.person
    if person is None:
        website = contribution.organisation.website if contribution.organisation else ""
        return {"@type": "Organization", "name": name["literal"], **({"url": website} if website else {})}
    data = {
        "@type": "Person",
        "@id": f"https://orcid.org/{person.orcid}" if person.orcid else "",
        "name": f"{name.get('given', '')} {name['family']}".strip(),
        "givenName": name.get("given"),
        "familyName": name["family"],
    }
    return {key: value for key, value in data.items() if value}


def _publisher(resource) -> dict:
    name = publisher(resource)
    return {"@type": "Organization", "name": name} if name else {}


def _part_of(item: dict) -> dict:
    """What it came out in; for an article the issue, in its volume, in its journal."""
    if not (container := item.get("container-title")):
        return {}
    if not item["type"].startswith("article-"):
        return {"@type": "Book" if item["type"] == "chapter" else "CreativeWorkSeries", "name": container}
    whole = {"@type": "Periodical", "name": container}
    if "volume" in item:
        whole = {"@type": "PublicationVolume", "volumeNumber": item["volume"], "isPartOf": whole}
    if "issue" in item:
        whole = {"@type": "PublicationIssue", "issueNumber": item["issue"], "isPartOf": whole}
    return whole


def _identifier(name: str, value: str) -> dict:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def _topic(topic) -> dict:
    return {"@type": "DefinedTerm", "name": topic.best("name"), "sameAs": topic.agrovoc_uri}


def _file(file) -> dict:
    data = {
        "@type": "MediaObject",
        "contentUrl": absolute(file.href),
        "encodingFormat": file.media_type,
        "inLanguage": file.language,
        "contentSize": f"{file.size} B" if file.size else "",
        "sha256": file.sha256,
    }
    return {name: value for name, value in data.items() if value}


def _image(resource) -> str:
    """Its own cover, else the one that is drawn from the record."""
    if resource.cover:
        return absolute(resource.cover.file.url)
    return absolute(cover_path(strata.Recipe.of(**resource.cover_parameters)))


def _embedded(resource) -> str:
    film = youtube_id(resource.video_url)
    return f"https://www.youtube-nocookie.com/embed/{film}" if film else ""
