"""The address of a cover. It needs no database and no session, and can be kept for ever."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from initiative.base.strata.covers import VERSION, Recipe, draw

_FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def cover_svg(request, version, address):
    """The drawing for an address that `Recipe.address` wrote, as `image/svg+xml`.

    Every part of the address comes from a closed list, or is a seed of 32 bits; anything else, and a version that isn't
    this recipe's, is 404. An answer is smaller than 3,000 bytes, takes a millisecond, and stores nothing.
    """
    if version != VERSION:
        raise Http404("No such version of the recipe")
    try:
        recipe = Recipe.from_address(address)
    except ValueError:
        raise Http404("No such cover") from None
    return HttpResponse(
        draw(recipe),
        content_type="image/svg+xml; charset=utf-8",
        headers={"Cache-Control": _FOR_EVER, "X-Content-Type-Options": "nosniff"},
    )
