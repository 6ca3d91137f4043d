"""Pages of the site as they were answered: what they say, in which language, and where they lead."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.functional import cached_property

# Attributes that are read out or shown.
SPOKEN = ("alt", "aria-label", "title", "placeholder", "value")


class Page:
    """One address as it was answered, read once."""

    def __init__(self, path, response):
        self.path = path
        self.status = response.status_code
        self.cookies = response.cookies
        self.html = response.content.decode()
        self.soup = BeautifulSoup(self.html, "lxml")  # of some hundred pages, in a fifth of the time
        self.language = path.split("/")[1]

    @cached_property
    def spoken(self) -> list[str]:
        """What is shown or read out in the page's own language."""
        return list(spoken_texts(self.soup.body, self.language))


def spoken_texts(element, language) -> Iterator[str]:
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
            yield from spoken_texts(child, language)
        elif child.name not in ("script", "style", "bdi"):
            # Parts in the reader's own language inside a text that isn't.
            for inner in child.find_all(lang=language):
                yield from spoken_texts(inner, language)


def languages_of(element) -> Iterator[str]:
    """The language of an element, then those of what it stands in."""
    return (above["lang"] for above in (element, *element.parents) if above.get("lang"))


# What bears a proper name, is the same in every language, or is as an editor wrote it.
_NAMED = (
    "h1 > bdi:not([lang]), .meta bdi:not([lang]), dd bdi:not([lang]), .entry bdi, .person bdi, .people-lines bdi, "
    ".stance bdi:not([lang]), .facet .tick span:not([lang]), .who, .cite, .bar-list, address, .prose, .aside"
)
_ARABIC, _LATIN = re.compile(r"[\u0600-\u06FF]"), re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_ISOLATED = "\u2068"  # begins a name in running text


def in_wrong_language(page) -> Iterator[tuple]:
    """Arabic words marked as another language, and more than a name in Latin letters marked as Arabic."""
    names = {id(element) for element in page.soup.select(_NAMED)}
    for element in page.soup.body.find_all(True):
        if element.name in ("script", "style", "pre") or any(id(one) in names for one in (element, *element.parents)):
            continue
        texts = [str(text) for text in element.find_all(string=True, recursive=False)]
        spoken = [element[attribute] for attribute in SPOKEN if attribute != "value" and element.get(attribute)]
        for text in (*texts, *spoken):
            arabic, latin = len(_ARABIC.findall(text)), sum(map(len, _LATIN.findall(text)))
            marked = next(languages_of(element))
            if (arabic and marked != "ar") or (latin > max(arabic, 3) and marked == "ar" and _ISOLATED not in text):
                yield page.path, marked, " ".join(text.split())[:80]


def addresses_on(pages) -> dict[str, str]:
    """Everything of this site that pages link to, load or send forms to → one of the pages that do. The files of a work
    are the same in every language, and so is the button that asks for a translation: one of them is enough. So is one
    address with the same parameters, whatever is asked for in them."""
    seen = {page.path for page in pages}
    found, asked = {}, set()
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
                path, _mark, query = address.partition("?")
                names = (path, *(pair.partition("=")[0] for pair in query.split("&")))
                if query and names in asked:
                    continue
                asked.add(names)
                found.setdefault(address, page.path)
    return found
