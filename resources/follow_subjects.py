"""Any search of the library can be followed: by its words and by the values of its facets, which outlive renamed slugs."""

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.base.landmarks import landmarks
from initiative.base.mail import shorten
from initiative.follow import Item, News, Subject
from initiative.follow import register as register_subject
from initiative.follow.subjects import MOST
from initiative.search import found_among
from resources.library import LibraryList
from resources.queries import published_between, resources_in_order

# The words go into a mail to an address that somebody typed: not room enough for a message of somebody else's, and no links.
_LONGEST_TEXT = 100
_LONGEST_KEY = 1_000
_ADDRESS = re.compile(r"://|@|\w\.[^\W\d_]{2,}")
_SUMMARY = 220
_SAID_ELSEWHERE = {"type", "topic", "language"}


def _library(key: str) -> LibraryList:
    """The list that a key stands for, in the active language."""
    # By value: a slug that was given to another topic since mustn't change what is followed.
    return LibraryList(QueryDict(key), landmarks().url("library"), languages.current(), lasting=True)


def read(params: QueryDict) -> str:
    """What an address of the library asks for, whatever its order and page. Raises ValidationError."""
    library = LibraryList(params, "", languages.current())
    library.text = _plain(library.text)
    if len(library.text) > _LONGEST_TEXT:
        message = ngettext(
            "A search that is followed has %(n)s letter at most. Use fewer words.",
            "A search that is followed has %(n)s letters at most. Use fewer words.",
            _LONGEST_TEXT,
        )
        raise ValidationError(message % {"n": _LONGEST_TEXT})
    if _ADDRESS.search(library.text):
        raise ValidationError(gettext("A search with a web or e-mail address in it can’t be followed. Leave that out."))
    for facet in library.selection.facets:
        if any("".join(params.getlist(name)) for name in facet.parameters) and not library.selection[facet.name]:
            message = gettext("The filter “%(filter)s” asks for something the library doesn’t have. Choose again.")
            raise ValidationError(message % {"filter": facet.label})
    key = urlencode(library.lasting)
    if len(key) > _LONGEST_KEY:
        raise ValidationError(gettext("These are more filters than can be followed together. Choose fewer."))
    return key


def _plain(text: str) -> str:
    """A text in one line, without what can't be seen: line breaks, and marks that turn the direction of what follows."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def describe(key: str) -> str:
    """The search in words: `Articles on agroforestry, in French`. What a facet doesn't have any more is named as it was."""
    if not key:
        return gettext("Everything that comes to the library")
    library = _library(key)
    chosen = {facet.name: _labels(library, facet.name) for facet in library.selection.facets}
    types = chosen.get("type") or [gettext("Resources")]
    what = _either([*types[:1], *map(_small, types[1:])])
    if topics := chosen.get("topic"):
        what = gettext("%(what)s on %(topics)s") % {"what": what, "topics": _either(map(_small, topics))}
    parts = [what]
    if library.text:
        parts.append(_words(library) % {"text": library.text})
    if codes := chosen.get("language"):
        parts.append(gettext("in %(languages)s") % {"languages": _either(codes)})
    for facet in library.selection.facets:
        if chosen[facet.name] and facet.name not in _SAID_ELSEWHERE:
            labels = _either(chosen[facet.name])
            if labels == facet.label:  # a switch says what it is by itself
                parts.append(_small(labels))
            else:
                parts.append(gettext("%(facet)s: %(values)s") % {"facet": facet.label, "values": labels})
    return gettext(", ").join(parts)


def _labels(library: LibraryList, name: str) -> list[str]:
    """What was chosen in a facet, in words; what it doesn't have any more as it was."""
    chosen = library.selection[name]
    return [*(label for label, _pairs in chosen.chips(library.language)), *chosen.unknown]


def _either(labels: Iterable[str]) -> str:
    return languages.listed(list(labels), "or")


def _small(label: str) -> str:
    """A label as it is written inside a sentence; abbreviations stay as they are."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _words(library: LibraryList) -> str:
    if library.scope == "title":
        return gettext("“%(text)s” in the title")
    if library.scope == "content":
        return gettext("“%(text)s” in the text")
    return gettext("exactly “%(text)s”") if library.exact else gettext("with “%(text)s”")


def url(key: str) -> str:
    """The list, newest first."""
    library = _library(key)
    if not library.path:
        return ""
    library.sort = "newest"
    return library.url()


def news(key: str, since: datetime, until: datetime) -> News:
    """The resources that came into the library and that the search finds. What an edit lets it find later is no news."""
    library = _library(key)
    chosen = [library.selection[facet.name] for facet in library.selection.facets]
    if any(one.unknown and not one for one in chosen):
        return News()  # with nothing left of a filter, everything would be found
    new = published_between(since, until)
    found = found_among(library.query, map(str, new)) if new else set()
    return told([pk for pk in new if str(pk) in found])


def told(keys: list[int]) -> News:
    """Resources, newest first, as a digest shows them; nothing while no library is published to read them in."""
    if not landmarks().url("library"):
        return News()
    return News(len(keys), [item_of(resource) for resource in resources_in_order(keys[:MOST])])


def item_of(resource) -> Item:
    """A resource as a digest shows it."""
    reader, shown = languages.current(), resource.shown_language()
    return Item(
        title=resource.title,
        title_language="" if resource.language == reader else resource.language,
        translation=resource.title_for_reader,
        kind=resource.type.singular,
        facts=list(dict.fromkeys(fact for fact in (resource.byline, *resource.source_parts) if fact)),
        summary=shorten(resource.best("abstract"), _SUMMARY),
        summary_language="" if shown == reader else shown,
        url=resource.path,
    )


def register() -> None:
    """Let searches be followed; called once, when the apps are ready."""
    register_subject(Subject("search", _("Searches of the library"), read, describe, url, news))
