"""Samples of `components/facets.html`."""

from django.http import QueryDict

from initiative.base.facets import Facet, Option, Selection, Switch
from initiative.base.ranges import Range
from initiative.styleguide.words import say

GROUP = "Library and search"
NARROW = True


def samples():
    facet = Facet("kind", say("kind"), lambda: [Option("a", say("article"), soil="loess"), Option("b", say("film"))])
    switch = Switch("open", say("topic"))
    years = Range("year", say("report"), lambda: ["2019", "2024"])
    selection = Selection([facet, switch, years], QueryDict("kind=a"))
    counts = {"kind": {"a": 120, "b": 3}, "open": {"yes": 12}, "year": {"2019": 3, "2024": 9}}
    shown = [(each, selection.choices(each, counts[each.name])) for each in (facet, switch, years)]
    return {
        "Three facets": {"facets": shown, "active": 1},
        "Nothing active": {"facets": shown[:1], "active": 0},
    }
