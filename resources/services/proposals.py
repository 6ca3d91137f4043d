"""What partners propose for the library."""

from django.utils import translation
from django.utils.text import slugify
from modeltranslation.utils import build_localized_fieldname

from resources.models import Resource, ResourceType


def draft_proposal(
    *, title: str, language: str, type_key: str, url: str, year: int | None, abstract: str, spoken: str, mark: str, user
) -> Resource:
    """A draft in the library, for editors to complete and publish; `abstract` is in the language `spoken`, and `mark` makes its
    slug its own. Raises ResourceType.DoesNotExist, ValidationError."""
    resource = Resource(
        title=title,
        language=language,
        type=ResourceType.objects.get(key=type_key),
        url=url,
        issued=str(year or ""),
        slug=f"{slugify(title)[:80]}-{mark}".lower().strip("-"),
        live=False,
    )
    setattr(resource, build_localized_fieldname("abstract", spoken), abstract)
    with translation.override(spoken):
        resource.save()
        resource.save_revision(user=user)
    return resource
