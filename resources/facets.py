"""The library's facets, declared once."""

from django.utils.translation import gettext_lazy as _

from committee.queries import priority_options
from initiative.base import languages
from initiative.base.facets import Facet, Option
from initiative.search import facet_values
from resources.enums import Access
from resources.queries import slugs, topic_keys, topic_options

KIND = "resource"
# Between a title and its translation, as in library catalogues (ISBD).
PARALLEL = " = "


def _types() -> list[Option]:
    from resources.models import ResourceType

    return [Option(term.key, term.name, slugs(term), term.depth, term.soil) for term in ResourceType.objects.as_tree()]


def _priorities() -> list[Option]:
    return [Option(key, title) for key, title in priority_options()]


def _languages() -> list[Option]:
    options = [Option(code, languages.language_name(code)) for code in facet_values(KIND, "language")]
    return sorted(options, key=lambda option: option.label)


def _access() -> list[Option]:
    return [Option(Access.OPEN.value, Access.OPEN.label)]


FACETS = [
    Facet("type", _("Type"), _types),
    Facet("topic", _("Topic"), topic_options),
    Facet("language", _("Language of the files"), _languages),
    Facet("priority", _("Research priority"), _priorities),
    Facet("access", _("Access"), _access),
]


def facet_document(resource) -> dict[str, list[str]]:
    """A resource's values for the index. A type or topic counts for all that it is part of."""
    types = [resource.type, resource.type.parent] if resource.type.parent_id else [resource.type]
    return {
        "type": [term.key for term in types],
        "topic": topic_keys(resource.topics.all()),
        "language": resource.file_languages,
        "priority": [priority.key for priority in resource.priorities.all()],
        "access": [resource.access],
        "archived": ["yes" if resource.archived else "no"],
        "spotlight": ["yes" if resource.spotlight else "no"],
        "year": [str(resource.year)] if resource.year else [],
        "place": [place.code for place in resource.places.all()],
    }
