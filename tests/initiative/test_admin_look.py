"""The admin has the Initiative's name, mark and colours, and Wagtail's nowhere."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse


@pytest.mark.parametrize(("name", "signed_in"), [("wagtailadmin_login", False), ("wagtailadmin_home", True)])
def test_name_mark_and_colours(client, site, admin_user, name, signed_in):
    if signed_in:
        client.force_login(admin_user)
    page = BeautifulSoup(client.get(reverse(name)).content, "lxml")
    assert page.title.text.strip().endswith("- 4 per 1000")
    assert page.select_one("link[rel~=icon]")["href"].endswith("favicon.svg")
    mark = page.select_one("img.brand-mark") or BeautifulSoup(page.find("template").decode_contents(), "lxml").img
    assert mark["src"].endswith("favicon.svg")
    assert any(link["href"].endswith("admin.css") for link in page.select("link[rel=stylesheet]"))
    assert "Wagtail" not in page.select_one("h1").text


def test_an_address_of_the_admin_that_is_not_there(client, site, admin_user):
    client.force_login(admin_user)
    response = client.get(reverse("wagtailadmin_home") + "not-there/")
    page = BeautifulSoup(response.content, "lxml")
    assert (response.status_code, page.title.text.strip()) == (404, "Page not found - 4 per 1000")
    assert page.select_one("img.brand-mark")["src"].endswith("favicon.svg")
    assert page.select_one("main a.button")["href"] == reverse("wagtailadmin_home")
    assert "Wagtail" not in page.select_one("main").text
