"""The style guide, for whoever may enter the admin. Nothing of it is for readers or for search engines."""

from functools import wraps
from types import MappingProxyType

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from initiative.base import languages
from initiative.base.head import Head
from initiative.styleguide import guide, tokens
from initiative.styleguide.samples import sampled

_SCHEMES = MappingProxyType({"": "as the browser prefers", "light": "light", "dark": "dark"})


def _for_staff(view):
    """404 for whoever isn't signed in, who isn't told where one does so; 403 for those who may not enter the admin."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            raise Http404
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return require_safe(guarded)


def _head(title: str) -> Head:
    return Head(title, noindex=True)


@_for_staff
def overview(request):
    """Tokens, strata, and all components in the language and the light that the address asks for."""
    asked = request.GET.get("language", "")
    language = asked if asked in languages.codes() else languages.current()
    scheme = request.GET.get("scheme", "")
    scheme = scheme if scheme in _SCHEMES else ""
    with translation.override(language):
        request.LANGUAGE_CODE = language
        context = {
            "head": _head("Style guide"),
            "language": language,
            "direction": languages.direction(language),
            "scheme": scheme,
            "language_choices": [(code, languages.own_name(code)) for code in languages.codes()],
            "scheme_choices": _SCHEMES.items(),
            "contents": guide.contents(),
            "groups": guide.whole(request),
            "colours": _colours(),
            "readings": tokens.readings(),
            "sizes": tokens.sizes(),
            "spaces": tokens.spaces().items(),
            "soils": guide.soils(),
        }
        return render(request, "styleguide/overview.html", context)


@_for_staff
def component(request, name):
    """One component: what it is given, and each state in the light and in the dark, from left to right and from right to
    left."""
    try:
        each = sampled(name)
    except (FileNotFoundError, ModuleNotFoundError):
        raise Http404("No such component") from None
    looks = []
    for code in _both_directions():
        with translation.override(code):
            looks += [
                {
                    "language": code,
                    "name": languages.own_name(code),
                    "direction": languages.direction(code),
                    "scheme": scheme,
                    "shown": guide.shown(each, request, f"{code}-{scheme}-"),
                }
                for scheme in tokens.SCHEMES
            ]
    context = {"head": _head(name), "component": each.component, "looks": looks}
    return render(request, "styleguide/component.html", context)


@_for_staff
def token_rules(request):
    """The style sheet that follows from the tokens."""
    return HttpResponse(tokens.rules(), content_type="text/css; charset=utf-8")


def _both_directions() -> list[str]:
    """The first language of the site in each direction."""
    first = {}
    for code in languages.codes():
        first.setdefault(languages.direction(code), code)
    return list(first.values())


def _colours() -> list[tuple[str, list[dict]]]:
    """Groups of tokens that are colours: `{"name", "light", "dark"}`, as the file writes them."""
    light, dark = (tokens.tokens(scheme) for scheme in tokens.SCHEMES)
    found = []
    for heading, names in tokens.groups():
        rows = [
            {"name": name, "light": light[name], "dark": dark[name]}
            for name in names
            if light[name].startswith("oklch(")
        ]
        if rows:
            found.append((heading, rows))
    return found
