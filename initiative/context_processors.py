"""What every template of the site has."""

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.functional import SimpleLazyObject

from initiative import navigation
from initiative.base.head import Head, language_menu


def site(request):
    """Menus and links (only read where a template uses them), and a head for pages that bring none."""
    return {
        "menus": SimpleLazyObject(lambda: navigation.menus(iri_to_uri(request.path))),
        "links": SimpleLazyObject(navigation.links),
        "head": SimpleLazyObject(lambda: Head("", noindex=True)),
        "languages": SimpleLazyObject(lambda: language_menu([])),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_url": settings.SITE_URL,
        "offline_reading": settings.OFFLINE_READING,
    }
