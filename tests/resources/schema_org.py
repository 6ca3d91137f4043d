"""What search engines want of a schema.org object, by its type."""

_ALWAYS = ["@context", "@type", "@id", "name", "url", "inLanguage", "image"]
_BY_TYPE = {
    "ScholarlyArticle": ["headline"],
    "NewsArticle": ["headline"],
    "Article": ["headline"],
    "Report": ["headline"],
    "VideoObject": ["thumbnailUrl"],
    "Movie": ["image"],
}
# Properties of parts: type → what each object of that type has.
_PARTS = {
    "Person": ["name", "familyName"],
    "Organization": ["name"],
    "PropertyValue": ["propertyID", "value"],
    "MediaObject": ["contentUrl", "encodingFormat"],
    "Place": ["name"],
    "Periodical": ["name"],
    "PublicationVolume": ["volumeNumber", "isPartOf"],
    "PublicationIssue": ["issueNumber", "isPartOf"],
    "Book": ["name"],
    "CreativeWorkSeries": ["name"],
    "DefinedTerm": ["name", "sameAs"],
    "Audience": ["audienceType"],
}


def missing_properties(data: dict) -> list[str]:
    """What is missing, empty, or of an unknown type; nothing where all is well."""
    wanted = [*_ALWAYS, *_BY_TYPE.get(data.get("@type", ""), [])]
    missing = [name for name in wanted if not data.get(name)]
    missing += [name for name, value in data.items() if value in ("", None, [], {})]
    missing += [name for name in ("@id", "url", "image") if not data.get(name, "").startswith(("http://", "https://"))]
    return missing + [wrong for value in data.values() for wrong in _missing_in_parts(value)]


def _missing_in_parts(value) -> list[str]:
    if isinstance(value, list):
        return [wrong for one in value for wrong in _missing_in_parts(one)]
    if not isinstance(value, dict):
        return []
    kind = value.get("@type")
    if kind not in _PARTS:
        return [f"unknown type {kind}"]
    missing = [f"{kind}.{name}" for name in _PARTS[kind] if not value.get(name)]
    return missing + [wrong for one in value.values() for wrong in _missing_in_parts(one)]
