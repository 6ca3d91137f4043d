"""Rows of articles: twenty on a page, so drawn here instead of by a template for each."""

from html import escape

from django import template
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from initiative.base import dates
from initiative.templatetags.texts import iso, own_lang, path_of

register = template.Library()


@register.simple_tag(takes_context=True)
def news_row(context, article, plain="", level="") -> SafeString:
    """An article as a row of a list; see `components/news_row.html` for what is given."""
    level, day = conditional_escape(level or 3), iso(article.date)
    pictured = bool(article.image and not plain)
    archived = f' <span class="tag calm">{escape(gettext("Archived"))}</span>' if article.archived else ""
    path = path_of(article) if getattr(article, "url_path", "") else article.path
    title = getattr(article, "display_title", "") or article.title
    return mark_safe(  # noqa: S308  (each part escaped here and below)
        f'<li class="news{" pictured" if pictured else ""}">\n'
        f'  <p class="meta"{own_lang()}><time datetime="{day}">{escape(dates.display(day))}</time>{archived}</p>\n  <div>\n'
        f'    <h{level} class="row-title"><a href="{escape(path)}">{_isolated(article, title)}</a></h{level}>\n'
        f"{_introduction(article) if not plain else ''}  </div>\n"
        f"{_picture(context, article.image) if pictured else ''}</li>\n"
    )


@register.simple_tag(takes_context=True)
def news_rows(context, articles) -> SafeString:
    """Articles, each as a row."""
    return mark_safe("".join(news_row(context, one) for one in articles))  # noqa: S308  (each is safe)


def _introduction(article) -> str:
    return f"    <p>{_isolated(article, article.introduction)}</p>\n" if article.introduction else ""


def _isolated(article, text) -> str:
    """A text of an article's, in its own language and direction."""
    language = getattr(article, "text_language", "")
    said = f' lang="{conditional_escape(language)}"' if language else ""
    return f"<bdi{said}>{conditional_escape(text)}</bdi>"


def _picture(context, image) -> str:
    """By the template that knows its sizes."""
    return get_template("partials/news_picture.html").template.render(context.new({"image": image}))
