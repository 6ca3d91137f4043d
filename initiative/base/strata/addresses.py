"""Where a cover is drawn for those that don't have it in the page."""

from functools import cache

from django.urls import get_script_prefix, reverse

from initiative.base.strata.covers import VERSION, Recipe


def cover_path(recipe: Recipe) -> str:
    """The path of a cover as an image, which is kept for ever."""
    before, after = _around(get_script_prefix())
    return f"{before}{recipe.address}{after}"


@cache
def _around(_prefix: str) -> tuple[str, str]:
    # Worked out once: a page has many covers, and finding an address takes longer than drawing a small one.
    before, _name, after = reverse("cover_svg", args=[VERSION, "address"]).rpartition("address")
    return before, after
