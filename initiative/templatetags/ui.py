"""Small helpers of the components in `templates/components/`."""

import re
from html import escape
from urllib.parse import urlsplit

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from initiative.base import dates, languages
from initiative.base.strata.dice import seed_of

register = template.Library()

_PARAGRAPH = re.compile(r"</p>\s*<p[^>]*>|</?p[^>]*>")
_LONG_TITLE = 80


@register.filter
def inline(html):
    """Rich text without its paragraphs, for use inside a heading. `html` is what the `richtext` filter gave."""
    text = _PARAGRAPH.sub(" ", str(html)).strip()
    return mark_safe(text)  # noqa: S308  (rich text was cleaned before; only tags were taken away)


@register.filter
def edtf(text):
    """A date of any precision (2022, 2022-05, 2022-05-31, or two with a slash) in the reader's words."""
    return dates.display(text or "")


@register.filter
def host(url):
    """The site an address leads to, without `www.`."""
    return (urlsplit(str(url)).hostname or "").removeprefix("www.")


@register.filter
def tone(value):
    """A number from 1 to 5, always the same for the same text: the horizon behind a monogram."""
    return seed_of(str(value)) % 5 + 1


@register.filter
def title_for_reader(resource):
    """A work's title in the reader's language; empty where it is in that language already, or nobody translated it."""
    reader = languages.current()
    text_in = getattr(resource, "text_in", None)
    return "" if text_in is None or resource.language == reader else text_in("title_translation", reader)


@register.filter
def is_long(text):
    """True where a title is too long for the largest type."""
    return len(str(text)) > _LONG_TITLE


@register.filter
def language_name_own(code):
    """A site language's name in that language."""
    return languages.own_name(code)


@register.filter
def elsewhere(menu):
    """The rows of the language menu in which the page is written, other than the reader's."""
    return [language for language in menu or [] if language["translated"] and not language["current"]]


@register.filter
def text_direction(code):
    """`rtl` or `ltr` for a language code."""
    return languages.direction(code or "")


@register.simple_tag
def elided(page):
    """Numbers and ellipses for a paginator's page: 1 … 4 5 6 … 12."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag
def language_list(languages, known, id="", swap=False) -> SafeString:  # noqa: A002  (as the attribute is called)
    """A page in every language, each by its own name, thrice on each page; one that isn't translated yet says so. `languages`:
    rows of `language_menu`; `known`: whether the page has addresses in other languages (an error page has none); `swap`: sent
    along with a part of a page, to renew the addresses."""
    lines = []
    for row in languages:
        current = ' aria-current="true"' if row["current"] else ""
        note = (
            ""
            if not known or row["translated"] or row["current"]
            else f" <small>{escape(gettext('not translated yet'))}</small>"
        )
        lines.append(
            f'<li><a href="{escape(row["url"])}" hreflang="{row["code"]}"{current}>'
            f'<bdi lang="{row["code"]}">{escape(row["name"])}</bdi>{note}</a></li>'
        )
    attributes = (f' id="{escape(id)}"' if id else "") + (' data-hx-swap-oob="true"' if swap else "")
    return mark_safe(f'<ul class="languages"{attributes}>{"".join(lines)}</ul>')  # noqa: S308  (each part escaped above)
