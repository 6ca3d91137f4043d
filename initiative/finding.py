"""Which page an address leads to: one statement or two, where Wagtail walks down the tree with two for each step.

Nothing of a page is kept. Whether it is live, where it stands and whether anything makes it private is read each time, together
with it; known for a moment is only where to look: where the tree of each language begins, and the landmarks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists
from django.http import Http404
from django.urls import Resolver404
from wagtail import views
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageViewRestriction, Site, get_page_models
from wagtail.url_routing import RouteResult

from initiative.base import languages
from initiative.base.known import Known
from initiative.base.landmarks import landmarks, page_path
from initiative.base.prepared import Prepared
from initiative.base.querysets import where_all_are_open


@dataclass(frozen=True)
class Root:
    """The home page of a language, where its tree begins. `path` is treebeard's, `url_path` Wagtail's."""

    pk: int
    path: str
    url_path: str
    model: type[Page]


def serve(request, path: str = ""):
    """Wagtail's view of pages, which needn't look for this one any more."""
    found = route(request, path)
    with where_all_are_open(bool(found) and getattr(found.page, "all_are_open", False)):
        return views.serve(request, path)


def route(request, path: str) -> RouteResult | None:
    """What Wagtail would find at a path in the tree of the active language, left where it looks for it; None where nothing is.

    Two statements at most where there is one site; where there are several, Wagtail's own way.
    """
    root = known_roots().get(languages.current())
    if root is None:
        return Page.route_for_request(request, path)
    if not hasattr(request, "_wagtail_route_for_request"):
        try:
            request._wagtail_route_for_request = _route(request, root, [step for step in path.split("/") if step])
        except Http404:
            request._wagtail_route_for_request = None
    return request._wagtail_route_for_request


def _read_roots() -> dict[str, Root]:
    """Language → its root; none unless one site answers for all hosts. One statement."""
    return {
        home.locale.language_code: Root(home.pk, home.path, home.url_path, home.specific_class) for home in _homes()
    }


def _homes_of_one_site():
    site = Site.objects.filter(is_default_site=True)
    return (
        Page.objects.live()
        .filter(translation_key__in=site.values("root_page__translation_key"))
        .exclude(Exists(Site.objects.filter(is_default_site=False)))
        .select_related("locale")
    )


_homes = Prepared(_homes_of_one_site)


known_roots: Known[dict[str, Root]] = Known("roots", _read_roots)


def _route(request, root: Root, steps: Sequence[str]) -> RouteResult:
    """Raises Http404 where nothing is."""
    if page := _landmark(root, steps):
        return page.route(request, steps[1:])
    model, pk, left = _walk(root, steps)
    page = _read(model, pk)
    if page is None:
        raise Http404("No such page any more")
    return page.route(request, left)


def _landmark(root: Root, steps: Sequence[str]) -> Page | None:
    """The page at the first step, where that is a landmark and shows whatever is left: what most readers ask for."""
    known = landmarks().at(f"{page_path(languages.current(), root.url_path)}{steps[0]}/") if steps else None
    model = _landmark_models().get(known.role) if known else None
    if model is None or not (len(steps) == 1 or _shows(model, steps[1:])):
        return None
    page = _read(model, known.page_id)
    # Since it became known it may have been renamed or moved, and another may have taken its place.
    return page if page and page.url_path == f"{root.url_path}{steps[0]}/" else None


@cache
def _landmark_models() -> dict[str, type[Page]]:
    return {model.landmark: model for model in get_page_models() if getattr(model, "landmark", "")}


def _walk(root: Root, steps: Sequence[str]) -> tuple[type[Page], int, Sequence[str]]:
    """The page that Wagtail would come to, by type and key, and the steps that are left to it. One statement, and none for the
    root. Raises Http404 where nothing is."""
    path, pk, model = root.path, root.pk, root.model
    below = {}
    if steps:
        named = Page.objects.filter(path__startswith=root.path, slug__in=steps).values_list(
            "path", "slug", "pk", "content_type"
        )
        below = {(path[: -Page.steplen], slug): (path, pk, kind) for path, slug, pk, kind in named}
    for number, step in enumerate(steps):
        if _shows(model, steps[number:]):
            return model, pk, steps[number:]
        if (path, step) not in below:
            raise Http404("No such page")
        path, pk, kind = below[path, step]
        model = ContentType.objects.get_for_id(kind).model_class() or Page
    return model, pk, []


def _shows(model: type[Page], steps: Sequence[str]) -> bool:
    """Whether pages of a type show by themselves what is this far below them."""
    if not issubclass(model, RoutablePageMixin):
        return False
    try:
        model.get_resolver().resolve(f"/{'/'.join(steps)}/" if steps else "/")
    except Resolver404:
        return False
    return True


def _read(model: type[Page], pk: int) -> Page | None:
    """A page as its own type, which knows where nobody need look for what makes it private (`all_are_open`): the common case, and
    to ask about one page and all above it, as Wagtail does then, takes two statements more. One statement."""
    return _reading(model).first(pk)


@cache
def _reading(model: type[Page]) -> Prepared:
    open_ones = model.objects.annotate(all_are_open=~Exists(PageViewRestriction.objects.all())).order_by()
    return Prepared(lambda pk: open_ones.filter(pk=pk))
