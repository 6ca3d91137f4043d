"""Texts in templates: their language, their paragraphs, the outline of a page's body, dates as `<time>`."""

import html
import re
from collections import Counter

from django import template
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext
from modeltranslation.utils import build_localized_fieldname

from initiative.base import dates, languages, lists, numbers
from initiative.base.landmarks import landmarks, page_path
from initiative.base.untranslated import language_of_part
from initiative.blocks.footnotes import first_references, linked, references

register = template.Library()

_H2 = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
_BLANK_LINES = re.compile(r"\n\s*\n")


# Language


def attributes(code: str):
    """` lang="…" dir="…"` of a language."""
    return format_html(' lang="{}" dir="{}"', code, languages.direction(code))


@register.simple_tag
def field_lang(record, field):
    """` lang="…" dir="…"` for a translated field that is shown in another language than the reader's; nothing else."""
    reader = languages.current()
    for code in languages.fallbacks(reader):
        if getattr(record, build_localized_fieldname(field, code), ""):
            return "" if code == reader else attributes(code)
    return ""


@register.simple_tag
def text_lang(record, field, reader):
    """As `field_lang`; `reader`, which is what `reader_lang` gives, for a text in the reader's language."""
    return field_lang(record, field) or reader


@register.filter
def language_name(code):
    """The name of a language in the reader's."""
    return languages.language_name(code) if code else ""


@register.simple_tag
def part_lang(page, name, block=None):
    """` lang="…" dir="…"` for a field of a page, or a block of one, that its translator left in the source's language;
    nothing else."""
    if not getattr(page, "untranslated", None):
        return ""
    part, value = (
        (name, getattr(page, name)) if block is None else (f"{name}.{block.id}", block.get_prep_value()["value"])
    )
    code = language_of_part(page, part, value)
    return attributes(code) if code else ""


@register.simple_tag
def title_lang(page):
    """The same for what a page calls itself at its top."""
    return part_lang(page, "heading" if getattr(page, "heading", "") else "title")


@register.simple_tag
def own_lang():
    """The reader's own `lang` and `dir`, wherever it stands."""
    return attributes(languages.current())


@register.simple_tag
def sources_of(statistics):
    """Where figures come from, each once: `{"name", "url", "attributes"}`; the attributes say its language."""
    found = {(one.source, one.source_url): one for one in statistics if one.source}
    return [{"name": name, "url": url, "attributes": field_lang(one, "source")} for (name, url), one in found.items()]


@register.simple_tag(takes_context=True)
def reader_lang(context):
    """The reader's own `lang` and `dir`, for the parts of a page whose main text is shown in another language."""
    fallback = getattr(context.get("head"), "fallback", None)
    return attributes(languages.current()) if fallback else ""


# Words


@register.filter
def paragraphs(text):
    """Plain text with blank lines between its paragraphs, as `<p>` elements. Single line breaks are spaces."""
    found = [" ".join(chunk.split()) for chunk in _BLANK_LINES.split(str(text or ""))]
    return format_html_join("\n", "<p>{}</p>", ((chunk,) for chunk in found if chunk))


@register.filter
def whole(text):
    """A name or an address within a sentence: in a direction of its own, and on one line as far as there is room."""
    return format_html('<bdi class="whole">{}</bdi>', text)


@register.filter
def when(text):
    """An EDTF date in the reader's words, in `<time>`. HTML has no way to write an interval: its two ends are marked."""
    text = text or ""
    shown = dates.display(text)
    start, slash, end = text.partition("/")
    try:
        dates.first_day(text)
    except ValueError:
        return shown
    if not slash or start == end:
        return format_html('<time datetime="{}">{}</time>', start, shown)
    first, dash, last = shown.partition("–")
    if not dash:
        return shown
    return format_html('<time datetime="{}">{}</time>–<time datetime="{}">{}</time>', start, first, end, last)


@register.filter
def iso(day):
    """A date as EDTF, for the filters that read it; empty for none."""
    return day.isoformat() if day else ""


@register.filter
def moment(when):
    """A date with its time in the reader's words; empty for none."""
    return dates.moment(when) if when else ""


