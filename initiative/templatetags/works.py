"""Rows and tiles of works: up to a hundred on a page, so drawn here instead of by a few templates for each."""

from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from django import template
from django.template.defaultfilters import truncatewords
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from initiative.base import languages, lists, strata
from initiative.base.strata.addresses import cover_path
from initiative.templatetags.texts import field_lang
from initiative.templatetags.ui import title_in

register = template.Library()

_WHOLE = ' class="whole"'  # on one line as far as there is room


@dataclass(frozen=True)
class _Words:
    """What the rows of a page have in common: the reader's language, and what is said of works in it, as HTML. Asked for once: to
    ask gettext for each takes half as long as to draw the row."""

    reader: str
    open_access: str
    archived: str

    @classmethod
    def of_the_reader(cls) -> "_Words":
        return cls(languages.current(), escape(gettext("Open access")), escape(gettext("Archived")))


@register.simple_tag
def work_line(resource, who="") -> SafeString:
    """What a work is, where and when it came out; `who` adds who made it."""
    return mark_safe(_line(resource, who))  # noqa: S308  (each part escaped in _line)


@register.simple_tag(takes_context=True)
def work_row(
    context, resource, title="", snippet="", snippet_language="", attached="", attached_language="", level=""
) -> SafeString:
    """A work as a row of results; see `components/resource_hit.html` for what is given."""
    words = _Words.of_the_reader()
    return mark_safe(  # noqa: S308  (each part escaped in _row)
        _row(context, words, resource, title, snippet, snippet_language, attached, attached_language, level)
    )


def _row(context, words: _Words, resource, title, snippet, snippet_language, attached, attached_language, level) -> str:
    level = conditional_escape(level or 3)
    shown = conditional_escape(title or resource.title)
    parts = [
        f'<li class="hit">\n  {_thumb(context, resource)}\n  <div>\n    {_line(resource)}\n'
        f'    <h{level} class="row-title"><a href="{escape(resource.path)}">'
        f'<bdi lang="{escape(resource.language)}">{shown}</bdi></a></h{level}>\n'
    ]
    if translation := title_in(resource, words.reader):
        parts.append(f'    <p class="translation">{escape(translation)}</p>\n')
    if resource.byline:
        parts.append(f'    <p class="meta">{escape(resource.byline)}</p>\n')
    parts.append(_passage(resource, snippet, snippet_language, attached, attached_language))
    facts = [f"<span>{escape(name)}</span>" for name in resource.file_language_names]
    if resource.is_open:
        facts.append(f'<span class="oa">{words.open_access}</span>')
    if resource.archived:
        facts.append(f'<span class="tag calm">{words.archived}</span>')
    parts.append(f'    <p class="meta apart">{"".join(facts)}</p>\n  </div>\n</li>\n')
    return "".join(parts)


@register.simple_tag(takes_context=True)
def work_tile(context, resource, makers=(), topics=(), level="") -> SafeString:
    """A work as a tile on a shelf; see `components/resource_tile.html` for what is given."""
    level = conditional_escape(level or 3)
    parts = [
        f"<article>\n  {_cover(context, resource)}\n"
        f'  <h{level} class="row-title"><a href="{escape(resource.path)}">'
        f'<bdi lang="{escape(resource.language)}">{escape(resource.title)}</bdi></a></h{level}>\n  {_line(resource)}\n'
    ]
    if makers:
        parts.append(f'  <p class="why">{escape(gettext("Also by:"))} <bdi>{escape(lists.listed(makers))}</bdi></p>\n')
    if topics:
        shared = [f"<span{field_lang(topic, 'name')}>{escape(topic.name)}</span>" for topic in topics]
        parts.append(f'  <p class="why">{escape(gettext("Also on:"))} {escape(lists.comma()).join(shared)}</p>\n')
    return mark_safe("".join([*parts, "</article>"]))  # noqa: S308  (each part escaped above)


@register.simple_tag
def maker_link(maker, library, last) -> SafeString:
    """Who made a work (`maker`: name, path): a link to their page, else to what else they made, in the library at that path. A
    comma follows, unless nobody does."""
    shown = f"<bdi>{escape(maker.name)}</bdi>"
    if maker.path:
        shown = f'<a href="{escape(maker.path)}">{shown}</a>'
    elif library:
        shown = f'<a href="{escape(library)}?q=%22{quote(maker.name, safe="")}%22">{shown}</a>'
    return mark_safe(shown if last else f"{shown}{escape(lists.comma())}")  # noqa: S308  (each part escaped above)


@register.simple_tag(takes_context=True)
def work_rows(context, rows, level) -> SafeString:
    """The works that were found (see `resources.library.LibraryList`), each as a row."""
    words = _Words.of_the_reader()
    drawn = [
        _row(
            context, words, row.resource, row.title_html, row.hit.snippet_html, row.language,
            row.hit.attached_html, row.hit.attached_language, level,
        )
        for row in rows
    ]  # fmt: skip
    return mark_safe("".join(drawn))  # noqa: S308  (each part escaped in _row)


def _passage(resource, snippet, snippet_language: str, attached, attached_language: str) -> str:
    """What the work says: the passage of a file, that of its text, or its beginning."""
    if attached:
        where = escape(gettext("In the file:"))
        shown = f"<span{_marked(attached_language)}>{conditional_escape(attached)}</span>"
        return f'    <p class="sum"><span class="where">{where}</span> {shown}</p>\n'
    text = snippet or truncatewords(getattr(resource, "abstract", ""), 45)
    return f'    <p class="sum"{_marked(snippet_language)}>{conditional_escape(text)}</p>\n' if text else ""


def _marked(language: str) -> str:
    return f' lang="{escape(language)}" dir="{languages.direction(language)}"' if language else ""


def _line(resource, who="") -> str:
    kind = getattr(getattr(resource, "type", None), "singular", "") or getattr(resource, "kind", "")
    byline = f" <span>{escape(resource.byline)}</span>" if who and resource.byline else ""
    date = getattr(resource, "date_display", "")
    sources = getattr(resource, "source_parts", ())
    parts = [f"<bdi{_WHOLE if part == date else ''}>{escape(part)}</bdi>" for part in sources]
    source = f" <span>{escape(lists.comma()).join(parts)}</span>" if parts else ""
    return f'<p class="meta"><b>{escape(kind)}</b>{byline}{source}</p>'


def _thumb(context, resource) -> str:
    """Its cover at the size of a thumb: the drawing here, a picture by the template that knows its sizes."""
    if resource.cover:
        return _pictured(context, resource, "thumb")
    drawn = strata.draw_small(strata.Recipe.of(**resource.cover_parameters))
    return f'<div class="cover book">\n  {drawn}\n</div>'


def _cover(context, resource) -> str:
    """Its cover, the drawing as an image that loads when it is seen."""
    if resource.cover:
        return _pictured(context, resource, "")
    path = escape(cover_path(strata.Recipe.of(**resource.cover_parameters)))
    drawn = f'<img src="{path}" width="240" height="320" alt="" loading="lazy" decoding="async">'
    return f'<div class="cover book">\n  {drawn}\n</div>'


def _pictured(context, resource, form: str) -> str:
    cover = get_template("components/cover.html").template
    return cover.render(context.new({"resource": resource, "form": form}))
