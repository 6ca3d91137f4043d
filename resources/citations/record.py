"""All that is public of a resource, in one dictionary: see docs/formats.md for what each field means."""

from initiative.base import languages
from resources.citations.item import absolute, doi, name_of, page_url, publisher
from resources.citations.text import one_line, paragraphs
from resources.enums import Access
from resources.licences import licence_url


def public_record(resource) -> dict:
    """A resource read `with_versions`, as JSON shows it: every field is there, empty ones as `""`, `[]`, `{}` or None.

    Labels and `url` are in the active language; texts with a translation are given in each language they are written in.
    """
    return {
        "id": str(resource.identity),
        "slug": resource.slug,
        "url": page_url(resource),
        "type": {"key": resource.type.key, "label": one_line(resource.type.best("singular"))},
        "title": one_line(resource.title),
        "language": resource.language,
        "title_translations": _in_each_language(resource, "title_translation", one_line),
        "contributors": [_contributor(contribution) for contribution in resource.contributions.all()],
        "and_others": resource.others,
        "container": one_line(resource.container),
        "volume": one_line(resource.volume),
        "issue": one_line(resource.issue),
        "pages": one_line(resource.pages),
        "publisher": publisher(resource),
        "issued": one_line(resource.issued),
        "doi": doi(resource),
        "isbn": one_line(resource.isbn),
        "link": one_line(resource.url),
        "licence": resource.licence,
        "licence_url": licence_url(resource.licence),
        "open_access": {Access.OPEN: True, Access.RESTRICTED: False}.get(resource.access),
        "abstracts": _in_each_language(resource, "abstract", paragraphs),
        "topics": [{"key": topic.key, "label": one_line(topic.best("name"))} for topic in resource.topics.all()],
        "places": [{"code": place.code, "label": place.name} for place in resource.places.all()],
        "research_priorities": [
            {"number": priority.number, "label": one_line(priority.title)} for priority in resource.priorities.all()
        ],
        "audiences": resource.audiences,
        "files": [
            {
                "url": absolute(file.href),
                "media_type": file.media_type,
                "language": file.language,
                "bytes": file.size,
                "sha256": file.sha256,
            }
            for file in resource.files.all()
        ],
        "video": one_line(resource.video_url),
        "archived": resource.archived,
        "replaces": resource.older_identity,
        "replaced_by": resource.newer_identity,
        "published": _moment(resource.first_published_at),
        "updated": _moment(resource.last_published_at),
    }


def _contributor(contribution) -> dict:
    orcid = contribution.person.orcid if contribution.person else ""
    return {"role": contribution.role, **name_of(contribution), **({"orcid": orcid} if orcid else {})}


def _in_each_language(resource, field: str, clean) -> dict[str, str]:
    texts = ((code, clean(resource.text_in(field, code))) for code in languages.codes())
    return {code: text for code, text in texts if text}


def _moment(when) -> str | None:
    return when.isoformat(timespec="seconds").replace("+00:00", "Z") if when else None
