"""What a page says of itself to browsers, search engines and the language menu."""

from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString

from initiative.base import languages
from initiative.base.landmarks import landmarks


@dataclass(frozen=True)
class Alternate:
    """The same page or record in another language; `translated` is false where that address shows fallback text."""

    language: str
    url: str
    translated: bool


@dataclass(frozen=True)
class Feed:
    """A machine-readable form of the page, announced in its head."""

    title: str
    type: str
    url: str


@dataclass(frozen=True)
class Link:
    """A typed link of the page for machines: a relation of IANA's list, an address, its media type and title."""

    rel: str
    href: str
    type: str = ""
    title: str = ""


@dataclass(frozen=True)
class Meta:
    """A statement about the page's work: Dublin Core, `citation_*`. `language` is that of the content."""

    name: str
    content: str
    language: str = ""


@dataclass
class Head:
    """Title, description, addresses and language of one page. URLs are paths on this site.

    `title_language` is that of the title, empty where it is the reader's or a name; `subject` is what the page or record is
    called in every language, empty for what nobody can translate; `cover` is what its strata cover is drawn from, if it has
    one.
    """

    title: str
    description: str = ""
    canonical: str = ""
    alternates: list[Alternate] = field(default_factory=list)
    shown_language: str = ""
    title_language: str = ""
    subject: str = ""
    feeds: list[Feed] = field(default_factory=list)
    noindex: bool = False
    type: str = "website"
    links: list[Link] = field(default_factory=list)
    metas: list[Meta] = field(default_factory=list)
    json_ld: SafeString | str = ""
    cover: dict | None = None

    def __post_init__(self):
        self.shown_language = self.shown_language or languages.current()

    def narrow(self, *query: str) -> None:
        """Say the address of a part of a list, such as `page=2`: each part is canonical to itself. Empty words are nothing."""
        if asked := "&".join(part for part in query if part):
            self.canonical = f"{self.canonical}?{asked}" if self.canonical else ""
            self.alternates = [replace(other, url=f"{other.url}?{asked}") for other in self.alternates]

    @property
    def hreflang(self) -> list[Alternate]:
        """The alternates to announce: only what is translated, and only where there is more than one."""
        translated = [alternate for alternate in self.alternates if alternate.translated]
        return translated if len(translated) > 1 else []

    @property
    def default(self) -> Alternate | None:
        """The alternate for readers of any other language (`x-default`)."""
        return self.hreflang[0] if self.hreflang else None

    @property
    def fallback(self) -> dict | None:
        """`{"language", "name", "dir", "subject"}` where the main text isn't in the reader's language, else None."""
        shown = self.shown_language
        if shown == languages.current():
            return None
        return {
            "language": shown,
            "name": languages.language_name(shown),
            "dir": languages.direction(shown),
            "subject": self.subject,
        }


def page_query(shown) -> str:
    """The query of a page of Django's paginator; nothing for the first, which is the list itself."""
    return f"page={shown.number}" if shown.number > 1 else ""


def language_menu(alternates: list[Alternate]) -> list[dict]:
    """A row per language for the language menu; a language without this page leads to its home page, untranslated.

    A language whose home page isn't published has nothing to lead to, and no row.
    """
    by_code = {alternate.language: alternate for alternate in alternates}
    homes = landmarks()
    menu = []
    for code in languages.codes():
        if not homes.get("home", code):
            continue
        alternate = by_code.get(code)
        menu.append(
            {
                "code": code,
                "name": languages.own_name(code),
                "dir": languages.direction(code),
                "url": alternate.url if alternate else f"/{code}/",
                "current": code == languages.current(),
                "translated": bool(alternate and alternate.translated),
            }
        )
    return menu
