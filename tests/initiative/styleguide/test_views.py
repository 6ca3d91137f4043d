"""The guide is for staff, strict, and tells elements with the same name apart."""

import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from initiative.styleguide.declarations import names


@pytest.fixture
def staff(client, site):
    user = get_user_model().objects.create_user("editor")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


def test_it_is_for_those_who_may_enter_the_admin(client, site):
    for path in ("/styleguide/", "/styleguide/button/?x=1", "/styleguide/tokens.css"):
        response = client.get(path)
        assert (response.status_code, response["Cache-Control"]) == (404, "private, no-store")
    client.force_login(get_user_model().objects.create_user("reader"))
    for path in ("/styleguide/", "/styleguide/button/", "/styleguide/tokens.css"):
        assert client.get(path).status_code == 403


def _mistakes(response) -> list:
    soup = BeautifulSoup(response.content, "html.parser")
    ids = Counter(tag["id"] for tag in soup.find_all(id=True))
    wrong = [name for name, count in ids.items() if count > 1]
    wrong += [tag.name for tag in soup.find_all(["style"])] + [str(tag) for tag in soup.find_all(style=True)]
    wrong += [tag["for"] for tag in soup.find_all("label", attrs={"for": True}) if tag["for"] not in ids]
    return wrong


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_whole_shows_every_component_in_a_language_and_a_light(staff, language, direction):
    response = staff.get("/styleguide/", {"language": language, "scheme": "dark"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert _mistakes(response) == []
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert (soup.html["lang"], soup.html["dir"]) == (language, direction)
    shown = soup.find_all(attrs={"data-picture": True})
    assert sorted(each["data-picture"] for each in shown) == names()
    assert all("scheme-dark" in each["class"] for each in shown)
    samples = soup.find_all(class_="guide-sample")
    assert {(each["lang"], each["dir"]) for each in samples} == {(language, direction)}
    assert len(samples) > 150


def test_unknown_wishes_are_ignored(staff):
    response = staff.get("/styleguide/", {"language": "xx", "scheme": "<b>"}, headers={"Accept-Language": "fr"})
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.html["lang"] == "fr"
    assert soup.find(attrs={"data-picture": "button"})["class"] == ["guide-states", "narrow"]


@pytest.mark.parametrize("name", ["button", "field", "cite", "page_head"])
def test_a_component_is_shown_in_four_looks_with_what_it_is_given(staff, name):
    response = staff.get(f"/styleguide/{name}/")
    assert _mistakes(response) == []
    soup = BeautifulSoup(response.content, "html.parser")
    looks = [
        (each["class"][-1], each.find(class_="guide-sample")["dir"]) for each in soup.find_all(class_="guide-states")
    ]
    assert looks == [("scheme-light", "ltr"), ("scheme-dark", "ltr"), ("scheme-light", "rtl"), ("scheme-dark", "rtl")]
    assert f"components/{name}.html" in soup.pre.text


def test_there_is_no_guide_to_what_isn_t_there(staff):
    assert staff.get("/styleguide/nothing/").status_code == 404
    assert staff.get("/styleguide/__init__/").status_code == 404


def test_its_style_sheet_follows_from_the_tokens(staff):
    response = staff.get("/styleguide/tokens.css")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert re.search(r"\.scheme-dark\{color-scheme:dark;--paper:oklch", response.content.decode())


def test_the_admin_leads_there(staff):
    response = staff.get("/admin/", follow=True)
    assert '"/styleguide/"' in response.content.decode()
