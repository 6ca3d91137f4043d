"""The whole site with its starter content, page by page: what must hold of each, whatever is on it."""

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page as Node

from initiative.base import messages
from initiative.base.landmarks import page_path
from tests.factories import LANGUAGES
from tests.reading import DIRECTIONS, nesting_mistakes, words

# Attributes that are read out or shown.
SPOKEN = ("alt", "aria-label", "title", "placeholder", "value")
# English and yet right: what other languages write in the same way, or names.
SAME_WORDS = {"Newsletter"}


class Page:
    """One address as it was answered, read once."""

    def __init__(self, path, response):
        self.path = path
        self.status = response.status_code
        self.cookies = response.cookies
        self.html = response.content.decode()
        self.soup = BeautifulSoup(self.html, "html.parser")
        self.language = path.split("/")[1]

    @cached_property
    def spoken(self) -> list[str]:
        """What is shown or read out in the page's own language."""
        return list(_spoken_texts(self.soup.body, self.language))


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


@functools.cache
def _interface(code) -> dict[str, tuple]:
    """English sentence → how the interface says it in a language, plural forms and all."""
    said = {}
    for message in messages.read_catalog(settings.LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.po"):
        if message.id:
            english = (message.id,) if isinstance(message.id, str) else message.id
            said[english] = (message.string,) if isinstance(message.string, str) else message.string
    return said


def _sentences(code) -> set[str]:
    """What the interface says in a language."""
    if code == "en":
        return {sentence for english in _interface("fr") for sentence in english}
    return {sentence for said in _interface(code).values() for sentence in said}


def _foreign(of, at) -> tuple[set[str], re.Pattern]:
    """What the interface says in the language `of` and never in `at`: exact sentences, and a pattern of those with
    placeholders."""
    exact, patterns = set(), []
    for sentence in _sentences(of) - _sentences(at) - SAME_WORDS:
        if "%(" in sentence:
            literal = re.split(r"%\(\w+\)s", sentence)
            # A pattern of next to nothing but placeholders would match names.
            if len("".join(literal).strip()) >= 6:
                patterns.append(".+".join(re.escape(part) for part in literal))
        else:
            exact.add(" ".join(sentence.split()))
    return exact, re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _spoken_texts(element, language):
    """Texts and spoken attributes of an element and those within it, without what says that it is in another language
    or is a name."""
    for child in element.children:
        if isinstance(child, str):
            if type(child).__name__ == "NavigableString" and (text := " ".join(child.split())):
                yield text
        elif child.name not in ("script", "style", "bdi") and child.get("lang", language) == language:
            for attribute in SPOKEN:
                if child.get(attribute) and (attribute != "value" or child.name in ("button",)):
                    yield " ".join(child[attribute].split())
            yield from _spoken_texts(child, language)
        elif child.name not in ("script", "style", "bdi"):
            # Parts in the reader's own language inside a text that isn't.
            for inner in child.find_all(lang=language):
                yield from _spoken_texts(inner, language)


def _found(pages, of, at) -> dict[str, str]:
    """What the interface would say in the language `of`, found on the pages of the language `at`, each with one of them."""
    exact, patterns = _foreign(of, at)
    found = {}
    for page in pages:
        if page.language == at:
            for text in page.spoken:
                text = text.strip(" :,;()?…–—|")
                if text in exact or patterns.fullmatch(text):
                    found.setdefault(text, page.path)
    return found


@pytest.mark.parametrize(("of", "at"), list(itertools.permutations(LANGUAGES, 2)))
def test_the_interface_speaks_one_language(pages, of, at):
    assert _found(pages, of, at) == {}


# What bears a proper name, is the same in every language, or is as an editor wrote it.
_NAMED = (
    "h1 > bdi:not([lang]), .meta bdi:not([lang]), dd bdi:not([lang]), .entry bdi, .person bdi, .people-lines bdi, "
    ".stance bdi:not([lang]), .facet .tick span:not([lang]), .who, .cite, .bar-list, address, .prose, .aside"
)
_ARABIC, _LATIN = re.compile(r"[\u0600-\u06FF]"), re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_ISOLATED = "\u2068"  # begins a name in running text


def _languages(element) -> Iterator[str]:
    return (above["lang"] for above in (element, *element.parents) if above.get("lang"))


def _wrong_language(page) -> Iterator[tuple]:
    """Arabic words marked as another language, and more than a name in Latin letters marked as Arabic."""
    names = {id(element) for element in page.soup.select(_NAMED)}
    for element in page.soup.body.find_all(True):
        if element.name in ("script", "style", "pre") or any(id(one) in names for one in (element, *element.parents)):
            continue
        texts = [str(text) for text in element.find_all(string=True, recursive=False)]
        spoken = [element[attribute] for attribute in SPOKEN if attribute != "value" and element.get(attribute)]
        for text in (*texts, *spoken):
            arabic, latin = len(_ARABIC.findall(text)), sum(map(len, _LATIN.findall(text)))
            marked = next(_languages(element))
            if (arabic and marked != "ar") or (latin > max(arabic, 3) and marked == "ar" and _ISOLATED not in text):
                yield page.path, marked, " ".join(text.split())[:80]


def test_whatever_isn_t_in_the_language_of_the_page_says_so(pages):
    """Told by the script, so on Arabic pages; the templates are the same in every language."""
    wrong = {found for page in pages if page.language == "ar" for found in _wrong_language(page)}
    assert wrong == set()


def test_whatever_runs_in_another_direction_is_told_apart(pages):
    wrong = set()
    for page in pages:
        for element in page.soup.body.find_all(lang=True):
            around = next(_languages(element.parent))
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
def test_another_language_would_have_been_found(pages, code, other, words):
    """The sentences of a language are found on its own pages, where another one is looked for."""
    exact, patterns = _foreign(code, other)
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


def _addresses(pages) -> dict[str, str]:
    """Everything of this site that pages link to, load or send forms to → one of the pages that do. The files of a work
    are the same in every language, and so is the button that asks for a translation: one of them is enough."""
    seen = {page.path for page in pages}
    found = {}
    for page in pages:
        for tag in page.soup.find_all(["a", "link", "img", "script", "form", "source", "image"]):
            for attribute in ("href", "src", "action"):
                address = (tag.get(attribute) or "").removeprefix(settings.SITE_URL).partition("#")[0]
                if address.startswith("?"):
                    address = f"{page.path}{address}"
                if not address.startswith("/") or address.startswith("//") or address in seen:
                    continue
                if ("/cite." in address or tag.get("method") == "post") and page.language != "ar":
                    continue
                found.setdefault(address, page.path)
    return found


def test_every_link_of_the_site_leads_somewhere(pages, client, db):
    """Each address once; pages found this way are not followed further."""
    found = _addresses(pages)
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
