"""What a reader gets: a page of the site taken apart, so that tests say what is on it and not how it is marked up."""

from html.parser import HTMLParser

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.functional import cached_property

DIRECTIONS = {"en": "ltr", "fr": "ltr", "es": "ltr", "ar": "rtl"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def words(element) -> str:
    """The text of an element with single spaces."""
    return " ".join(element.get_text(" ").split()) if element is not None else ""


class Reading:
    """One answer of the site as HTML."""

    def __init__(self, response):
        self.response = response
        self.html = response.content.decode()
        self.soup = BeautifulSoup(self.html, "html.parser")

    @property
    def language(self) -> tuple[str, str]:
        """`lang` and `dir` of the page."""
        return self.soup.html["lang"], self.soup.html["dir"]

    @property
    def title(self) -> str:
        return words(self.soup.title)

    @property
    def h1(self) -> str:
        """The text of the only `<h1>`."""
        (found,) = self.soup.find_all("h1")
        return words(found)

    @cached_property
    def main(self):
        (found,) = self.soup.find_all("main")
        return found

    @property
    def text(self) -> str:
        """The words of the main text."""
        return words(self.main)

    @property
    def main_language(self) -> tuple[str | None, str | None]:
        """`lang` and `dir` of the main text, None where it is that of the page."""
        return self.main.get("lang"), self.main.get("dir")

    @property
    def notice(self) -> str:
        """What is said above a text that isn't in the reader's language; empty where it is."""
        return words(self.main.find_previous_sibling("aside"))

    @property
    def canonical(self) -> str:
        return self._path(self.soup.find("link", rel="canonical"))

    @property
    def hreflang(self) -> dict[str, str]:
        """Language → path of the translations that are announced."""
        return {
            link["hreflang"]: self._path(link) for link in self.soup.find_all("link", rel="alternate", hreflang=True)
        }

    @property
    def is_indexed(self) -> bool:
        return self.soup.find("meta", attrs={"name": "robots"}) is None

    @property
    def feeds(self) -> list[tuple[str, str]]:
        """Media type and path of the feeds that are announced."""
        links = self.soup.find_all("link", rel="alternate", type=True)
        return [(link["type"], link["href"]) for link in links]

    @property
    def languages(self) -> dict[str, str]:
        """Language → address in the language menu."""
        return {link["hreflang"]: link["href"] for link in self._menu()}

    @property
    def untranslated(self) -> list[str]:
        """The languages of which the menu says that the page isn't translated yet."""
        return [link["hreflang"] for link in self._menu() if link.find("small")]

    @property
    def links(self) -> dict[str, str]:
        """Text → address of the links in the main text."""
        return {words(link): link.get("href", "") for link in self.main.find_all("a")}

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and text of the headings of the main text."""
        return [(int(tag.name[1]), words(tag)) for tag in self.main.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]

    def heading(self, text: str):
        """The element of the heading with this text."""
        (found,) = [tag for tag in self.main.find_all(["h1", "h2", "h3", "h4"]) if words(tag) == text]
        return found

    @property
    def facts(self) -> dict[str, str]:
        """Name → value of the lists of facts."""
        return {words(row.dt): words(row.dd) for row in self.main.select("dl div") if row.dt}

    def with_text(self, name: str, text: str):
        """The only element of this name whose whole text this is."""
        (found,) = [tag for tag in self.main.find_all(name) if words(tag) == text]
        return found

    def _menu(self):
        return self.soup.select("#languages-foot a[hreflang]")

    @staticmethod
    def _path(link) -> str:
        return link["href"].removeprefix(settings.SITE_URL) if link else ""


def read(client, path: str, status: int = 200, **more) -> Reading:
    """What the site answers; the status is checked."""
    response = client.get(path, **more)
    assert response.status_code == status, f"{path} → {response.status_code} {response.headers.get('Location', '')}"
    return Reading(response)


class _Nesting(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass  # SVG closes its own

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in _VOID:
            self.wrong.append(f"</{tag}> in line {self.getpos()[0]} closes {self.open[-1:] or 'nothing'}")


def nesting_mistakes(html: str) -> list[str]:
    """Elements that are closed in the wrong order, or never."""
    parser = _Nesting()
    parser.feed(html)
    parser.close()
    return parser.wrong + [f"<{tag}> is never closed" for tag in parser.open]
