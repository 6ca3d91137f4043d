"""What every worker of the server will need, loaded once before they part: they share its memory, and none is slow at first."""

import gc
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import URLResolver, get_resolver, reverse
from django.utils import translation
from django.utils.translation import gettext, trans_real
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import get_page_models

from initiative import health
from initiative.base import languages
from initiative.registry import load_all
from initiative.search.engines import get_engine

# Objects until garbage is looked for, and how often older ones are looked through: a page makes tens of thousands that go without
# it, and Python's own 700 took a tenth of a page's time. This is for large ones: between answers gunicorn.conf.py looks for it.
_GARBAGE = (20_000, 5, 5)


def preload() -> None:
    """Load addresses, views, templates, translations and the names of places and languages, and note the version's migrations.
    Asks no database.

    What is loaded then stays as it is: a collection of garbage that looked at it would copy its pages into every worker.
    """
    _resolve(get_resolver())
    # Wagtail works these out at the first request, and fails where two threads do so at once.
    for model in get_page_models():
        if issubclass(model, RoutablePageMixin):
            model.get_resolver()
    for code in languages.codes():
        with translation.override(code):
            gettext("Search")
            _join_catalogs(trans_real.translation(code)._catalog)
            # By which names lead to addresses: a megabyte for each language, worked out when the first is asked for.
            reverse("search")
            languages.babel_locale(code).territories.get("FR")
    # What the first search would import: by then, the next version's files may be there.
    for module in ("finder", "suggestions"):
        import_module(f"initiative.search.{module}")
    if settings.REDIS_URL:
        import_module("redis")
    get_engine()
    for name in _templates():
        get_template(name)
    load_all()
    health.note_migrations()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE)


def _join_catalogs(words: trans_real.TranslationCatalog) -> None:
    """Catalogs that stand next to each other and count alike become one, as Django means them to: it compares a function with
    the code of another, so they stay apart (5.2), and each sentence is looked for in twenty."""
    catalogs, plurals = [], []
    for catalog, plural in zip(reversed(words._catalogs), reversed(words._plurals), strict=True):
        if plurals and plurals[-1].__code__ == plural.__code__:
            catalogs[-1].update(catalog)  # what comes later wins
        else:
            catalogs.append(dict(catalog))
            plurals.append(plural)
    words._catalogs, words._plurals = catalogs[::-1], plurals[::-1]


def _resolve(resolver: URLResolver) -> None:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            _resolve(pattern)


def _templates() -> Iterator[str]:
    """The site's own."""
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in sorted(Path(folder).rglob("*.html")):
            yield str(path.relative_to(folder))
