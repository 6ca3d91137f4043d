"""Samples of `components/years.html`."""

from django.http import QueryDict

from initiative.base.facets import Selection
from initiative.base.ranges import Range
from initiative.styleguide.words import say

GROUP = "Library and search"
NARROW = True


def samples():
    years = Range("year", say("report"), lambda: [str(year) for year in range(1998, 2027)])
    counts = {str(year): (year * 7) % 23 for year in range(1998, 2027)}

    def shown(asked, counts=counts):
        return {"facet": years, "choices": Selection([years], QueryDict(asked)).choices(years, counts)}

    return {
        "Nothing chosen": shown(""),
        "From one to another": shown("year_from=2010&year_to=2019"),
        "One year": shown("", {"2024": 3}),
        "Asked for, and nothing there": shown("year_from=1900", {}),
    }
