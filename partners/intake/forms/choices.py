"""What one can choose from, in the reader's language."""

from django.utils.translation import gettext as _

from initiative.models import Place, SustainableDevelopmentGoal
from initiative.search.analysis import fold


def _by_name(places) -> list[tuple[str, str]]:
    named = [(place.code, place.name) for place in places]
    return sorted(named, key=lambda pair: ("".join(fold(word) for word in pair[1].split()), pair[1]))


def countries() -> list[tuple[str, str]]:
    """Code and name of each country, by name. One statement."""
    return _by_name(place for place in Place.objects.all() if not place.is_region)


def country_choices() -> list[tuple[str, str]]:
    """The same, after an empty choice."""
    return [("", _("Choose a country")), *countries()]


def place_choices() -> list:
    """Regions and countries in two groups, after an empty choice. One statement."""
    places = list(Place.objects.all())
    regions = _by_name(place for place in places if place.is_region)
    return [
        ("", _("Choose a country or a region")),
        (_("Regions"), regions),
        (_("Countries"), _by_name(place for place in places if not place.is_region)),
    ]


def goal_choices() -> list[tuple[str, str]]:
    """Number, and number with title, of each goal. One statement."""
    return [
        (str(goal.number), f"{goal.number}. {goal.best('title')}") for goal in SustainableDevelopmentGoal.objects.all()
    ]
