"""The whole site with its starter content, page by page: what must hold of each, whatever is on it."""

import itertools
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page as Node

from initiative.base.landmarks import page_path
from tests.factories import LANGUAGES
from tests.interface_words import foreign, found_on
from tests.reading import DIRECTIONS, nesting_mistakes, words
from tests.site_pages import Page, addresses_on, in_wrong_language, languages_of


@pytest.fixture(scope="module")
def pages(starter, django_db_blocker) -> list[Page]:
    """Every address of the site map, and every page of the tree that isn't in it as it is shown in another language."""
    cache.clear()
    client = Client()
    with django_db_blocker.unblock():
        listed = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
        paths = [address.removeprefix(settings.SITE_URL) for address in listed]
        rows = (
            Node.objects.live()
            .filter(depth__gt=1, alias_of__isnull=False)
            .values_list("locale__language_code", "url_path")
        )
        fallbacks = [page_path(code, url_path) for code, url_path in rows]
        return [Page(path, client.get(path)) for path in [*paths, *fallbacks]]


def test_there_is_a_site(pages):
    languages = Counter(page.language for page in pages)
    assert languages["en"] == languages["fr"] == languages["es"] > 70
    assert languages["ar"] > 40


def test_every_address_is_answered_in_its_language(pages):
    wrong = [page.path for page in pages if page.status != 200]
    assert wrong == []
    wrong = [
        page.path
        for page in pages
        if (page.soup.html["lang"], page.soup.html["dir"]) != (page.language, DIRECTIONS[page.language])
    ]
    assert wrong == []


def test_every_page_has_one_main_heading_and_a_title_of_its_own(pages):
    assert {page.path: len(page.soup.find_all("h1")) for page in pages if len(page.soup.find_all("h1")) != 1} == {}
    assert [page.path for page in pages if not words(page.soup.h1)] == []
    own = [page for page in pages if page.soup.find("main").get("lang") is None]
    titles = Counter((page.language, words(page.soup.title)) for page in own)
    assert [title for title, count in titles.items() if count > 1] == []


def test_headings_follow_one_another(pages):
    wrong = {}
    for page in pages:
        before = 0
        for tag in page.soup.find_all(re.compile(r"^h[1-6]$")):
            level = int(tag.name[1])
            if level > before + 1 and before:
                wrong.setdefault(page.path, []).append(words(tag))
            before = level
    assert wrong == {}


def test_no_heading_link_or_button_is_empty(pages):
    wrong = {}
    for page in pages:
        for tag in page.soup.find_all(
            ["h1", "h2", "h3", "h4", "a", "button", "summary", "label", "th", "caption", "legend"]
        ):
            spoken = words(tag) or tag.get("aria-label") or any(image.get("alt") for image in tag.find_all("img"))
            if not spoken:
                wrong.setdefault(page.path, []).append(str(tag)[:120])
            if tag.name == "a" and not tag.get("href"):
                wrong.setdefault(page.path, []).append(str(tag)[:120])
    assert wrong == {}


def test_names_of_elements_are_unique_and_what_is_referred_to_exists(pages):
    wrong = {}
    for page in pages:
        names = Counter(tag["id"] for tag in page.soup.find_all(id=True))
        twice = [name for name, count in names.items() if count > 1]
        wanted = {
            name
            for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for")
            for tag in page.soup.find_all(attrs={attribute: True})
            for name in tag[attribute].split()
        }
        wanted |= {tag["href"][1:] for tag in page.soup.find_all("a", href=re.compile(r"^#."))}
        if twice or wanted - set(names):
            wrong[page.path] = (twice, wanted - set(names))
    assert wrong == {}


def test_elements_are_closed_in_order(pages):
    assert {page.path: mistakes[:3] for page in pages if (mistakes := nesting_mistakes(page.html))} == {}


