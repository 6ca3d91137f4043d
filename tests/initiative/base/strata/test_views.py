from xml.etree import ElementTree

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse

from initiative.base.strata import VERSION, Recipe, cover
from initiative.base.strata.views import cover_svg


def test_a_cover_has_an_address_that_is_kept_for_ever(rf):
    recipe = Recipe.of("walker-2022", "chernozem", ("grains",), 2022)
    response = cover_svg(rf.get("/"), VERSION, recipe.address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content.decode() == cover("walker-2022", "chernozem", ("grains",), 2022)
    assert not response.cookies
    ElementTree.fromstring(response.content)


@pytest.mark.parametrize(
    ("version", "address"), [(VERSION + 1, "loess-8-0a1b2c3d"), (VERSION, "loess-99-0a1b2c3d"), (VERSION, "x" * 4000)]
)
def test_anything_else_is_not_found(version, address):
    with pytest.raises(Http404):
        cover_svg(RequestFactory().get("/"), version, address)


def test_it_can_only_be_read(rf):
    assert cover_svg(rf.post("/"), VERSION, "loess-8-0a1b2c3d").status_code == 405


def test_the_address_is_part_of_the_site():
    assert reverse("cover_svg", args=[VERSION, "loess-8-0a1b2c3d"]) == f"/art/cover/{VERSION}/loess-8-0a1b2c3d.svg"
