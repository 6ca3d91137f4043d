"""Stand-ins for records in samples: what a component asks of a resource, a person, a statistic … and nothing else.

No database is asked, so the style guide shows the same on every machine.
"""

from types import SimpleNamespace

from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from initiative.base import languages
from initiative.styleguide.words import say

# Attributes of what is in another language than the page.
FRENCH = mark_safe(' lang="fr" dir="ltr"')


class Thing(SimpleNamespace):
    """Anything with attributes."""


def translated(**fields) -> dict:
    """Fields as a translated record has them: the text, and its column in the active language alone."""
    return fields | {f"{name}_{languages.current()}": text for name, text in fields.items()}


class SamplePicture:
    """A picture as Wagtail's template tags take it. All its sizes are one file that the site brings along."""

    width, height = 1200, 630

    def get_rendition(self, spec):
        return self

    def get_renditions(self, *specs):
        return {getattr(spec, "spec", spec): self for spec in specs}

    @property
    def url(self) -> str:
        return static("art/share.png")

    def img_tag(self, attributes=None):
        """As a rendition's."""
        given = {"alt": "", "src": self.url, "width": self.width, "height": self.height, **(attributes or {})}
        return format_html("<img{}>", flatatt(given))


def place() -> Thing:
    return Thing(name=say("country"))


def resource(soil: str = "chernozem", marks: tuple = ("roots", "grains"), **more) -> Thing:
    """A work with everything; `more` replaces."""
    given = {
        "path": "#",
        "title": say("title"),
        "language": languages.current(),
        "type": Thing(singular=say("article")),
        "byline": say("person"),
        "source_parts": [say("journal"), "2024"],
        "file_language_names": [languages.language_name(code) for code in ("en", "fr")],
        "is_open": True,
        "archived": False,
        "abstract": say("sentence"),
        "cover": None,
        "cover_parameters": {"identity": soil, "soil": soil, "inclusions": marks, "year": 2024},
    }
    return Thing(**given | more)


def organisation(**more) -> Thing:
    given = {
        "name": say("organisation"),
        "acronym": "ST",
        "path": "#",
        "monogram": "ST",
        "logo": None,
        "get_type_display": say("kind"),
        "country": place(),
    }
    return Thing(**given | more)


def person(**more) -> Thing:
    given = {
        "name": say("person"),
        "monogram": "AL",
        "portrait": None,
        "country": place(),
        "path": "#",
        **translated(affiliation=say("institute")),
    }
    return Thing(**given | more)


def statistic(value: int = 650, date: str = "2022-06", qualifier: str = "exact", **more) -> Thing:
    given = {
        "value": value,
        "date": date,
        "qualifier": qualifier,
        "get_qualifier_display": say("about"),
        "source_url": "#",
        **translated(label=say("partners"), unit="", source=say("journal")),
    }
    return Thing(**given | more)


def event(**more) -> Thing:
    given = {
        "date": "2026-10-24/2026-10-26",
        "display_title": say("title"),
        "url_path": "/home/events/hedges/",
        "text_language": languages.current(),
        "city": say("city"),
        "country": place(),
        "online": False,
        "time": "",
        "introduction": say("sentence"),
    }
    return Thing(**given | more)