def test_every_field_has_a_label_and_every_picture_a_text_even_if_empty(pages):
    wrong = []
    for page in pages:
        labelled = {tag["for"] for tag in page.soup.find_all("label", attrs={"for": True})}
        for field in page.soup.find_all(["input", "select", "textarea"]):
            named = field.get("id") in labelled or field.find_parent("label") or field.get("aria-label")
            if field.get("type") != "hidden" and not named:
                wrong.append((page.path, str(field)))
        wrong += [(page.path, str(image)) for image in page.soup.find_all("img") if not image.has_attr("alt")]
    assert wrong == []


def test_nothing_is_loaded_from_elsewhere(pages):
    wrong = set()
    for page in pages:
        for tag in page.soup.find_all(
            ["img", "script", "iframe", "source", "video", "audio", "embed", "object", "input", "image", "use"]
        ):
            for attribute in ("src", "srcset", "poster", "data", "href", "xlink:href"):
                for part in (tag.get(attribute) or "").split(","):
                    if re.match(r"\s*(https?:)?//", part):
                        wrong.add((page.path, str(tag)[:150]))
        for link in page.soup.find_all("link"):
            loads = {
                "stylesheet",
                "preload",
                "modulepreload",
                "icon",
                "apple-touch-icon",
                "manifest",
                "preconnect",
                "dns-prefetch",
            }
            if loads & set(link.get("rel", [])) and not link["href"].startswith("/"):
                wrong.add((page.path, str(link)))
    assert wrong == set()


def test_no_page_sets_a_cookie(pages):
    assert [page.path for page in pages if page.cookies] == []


def test_nothing_is_written_inline_that_the_policy_forbids(pages):
    wrong = set()
    for page in pages:
        for tag in page.soup.find_all(True):
            forbidden = [name for name in tag.attrs if name == "style" or name.startswith("on")]
            if forbidden or tag.name == "style" or str(tag.get("href", "")).lower().startswith("javascript:"):
                wrong.add((page.path, tag.name, *forbidden))
            if (
                tag.name == "script"
                and not tag.get("src")
                and tag.get("type") not in ("application/ld+json", "application/json")
            ):
                wrong.add((page.path, str(tag)[:100]))
    assert wrong == set()


def test_no_template_shows_its_seams(pages):
    marks = re.compile(
        r"\{\{|\{%|%\(\w+\)|</?(?:p|a|b|i|div|span)\b|^(?:None|nan|\[\]|\{\})$|SafeString|<bound method|Traceback"
    )
    wrong = {}
    for page in pages:
        for text in page.soup.body.find_all(string=marks):
            if text.find_parent(["script", "pre"]) is None:  # data, and citations to copy
                wrong.setdefault(page.path, []).append(str(text)[:80])
        for tag in page.soup.find_all(href=re.compile(r"None|\{|\}|%\(")):
            wrong.setdefault(page.path, []).append(str(tag)[:120])
    assert wrong == {}


@pytest.mark.parametrize(("of", "at"), list(itertools.permutations(LANGUAGES, 2)))
def test_the_interface_speaks_one_language(pages, of, at):
    assert found_on(pages, of, at) == {}


def test_whatever_isn_t_in_the_language_of_the_page_says_so(pages):
    """Told by the script, so on Arabic pages; the templates are the same in every language."""
    wrong = {found for page in pages if page.language == "ar" for found in in_wrong_language(page)}
    assert wrong == set()


def test_whatever_runs_in_another_direction_is_told_apart(pages):
    wrong = set()
    for page in pages:
        for element in page.soup.body.find_all(lang=True):
            around = next(languages_of(element.parent))
            turns = (
                DIRECTIONS[element["lang"]] != DIRECTIONS[around]
                if {element["lang"], around} <= set(LANGUAGES)
                else False
            )
            if turns and element.name != "bdi" and element.get("dir") != DIRECTIONS[element["lang"]]:
                wrong.add((page.path, str(element)[:100]))
    assert wrong == set()


