"""An organisation can be followed: what it makes for the library, what it commits to, what it says of the Initiative."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.base.mail import shorten
from initiative.follow import Item, News, Subject
from initiative.follow import register as register_subject
from initiative.follow.subjects import MOST
from partners.models import Organisation
from partners.queries import live_commitments, live_organisations, live_testimonials
from resources.queries import news_of_organisation

KIND = "organisation"
_SUMMARY = 220


def _organisation(key: str) -> Organisation | None:
    return live_organisations().filter(pk=key).first() if key.isdecimal() else None


def read(params: QueryDict) -> str:
    """The organisation of a slug. Raises ValidationError where none is published under it."""
    slug = params.get("slug", "")
    found = live_organisations().filter(slug=slug).first() if slug.isprintable() else None
    if found is None:
        raise ValidationError(gettext("There is no such organisation here. Open its page, and follow it from there."))
    return str(found.pk)


def describe(key: str) -> str:
    """Its name, and what comes of it."""
    organisation = _organisation(key)
    if organisation is None:
        return ""
    return gettext("%(name)s: works, commitments and testimonials") % {"name": organisation.name}


def url(key: str) -> str:
    """Its page."""
    organisation = _organisation(key)
    return organisation.get_url() if organisation else ""


def news(key: str, since: datetime, until: datetime) -> News:
    """What it committed to and said, then its works in the library."""
    organisation = _organisation(key)
    if organisation is None:
        return News()
    page = organisation.get_url()
    own = [
        *(_commitment(one) for one in _new(live_commitments(), organisation, since, until) if one.path),
        *(_testimonial(one, page) for one in _new(live_testimonials(), organisation, since, until) if page),
    ]
    works = news_of_organisation(organisation, since, until)
    return News(len(own) + works.total, [*own, *works.items][:MOST])


def _new(records: QuerySet, organisation: Organisation, since: datetime, until: datetime) -> QuerySet:
    new = records.filter(organisation=organisation, first_published_at__gt=since, first_published_at__lte=until)
    return new.order_by("-first_published_at", "-pk")


def _commitment(commitment) -> Item:
    language = _other(commitment)
    return Item(
        title=commitment.best("title"),
        title_language=language,
        kind=gettext("Commitment"),
        summary=shorten(commitment.best("goal"), _SUMMARY),
        summary_language=language,
        url=commitment.path,
    )


def _testimonial(testimonial, page: str) -> Item:
    return Item(
        title=testimonial.speaker,
        kind=gettext("Testimonial"),
        summary=shorten(testimonial.best("stance"), _SUMMARY),
        summary_language=_other(testimonial),
        url=page,
    )


def _other(record) -> str:
    """The language of its main text where that isn't the reader's."""
    shown = record.shown_language()
    return "" if shown == languages.current() else shown


def register() -> None:
    """Let organisations be followed; called once, when the apps are ready."""
    register_subject(Subject(KIND, _("Organisations"), read, describe, url, news))
