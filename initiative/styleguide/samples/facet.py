"""Samples of `components/facet.html`."""

from django.http import QueryDict

from initiative.base.facets import Facet, Option, Selection
from initiative.styleguide.words import say

GROUP = "Library and search"
NARROW = True
_KINDS = (("article", "chernozem"), ("film", "podzol"), ("report", "terra_rossa"))


def samples():
    options = [Option(str(number), say(name), soil=soil) for number, (name, soil) in enumerate(_KINDS)]
    facet = Facet("kind", say("kind"), lambda: options, few=2)
    long = Facet("long", say("long"), lambda: [Option("a", say("long"))])

    def shown(facet, asked, counts):
        return {"facet": facet, "choices": Selection([facet], QueryDict(asked)).choices(facet, counts)}

    return {
        "One ticked, one folded away": shown(facet, "kind=0", {"0": 1204, "1": 31, "2": 2}),
        "Nothing ticked": shown(facet, "", {"0": 12, "1": 3}),
        "A long word": shown(long, "", {"a": 1}),
        "Empty": shown(facet, "", {}),
    }
