"""Small helpers of the components in `templates/components/`."""

import re
from html import escape
from urllib.parse import urlsplit

from django import template
from django.template.defaulttags import querystring
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from initiative.base import dates, languages, numbers
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
    return title_in(resource, languages.current())


def title_in(resource, reader: str) -> str:
    """The same for the reader of a language."""
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


@register.simple_tag(takes_context=True)
def page_items(context, pages, links, previous_url, next_url) -> SafeString:
    """The pages of a list, each as an item; see `components/pagination.html` for what is given. Drawn here: a template took
    four times as long."""
    if pages:
        links = _links(context, pages)
        previous_url = querystring(context, page=pages.previous_page_number()) if pages.has_previous() else ""
        next_url = querystring(context, page=pages.next_page_number()) if pages.has_next() else ""
    word, items = escape(gettext("Page")), []
    if previous_url:
        shown = f'<span class="arrow back" aria-hidden="true"></span> {escape(pgettext("page", "Previous"))}'
        items.append(f'<li class="previous"><a rel="prev" href="{escape(previous_url)}">{shown}</a></li>')
    for link in links:
        if isinstance(link, dict):
            current = ' aria-current="page"' if link.get("current") else ""
            shown = f'<span class="unseen">{word} </span>{numbers.display(link["number"])}'
            items.append(f'<li><a href="{escape(link["url"])}"{current}>{shown}</a></li>')
        else:
            items.append(f"<li><span>{escape(link or '…')}</span></li>")
    if next_url:
        shown = f'{escape(pgettext("page", "Next"))} <span class="arrow" aria-hidden="true"></span>'
        items.append(f'<li class="next"><a rel="next" href="{escape(next_url)}">{shown}</a></li>')
    return mark_safe("".join(items))  # noqa: S308  (each part escaped above)


def _links(context, pages) -> list[dict | str]:
    """Pages around one of a paginator (1 … 4 5 6 … 12) as `links` of `components/pagination.html`, a gap as it writes that."""
    shown = pages.paginator.get_elided_page_range(pages.number, on_each_side=1, on_ends=1)
    return [
        str(number)
        if number == pages.paginator.ELLIPSIS
        else {"number": number, "url": querystring(context, page=number), "current": number == pages.number}
        for number in shown
    ]


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