@register.simple_tag
def lasting(start, end):
    """A time from one EDTF date to another, either of which may be unknown: `from 2019`, `2019 – 2022`; or nothing."""
    if start and end:
        return dates.display(f"{start}/{end}")
    if start:
        # Translators: of a date or just a year. Where the word before them differs, write a label: "début : %(date)s".
        return gettext("from %(date)s") % {"date": dates.display(start)}
    # Translators: of a date or just a year, as above.
    return gettext("until %(date)s") % {"date": dates.display(end)} if end else ""


@register.filter
def number(value):
    """A number as the reader's language writes it; nothing for None."""
    return "" if value is None else numbers.display(value)


@register.filter
def size(count):
    """The size of a file in bytes, as the reader's language writes it."""
    return numbers.size(count)


@register.filter
def listed(items):
    """`a, b and c`, as the reader's language puts it."""
    return lists.listed(items)


@register.simple_tag
def comma():
    """What stands between two items of a list, with its space."""
    return lists.comma()


# Addresses


@register.filter
def path_of(page):
    """The path of any page of the reader's tree, without asking for its locale."""
    return page_path(languages.current(), page.url_path)


@register.filter
def landmark_url(role):
    """The path of the page of a role in the reader's language; empty without one."""
    return landmarks().url(role) if role else ""


# The body of a page


def _outline(body):
    """Each block with the level its own headings have, its section headings (pairs of id and title), and the notes that
    it refers to before any other does."""
    counted, level, found, refers, noted = Counter(), 2, [], references(body), set()
    for block in body or []:
        headings = []
        source = getattr(block.value, "source", "") if block.block_type == "text" else ""
        for title in _H2.findall(source):
            words = html.unescape(strip_tags(title)).strip()
            # Letters of every script; where there are none, the place in the text is the name. The prefix keeps a heading
            # from taking the name of a part of the page itself, such as `main`.
            name = f"s-{slugify(words, allow_unicode=True) or sum(counted.values()) + 1}"
            counted[name] += 1
            headings.append((name if counted[name] == 1 else f"{name}-{counted[name]}", words))
        if headings or (block.block_type in ("statistics", "goals") and block.value["title"]):
            level = 3
        first = first_references(block, noted)
        noted |= first
        found.append({"block": block, "level": level, "headings": headings, "first_noted": first, "notes": refers})
    return found


@register.filter
def parts(body):
    """A StreamField's blocks as `{"block", "level", "headings", "first_noted", "notes"}`, so that headings follow one
    another in order."""
    return _outline(body)


@register.filter
def contents(body):
    """The section headings of a StreamField: a list of `{"id", "title"}`."""
    return [{"id": name, "title": title} for part in _outline(body) for name, title in part["headings"]]


@register.filter
def anchored(text, headings):
    """Rich text whose section headings can be linked to. `headings`: pairs of id and title, in order."""
    names = iter(headings or [])

    def named(match):
        name = next(names, None)
        return match[0] if name is None else f'<h2 id="{name[0]}">{match[1]}</h2>'

    return mark_safe(_H2.sub(named, str(text)))  # noqa: S308  (rich text was cleaned before; ids are slugs)


@register.simple_tag
def noted(text, notes, first):
    """Rich text whose references lead to the notes of the body. `notes` and `first`: what `parts` says of the block."""
    return linked(text, notes.count, first) if notes else text


@register.filter
def card_items(cards):
    """A block of cards as the cards component takes them."""
    return [{"title": card["title"], "text": card["text"], "url": card.href} for card in cards]


@register.filter
def table_rows(table):
    """Wagtail's table as `{"head": cells, "rows": [{"head": cell or None, "cells"}]}`; cells are text."""
    table = table or {}
    rows = [["" if cell is None else str(cell) for cell in row] for row in table.get("data") or []]
    choice = table.get("table_header_choice") or ""
    top = bool(table.get("first_row_is_table_header")) or choice in ("row", "both")
    side = bool(table.get("first_col_is_header")) or choice in ("column", "both")
    head = rows.pop(0) if top and rows else []
    return {
        "head": head,
        "rows": [{"head": row[0] if side else None, "cells": row[1:] if side else row} for row in rows],
    }


@register.filter
def file_of(document):
    """A document as the row of a file takes it, with its format and size."""
    return {
        "href": document.url,
        "format": (document.file_extension or "").upper(),
        "label": document.title,
        "size": document.get_file_size(),
    }
