"""The worker's script, and the page that is shown where there is neither a connection nor a page that was kept."""

import json
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from initiative.base import languages, strata
from initiative.base.head import Alternate, Head, language_menu

_HERE = Path(__file__).parent
# What every page needs, and what many wear; the rest comes with the pages that are visited.
_FILES = (
    "css/site.css",
    "css/further.css",
    "js/site.js",
    "fonts/newsreader-latin.woff2",
    "fonts/instrument-sans-latin.woff2",
)


@require_safe
def worker(request):
    """The service worker; where it is switched off, one that takes itself away with all that it kept."""
    name = "worker.js" if settings.OFFLINE_READING else "off.js"
    script = (_HERE / name).read_text(encoding="utf-8")
    if settings.OFFLINE_READING:
        script = f"{_known()}\n{script}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


def _known() -> str:
    """What the script can't know: names with hashes, and addresses."""
    cover = reverse("cover_svg", args=[strata.VERSION, "x"])
    known = {
        "FILES": [static(name) for name in _FILES],
        "OFFLINE": {code: _offline_path(code) for code in languages.codes()},
        # Without the admin's path, which may have been chosen so that it isn't found: of what isn't public nothing is kept.
        "CLOSED": ["/documents/", "/desk/", reverse("styleguide"), "/api/"],
        "COVERS": {"path": cover.removesuffix("x.svg"), "soils": list(strata.SOILS), "media": settings.MEDIA_URL},
    }
    return "\n".join(f"const {name} = {json.dumps(value)};" for name, value in known.items())


def _offline_path(language: str) -> str:
    with translation.override(language):
        return reverse("offline")


@require_safe
def offline(request):
    """What can be read without a connection. The same for everybody."""
    here = reverse("offline")
    alternates = [Alternate(code, translate_url(here, code), True) for code in languages.codes()]
    head = Head(gettext("No connection"), alternates=alternates, noindex=True)
    return render(request, "offline.html", {"head": head, "languages": language_menu(alternates)})
