"""The HTML of every page of the site map, and of lists that people make, before the W3C's checker (vnu)."""

import json
import os
import re
import subprocess

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

# What the site map doesn't list: results, none, and what isn't there.
_ALSO = [
    "/en/resources/?q=soil",
    "/ar/resources/?q=soil&type=articles",
    "/fr/ressources/?q=xyzzyx",
    "/fr/recherche/?q=sol",
    "/en/nowhere/",
]


def _checked(folder) -> list[dict]:
    """What the checker says about the files of a folder."""
    run = subprocess.run(
        ["java", "-Xss4m", "-jar", os.environ["VNU"], "--format", "json", "--skip-non-html", str(folder)],
        capture_output=True,
        check=False,
        timeout=300,
    )
    return json.loads(run.stderr)["messages"]


@pytest.mark.valid
def test_every_page_is_valid_html(starter, django_db_blocker, tmp_path):
    cache.clear()
    client = Client()
    with django_db_blocker.unblock():
        listed = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
        paths = [*(address.removeprefix(settings.SITE_URL) for address in listed), *_ALSO]
        for number, path in enumerate(paths):
            (tmp_path / f"{number}.html").write_bytes(client.get(path).content)
    assert len(paths) > 200
    wrong = {
        (paths[int(re.search(r"(\d+)\.html$", message["url"])[1])], message["message"])
        for message in _checked(tmp_path)
        if message["type"] != "info"
    }
    assert sorted(wrong) == []


@pytest.mark.valid
def test_what_is_wrong_is_noticed(tmp_path):
    (tmp_path / "1.html").write_text(
        '<!doctype html><html lang="en"><title>a</title><div><figcaption>b</figcaption></div>'
    )
    assert [message["type"] for message in _checked(tmp_path)] == ["error"]
