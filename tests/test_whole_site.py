"""The site as a new installation shows it: every address of the map, in every language."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import polib
import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from tests.reading import DIRECTIONS

pytestmark = pytest.mark.usefixtures("starter", "db")

# Where something is loaded from without the reader asking for it.
LOADED = [
    ("img", "src"),
    ("script", "src"),
    ("link", "href"),
    ("source", "srcset"),
    ("iframe", "src"),
    ("image", "href"),
]
# What a link element only names, without loading it.
NAMED_ONLY = {"canonical", "alternate", "cite-as", "describedby", "item", "license", "author", "type", "search"}


def addresses(client) -> list[str]:
    """Every path of the sitemap."""
    found = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    assert all(address.startswith(settings.SITE_URL) for address in found)
    return [address.removeprefix(settings.SITE_URL) for address in found]


@pytest.fixture(scope="module")
def pages(starter, django_db_blocker):
    """Path → (response, soup) of every address of the sitemap, asked for once."""
    from django.core.cache import cache as django_cache
    from django.test import Client

    client = Client()
    with django_db_blocker.unblock():
        found = {}
        for path in addresses(client):
            response = client.get(path)
            found[path] = (response, BeautifulSoup(response.content, "html.parser"))
        django_cache.clear()
    return found


def test_every_language_has_its_pages(pages):
    counts = {code: sum(path.startswith(f"/{code}/") for path in pages) for code in DIRECTIONS}
    assert counts["en"] == counts["fr"] == counts["es"] > 70
    assert counts["ar"] >= 15


def test_every_address_answers_in_its_language(pages):
    wrong = {}
    for path, (response, soup) in pages.items():
        language = path.split("/")[1]
        if response.status_code != 200 or (soup.html["lang"], soup.html["dir"]) != (language, DIRECTIONS[language]):
            wrong[path] = response.status_code
        # What is in the map is written in its language: no fallback there.
        if soup.main.get("lang") not in (None, language):
            wrong[path] = soup.main["lang"]
    assert wrong == {}


def test_every_page_has_one_h1_and_headings_in_order(pages):
    wrong = {}
    for path, (_response, soup) in pages.items():
        levels = [int(heading.name[1]) for heading in soup.find_all(re.compile(r"^h[1-6]$"))]
        steps = all(after <= before + 1 for before, after in pairwise(levels))
        if levels.count(1) != 1 or not steps:
            wrong[path] = levels
    assert wrong == {}


def test_ids_are_unique_and_nothing_is_styled_or_scripted_inline(pages):
    wrong = {}
    for path, (_response, soup) in pages.items():
        ids = [element["id"] for element in soup.find_all(id=True)]
        handlers = [name for element in soup.find_all(True) for name in element.attrs if name.startswith("on")]
        inline = [
            script for script in soup.find_all("script", src=False) if script.get("type") != "application/ld+json"
        ]
        if len(ids) != len(set(ids)) or soup.find(style=True) or soup.find("style") or handlers or inline:
            wrong[path] = [name for name in ids if ids.count(name) > 1]
    assert wrong == {}


def test_nothing_is_loaded_from_elsewhere_and_no_cookie_is_set(pages):
    wrong = {}
    for path, (response, soup) in pages.items():
        for tag, attribute in LOADED:
            for element in soup.find_all(tag):
                if tag == "link" and set(element.get("rel", [])) & NAMED_ONLY:
                    continue
                address = element.get(attribute, "")
                if urlsplit(address).netloc:
                    wrong[path] = address
        if response.cookies or "Cookie" in response.headers.get("Vary", ""):
            wrong[path] = "cookie"
    assert wrong == {}


@cache
def english_only(code: str) -> set[str]:
    """Interface strings of templates whose translation differs, long enough that they can't be part of a name."""
    po = polib.pofile(str(Path(settings.BASE_DIR) / "locale" / code / "LC_MESSAGES" / "django.po"))
    found = set()
    for entry in po:
        readers_see = any(place.startswith("templates/") for place, _line in entry.occurrences)
        plain = not re.search(r"[%<]", entry.msgid)
        if (
            readers_see
            and plain
            and len(entry.msgid) > 4
            and entry.msgid not in (entry.msgstr, *entry.msgstr_plural.values())
        ):
            found.add(entry.msgid)
    return found


@pytest.mark.parametrize("code", ["fr", "es", "ar"])
def test_the_interface_is_translated_whole(code):
    po = polib.pofile(str(Path(settings.BASE_DIR) / "locale" / code / "LC_MESSAGES" / "django.po"))
    assert len(po) > 400
    assert [entry.msgid for entry in po if not entry.translated()] == []


@pytest.mark.parametrize("code", ["fr", "es", "ar"])
def test_no_english_of_the_interface_on_a_page_of_another_language(pages, code):
    strings = english_only(code)
    assert "Skip to content" in strings
    wrong = {}
    for path, (_response, soup) in pages.items():
        if not path.startswith(f"/{code}/"):
            continue
        texts = {" ".join(text.split()) for text in soup.body.find_all(string=True) if not text.find_parent(lang="en")}
        texts |= {
            element[name]
            for name in ("aria-label", "placeholder", "alt", "title")
            for element in soup.find_all(attrs={name: True})
        }
        if left := strings & texts:
            wrong[path] = left
    assert wrong == {}


def test_no_marker_of_a_missing_text_is_shown(pages):
    marks = re.compile(r"\{[{%]|%\((\w+)\)s|[Ll]orem ipsum|\[M\]|\b(page|resource):")
    wrong = {}
    for path, (_response, soup) in pages.items():
        # Braces are the grammar of BibTeX.
        texts = [text for text in soup.body.find_all(string=True) if text.find_parent(["pre", "script"]) is None]
        if "None" in (text.strip() for text in texts):
            wrong[path] = "None"
        if found := marks.search(" ".join(texts)):
            wrong[path] = found[0]
    assert wrong == {}


def test_unconfirmed_facts_stay_out(pages):
    everything = " ".join(soup.get_text(" ") for _response, soup in pages.values())
    for name in ("Garcia Cardenas", "Kaonga", "Koutika", "Madari", "Soudi", "Wollenberg"):
        assert name not in everything


def test_every_internal_link_leads_somewhere(pages, client):
    known, dead = dict.fromkeys(pages, 200), {}
    for path, (_response, soup) in pages.items():
        for link in soup.find_all("a", href=True):
            target = urlsplit(urljoin(path, link["href"]))
            if target.netloc or target.scheme not in ("", "http", "https"):
                continue
            # One question per page: the library's filters lead to the library.
            address = (
                target.path
                if target.query.count("=") != 1 or "/search/" in target.path
                else f"{target.path}?{target.query}"
            )
            if address not in known:
                known[address] = client.get(address).status_code
            if known[address] not in (200, 301, 302):
                dead[address] = (known[address], path)
            if target.fragment and target.path == path and soup.find(id=target.fragment) is None:
                dead[f"{path}#{target.fragment}"] = "no such part"
    assert dead == {}


def test_the_map_announces_each_translation_both_ways(pages):
    for path, (_response, soup) in pages.items():
        announced = {
            link["hreflang"]: link["href"].removeprefix(settings.SITE_URL) for link in soup.select("link[hreflang]")
        }
        for code, other in announced.items():
            if code != "x-default":
                back = pages[other][1].select(f'link[hreflang="{path.split("/")[1]}"]')
                assert [link["href"] for link in back] == [f"{settings.SITE_URL}{path}"]
