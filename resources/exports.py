"""The formats that a list or a resource can be taken away in, declared once: routes, links, head and cite box follow."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from threading import Lock

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiative.base.head import Feed
from initiative.base.memory import give_back
from initiative.search import Query, every_match
from resources.citations import (
    bibtex_entry,
    citation_item,
    csv_header,
    csv_row,
    public_record,
    reference,
    ris_entry,
)
from resources.citations.item import page_url
from resources.queries import PORTION, resources_in_portions

_LONGEST_NAME = 80
_turn = Lock()


@dataclass(frozen=True)
class Format:
    """One format. `name` is both the end of its addresses and the extension of its files; `write` writes one resource, or `cite`
    a resource as a CSL item, between `head`, `separator` and `foot`. What cites is shown in the cite box."""

    name: str
    label: str
    media_type: str
    write: Callable[[object], str] | None = None
    cite: Callable[[dict], str] | None = None
    head: Callable[[], str] | None = None
    separator: str = ""
    foot: str = ""

    def written(self, resources: Iterable) -> Iterator[str]:
        """The resources in this format, piece by piece; texts in the active language."""
        return self._framed(self.write(one) if self.write else self.cite(citation_item(one)) for one in resources)

    def cited(self, item: dict) -> str:
        """A single work in this format, of those that cite."""
        return "".join(self._framed([self.cite(item)])).strip()

    def _framed(self, pieces: Iterable[str]) -> Iterator[str]:
        if self.head:
            yield self.head()
        for number, piece in enumerate(pieces):
            yield (self.separator if number else "") + piece
        yield self.foot


FORMATS = {
    one.name: one
    for one in (
        Format(
            "bib",
            "BibTeX",
            "application/x-bibtex",
            cite=bibtex_entry,
            separator="\n",
        ),
        Format(
            "ris",
            "RIS",
            "application/x-research-info-systems",
            cite=ris_entry,
        ),
        Format(
            "csl.json",
            "CSL-JSON",
            "application/vnd.citationstyles.csl+json",
            cite=lambda item: json.dumps(item, ensure_ascii=False, indent=2),
            head=lambda: "[\n",
            separator=",\n",
            foot="\n]\n",
        ),
        Format("csv", _("CSV, for spreadsheets"), "text/csv", csv_row, head=csv_header),
        Format(
            "json",
            "JSON",
            "application/json",
            lambda resource: json.dumps(public_record(resource), ensure_ascii=False),
            head=lambda: "[\n",
            separator=",\n",
            foot="\n]\n",
        ),
    )
}


def links(path: str) -> list[dict]:
    """`{"label", "type", "url"}` of each format, under a path such as `/en/resources/export.`."""
    return [{"label": one.label, "type": one.media_type, "url": f"{path}{name}"} for name, one in FORMATS.items()]


def announcements(title: str, path: str) -> list[Feed]:
    """The same for a page's head."""
    return [Feed(f"{title} ({link['label']})", link["type"], link["url"]) for link in links(path)]


def cite_path(resource) -> str:
    """What the addresses of a resource in each format begin with, in the active language."""
    return f"{resource.path}cite." if resource.path else ""


def cite_box(resource, item: dict) -> list[dict]:
    """Ways to cite a resource, which `item` says in CSL-JSON, for the component `cite`: in APA style, then the formats."""
    path = cite_path(resource)
    box = [{"id": "apa", "label": "APA", "html": reference(resource, item)}]
    for name, one in FORMATS.items():
        if one.cite:
            text = one.cited(item)
            box.append(
                {"id": name.replace(".", "-"), "label": one.label, "text": text, "url": path and f"{path}{name}"}
            )
    return box


def cite_response(name: str, resource) -> HttpResponse:
    """One resource as a file. KeyError for an unknown format."""
    response = HttpResponse("".join(FORMATS[name].written([resource])))
    if page := page_url(resource):
        response["Link"] = f'<{iri_to_uri(page)}>; rel="describes"; type="text/html"'
    return _as_file(response, name, resource.slug)


def export_response(request, name: str, query: Query) -> HttpResponse:
    """All that a search finds as a file, sent as it is read: a portion at a time is in memory. KeyError for an unknown
    format."""
    if request.method == "HEAD":  # a server would read all of it only to throw it away
        response = HttpResponse()
    else:
        found = (int(object_id) for _kind, object_id in every_match(query))
        found = chain(
            list(islice(found, 1)), found
        )  # searched here, and not in the turn of who writes: it may take long
        response = StreamingHttpResponse(written_in(query.language, FORMATS[name], resources_in_portions(found)))
    title = slugify(f"{gettext('4 per 1000')} {gettext('Library')} {query.text}") or "library"
    return _as_file(response, name, title)


def written_in(language: str, one: Format, portions: Iterator[list]) -> Iterator[bytes]:
    """The format's pieces as bytes, a portion at a time. Who reads them has gone on to other requests' languages: each
    portion is written in this one, and the other set back before it is handed on. A process writes one portion at a time,
    whoever it is for: works take much more memory than what is written of them."""
    pieces = one.written(_one_by_one(portions))
    while True:
        with _turn, translation.override(language):
            some = list(islice(pieces, PORTION))
            if len(some) == PORTION:
                # Works and what belongs to them refer to one another: hundreds would wait for a look at all garbage.
                give_back()
        if not some:
            return
        yield "".join(some).encode()


def _one_by_one(portions: Iterator[list]) -> Iterator:
    """What is in the portions; each work is let go once it is written: who takes what is written may be slow."""
    for portion in portions:
        portion.reverse()
        while portion:
            yield portion.pop()


def _as_file(response: HttpResponse, name: str, title: str) -> HttpResponse:
    media_type = FORMATS[name].media_type
    # JSON is UTF-8 by its own rules.
    response["Content-Type"] = media_type if media_type.endswith("json") else f"{media_type}; charset=utf-8"
    response["Content-Disposition"] = content_disposition_header(True, f"{title[:_LONGEST_NAME].strip('-')}.{name}")
    response["X-Robots-Tag"] = "noindex"
    return response
