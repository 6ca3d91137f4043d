"""The worker's script and the page for when there is no connection."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import resolve

from initiative.base.strata import Recipe


@pytest.fixture
def script(client):
    return client.get("/worker.js")


def known(script) -> dict:
    """The constants that stand above the script."""
    found = re.findall(r"^const ([A-Z]+) = (.*);$", script.content.decode(), re.MULTILINE)
    return {name: json.loads(value) for name, value in found if value[0] in "[{" and name != "MOST"}


def test_the_worker_is_asked_for_each_time_and_reaches_the_whole_site(script):
    assert script["Content-Type"] == "text/javascript; charset=utf-8"
    assert script["Cache-Control"] == "no-cache"
    assert "script-src 'self'" in script["Content-Security-Policy"]
    assert not script.cookies


def test_it_knows_what_every_page_needs(script):
    said = known(script)
    assert said["OFFLINE"] == {
        "en": "/en/offline/",
        "fr": "/fr/hors-ligne/",
        "es": "/es/sin-conexion/",
        "ar": "/ar/offline/",
    }
    assert all(finders.find(name.removeprefix("/static/")) for name in said["FILES"])
    assert len(said["FILES"]) == 5
    assert said["COVERS"]["media"] == "/media/"


def test_the_strata_that_stand_for_pictures_are_addresses_of_covers(client, script):
    covers = known(script)["COVERS"]
    for soil in covers["soils"]:
        path = f"{covers['path']}{soil}-5-0a1b2c3d.svg"
        assert resolve(path).view_name == "cover_svg"
        assert Recipe.from_address(path.rpartition("/")[2].removesuffix(".svg")).soil == soil
    # The worker takes this away, so that they fill whatever frame the picture had.
    assert b' width="240" height="320"' in client.get(path).content


def test_switched_off_it_takes_itself_away(client, settings):
    settings.OFFLINE_READING = False
    script = client.get("/worker.js").content.decode()
    assert "registration.unregister()" in script
    assert "caches.delete" in script
    assert "fetch" not in script


@pytest.mark.parametrize(
    ("path", "title"),
    [("/en/offline/", "No connection"), ("/fr/hors-ligne/", "Pas de connexion"), ("/ar/offline/", "لا يوجد اتصال")],
)
def test_the_page_is_in_the_language_of_its_address_and_for_everybody(client, site, path, title):
    response = client.get(path)
    html = response.content.decode()
    assert f"<title>{title} – " in html
    assert '<meta name="robots" content="noindex">' in html
    assert "public" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("is_on", [True, False])
def test_pages_say_whether_there_is_a_worker(client, site, settings, is_on):
    settings.OFFLINE_READING = is_on
    assert ('<meta name="worker" content="/worker.js">' in client.get("/en/").content.decode()) is is_on