@pytest.mark.parametrize(
    ("code", "other", "words"),
    [
        ("en", "ar", {"Skip to content", "Research priority", "Search the library", "Sort"}),
        ("fr", "en", {"Aller au contenu", "Priorité de recherche", "Accès"}),
    ],
)
def test_another_language_would_have_beenfound_on(pages, code, other, words):
    """The sentences of a language are found on its own pages, where another one is looked for."""
    exact, patterns = foreign(code, other)
    found = {text for page in pages if page.language == code for text in page.spoken if text in exact}
    assert words <= found
    assert len(found) > 100
    assert any(patterns.fullmatch(text) for page in pages if page.language == code for text in page.spoken)


def test_the_reader_is_told_of_a_text_in_another_language(pages):
    for page in pages:
        main = page.soup.find("main")
        notice = main.find_previous_sibling("aside")
        assert (notice is not None) == main.has_attr("lang"), page.path
        if main.has_attr("lang"):
            assert main["lang"] in LANGUAGES
            assert main["lang"] != page.language
            assert main["dir"] == DIRECTIONS[main["lang"]]


def test_search_engines_are_told_one_address_and_true_translations(pages):
    by_path = {page.path: page for page in pages}
    for page in pages:
        canonical = page.soup.find("link", rel="canonical")["href"].removeprefix(settings.SITE_URL)
        translated = page.soup.find("main").get("lang") is None
        assert (canonical == page.path) == translated, page.path
        for link in page.soup.find_all("link", rel="alternate", hreflang=True):
            path = link["href"].removeprefix(settings.SITE_URL)
            if link["hreflang"] != "x-default":
                assert path.startswith(f"/{link['hreflang']}/")
            other = by_path[path]
            assert other.soup.find("main").get("lang") is None, (page.path, path)
            if translated:
                back = {
                    tag["href"].removeprefix(settings.SITE_URL)
                    for tag in other.soup.find_all("link", rel="alternate", hreflang=True)
                }
                assert page.path in back, (page.path, path)


def test_every_page_of_the_same_kind_looks_the_same_to_every_reader(pages):
    """The language menu of each page has a row per language and leads to pages that exist."""
    known = {page.path for page in pages}
    for page in pages:
        menu = {link["hreflang"]: link["href"] for link in page.soup.select("#languages-foot a")}
        assert list(menu) == LANGUAGES, page.path
        for code, path in menu.items():
            assert path.startswith(f"/{code}/")
        current = page.soup.select("#languages-foot a[aria-current]")
        assert [link["hreflang"] for link in current] == [page.language]
        assert menu[page.language] == page.path
        assert menu["en"] in known


def test_every_link_of_the_site_leads_somewhere(pages, client, db):
    """Each address once; pages found this way are not followed further."""
    found = addresses_on(pages)
    assert 100 < len(found) < 3000
    wrong = {}
    for address, origin in found.items():
        if address.startswith(settings.STATIC_URL):
            if finders.find(address.removeprefix(settings.STATIC_URL)) is None:
                wrong[address] = (origin, "no such file")
            continue
        status = client.get(address).status_code
        if status not in (200, 301, 302):
            wrong[address] = (origin, status)
    assert wrong == {}


def test_links_that_leave_the_site_are_whole(pages):
    wrong = set()
    for page in pages:
        for link in page.soup.find_all("a", href=re.compile(r"^[a-z]+:")):
            parts = urlsplit(link["href"])
            if parts.scheme == "mailto":
                continue
            if parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or " " in link["href"]:
                wrong.add((page.path, link["href"]))
    assert wrong == set()


def test_what_the_library_says_about_itself_is_true(pages):
    """The counts of the page are those of the list."""
    for code, path in (("en", "/en/resources/"), ("fr", "/fr/ressources/"), ("es", "/es/recursos/")):
        (page,) = [page for page in pages if page.path == path]
        total = int(re.search(r"\d+", words(page.soup.find(id="results").h2))[0])
        listed = sum(1 for other in pages if other.path.startswith(path) and other.path != path)
        archived = sum(1 for other in pages if other.path.startswith(path) and other.soup.select("main p.tag.calm"))
        assert total == listed - archived, code
