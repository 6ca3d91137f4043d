"""The facets of the partner directory, declared once."""

from functools import cache

from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.base.atlas import CONTINENTS
from initiative.base.dates import is_over
from initiative.base.facets import Facet, Option, with_what_is_above
from initiative.queries import goal_options
from partners.enums import Body, PartnerType
from resources.queries import topic_keys, topic_options

KIND = "organisation"


def choices_as_options(choices) -> list[Option]:
    """A fixed list of values as options."""
    return [Option(value, label) for value, label in choices]


def country_options() -> tuple[Option, ...]:
    """Every country that CLDR knows, by its name in the reader's language. Only those with anything are offered."""
    return _countries(languages.current())


def load_countries() -> None:
    """Sort them in every language of the site, once for all workers."""
    for code in languages.codes():
        _countries(code)


@cache  # the names of CLDR stay as they are
def _countries(language: str) -> tuple[Option, ...]:
    names = languages.babel_locale(language).territories
    options = [Option(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return tuple(sorted(options, key=lambda option: languages.in_order(option.label)))


def continent_options() -> list[Option]:
    """The continents of the map."""
    names = languages.babel_locale(languages.current()).territories
    return [Option(code, names[code]) for code in CONTINENTS]


FACETS = [
    Facet("body", _("Memberships"), lambda: choices_as_options(Body.choices)),
    Facet("type", _("Type"), lambda: choices_as_options(PartnerType.choices)),
    Facet("region", _("Part of the world"), continent_options),
    Facet("country", _("Country"), country_options, few=8),
    Facet("topic", _("Topics of its commitments"), topic_options, few=8),
    Facet("sdg", _("Goals of its commitments"), goal_options, few=8),
]


def facet_document(organisation) -> dict[str, list[str]]:
    """An organisation's values for the index. Bodies it has left don't count; what its public commitments are about does."""
    commitments = [commitment for commitment in organisation.commitments.all() if commitment.live]
    places = with_what_is_above([organisation.country])
    return {
        "type": [organisation.type] if organisation.type else [],
        "country": [organisation.country_id] if organisation.country_id else [],
        "region": [place.code for place in places if place.code in CONTINENTS],
        "body": sorted({one.body for one in organisation.memberships.all() if not is_over(one.until)}),
        "topic": topic_keys(topic for commitment in commitments for topic in commitment.topics.all()),
        "sdg": sorted({str(goal.number) for commitment in commitments for goal in commitment.sdgs.all()}),
    }
