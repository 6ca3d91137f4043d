"""Rows of organisations and of commitments: up to thirty on a page, so drawn here instead of by a few templates for each."""

from html import escape

from django import template
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from initiative.base import dates, lists, numbers
from initiative.templatetags.texts import attributes, field_lang
from initiative.templatetags.ui import tone

register = template.Library()


@register.simple_tag(takes_context=True)
def entry_row(context, organisation, note="", count="", level="") -> SafeString:
    """An organisation as a row of the directory; see `components/entry.html` for what is given."""
    level, name, acronym = conditional_escape(level or 3), organisation.name, organisation.acronym
    short = f" ({escape(acronym)})" if acronym and acronym not in name else ""
    return mark_safe(  # noqa: S308  (each part escaped here and below)
        f'<li class="entry">\n  {_logo(context, organisation)}\n  <div>\n    <h{level} class="row-title">'
        f'<a href="{escape(organisation.path)}"><bdi>{escape(name)}{short}</bdi></a></h{level}>\n'
        f'    <p class="meta"><span>{escape(_type(organisation))}</span>{_country(organisation)}'
        f"{_commitments(count) if count else ''}</p>\n  </div>\n"
        f"{_at_the_end(conditional_escape(note)) if note else ''}</li>\n"
    )


@register.simple_tag(takes_context=True)
def entry_rows(context, organisations) -> SafeString:
    """Partners (`PartnerRow`) with the bodies in which each sits, and how many commitments it has where that was counted."""
    drawn = [
        entry_row(context, one, lists.listed(one.bodies) if one.bodies else "", one.commitment_count)
        for one in organisations
    ]
    return mark_safe("".join(drawn))  # noqa: S308  (each is safe)


@register.simple_tag(takes_context=True)
def commitment_row(context, commitment, level="", anonymous="") -> SafeString:
    """A commitment as a row of a list; see `components/commitment_row.html` for what is given."""
    level, organisation = conditional_escape(level or 3), commitment.organisation
    whose = logo = ""
    if not anonymous:
        logo = f"  {_logo(context, organisation)}\n"
        whose = f'    <p class="meta"><b><bdi>{escape(organisation.name)}</bdi></b>{_country(organisation)}</p>\n'
    status = commitment.status
    until = f" – {escape(dates.display(commitment.end))}" if commitment.start and commitment.end else ""
    time = f"{escape(dates.display(commitment.start))}{until}" if commitment.start else ""
    end = f'<b class="mark-{escape(str(status))}">{escape(str(status.label))}</b>{time}'
    return mark_safe(  # noqa: S308  (each part escaped here and below)
        f'<li class="entry{" bare" if anonymous else ""}">\n{logo}  <div>\n    <h{level} class="row-title">'
        f'<a href="{escape(commitment.path)}"{_title_lang(commitment)}>{escape(commitment.title)}</a></h{level}>\n'
        f"{whose}  </div>\n{_at_the_end(end)}</li>\n"
    )


@register.simple_tag(takes_context=True)
def commitment_rows(context, commitments, level="", anonymous="") -> SafeString:
    """Commitments, each as a row."""
    drawn = [commitment_row(context, one, level, anonymous) for one in commitments]
    return mark_safe("".join(drawn))  # noqa: S308  (each is safe)


def _title_lang(commitment) -> str:
    language = getattr(commitment, "title_language", None)
    if language is None:  # a whole record
        return field_lang(commitment, "title")
    return attributes(language) if language else ""


def _at_the_end(shown: str) -> str:
    return f'  <p class="meta entry-end">{shown}</p>\n'


def _type(organisation) -> str:
    said = organisation.get_type_display
    return str(said() if callable(said) else said)


def _country(organisation) -> str:
    return f" <span>{escape(organisation.country.name)}</span>" if organisation.country else ""


def _commitments(count: int) -> str:
    shown = ngettext("%(n)s commitment", "%(n)s commitments", count) % {"n": numbers.display(count)}
    return f' <span class="whole">{escape(shown)}</span>'


def _logo(context, organisation) -> str:
    """Its letters here, a picture by the template that knows its sizes."""
    if organisation.logo:
        return get_template("components/logo.html").template.render(context.new({"organisation": organisation}))
    return (
        f'<span class="mono tone-{tone(organisation.name)}" aria-hidden="true">{escape(organisation.monogram)}</span>'
    )
